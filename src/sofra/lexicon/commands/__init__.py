"""Every write of the room: the lexicon, designations and objections to them; forms of names, profiles."""

from sofra.lexicon.commands.names import load_party_names, name_party

__all__ = ["load_party_names", "name_party"]
