"""Names: the forms of parties seen in sources, the lexicon of all entities, and the profiles that say what is used."""

from sofra.lexicon.models.entities import Convention, Entity, EntityDesignation, LexiconSource, Ruling
from sofra.lexicon.models.names import PartyWording
from sofra.lexicon.models.objections import Objection, ObjectionWithdrawal
from sofra.lexicon.models.profiles import Designation, Profile, ProfileObjection, ProfileShown, ProfileWithdrawal

__all__ = [
    "Convention",
    "Designation",
    "Entity",
    "EntityDesignation",
    "LexiconSource",
    "Objection",
    "ObjectionWithdrawal",
    "PartyWording",
    "Profile",
    "ProfileObjection",
    "ProfileShown",
    "ProfileWithdrawal",
    "Ruling",
]
