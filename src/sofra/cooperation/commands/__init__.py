"""Every write of the room."""

from sofra.cooperation.commands.dates import answer_date, set_date
from sofra.cooperation.commands.ending import lapse, withdraw
from sofra.cooperation.commands.from_text import propose_from_text
from sofra.cooperation.commands.making import announce, edit, name_contact, propose
from sofra.cooperation.commands.publishing import make_public, withdraw_from_public
from sofra.cooperation.commands.reporting import NewSource, correct_report, report
from sofra.cooperation.commands.sheets import hand_in_sheet, rehearse, write_sheet

__all__ = [
    "NewSource",
    "announce",
    "answer_date",
    "correct_report",
    "edit",
    "hand_in_sheet",
    "lapse",
    "make_public",
    "name_contact",
    "propose",
    "propose_from_text",
    "rehearse",
    "report",
    "set_date",
    "withdraw",
    "withdraw_from_public",
    "write_sheet",
]
