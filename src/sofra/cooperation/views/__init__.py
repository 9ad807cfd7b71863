"""Pages of the room. They call commands and queries and hold no rules."""
