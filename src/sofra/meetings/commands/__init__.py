"""Commands of the room, one file per capability."""
