"""Every write of the room: forms of names, profiles, objections to them."""

from sofra.lexicon.commands.names import load_party_names, name_party

__all__ = ["load_party_names", "name_party"]
