"""Every read of the room; the database leaves out what the reader may not know."""
