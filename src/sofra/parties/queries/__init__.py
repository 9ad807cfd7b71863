"""Every read a page of this room needs."""
