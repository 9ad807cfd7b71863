"""Pure thinking of the room: no Django here."""
