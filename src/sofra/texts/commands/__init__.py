"""Every write of the room, one file per capability."""
