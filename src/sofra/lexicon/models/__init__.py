"""Names of parties: the forms seen in sources, and the profiles that say which are used."""

from sofra.lexicon.models.names import PartyWording
from sofra.lexicon.models.profiles import Designation, Profile, ProfileObjection, ProfileShown, ProfileWithdrawal

__all__ = ["Designation", "PartyWording", "Profile", "ProfileObjection", "ProfileShown", "ProfileWithdrawal"]
