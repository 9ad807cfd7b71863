"""Views of the room, one file per capability."""
