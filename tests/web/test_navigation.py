"""Navigation says where one is: one current entry on a page, and the way to the other rooms from every public page."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from sofra.web import context


def _marks(path: str) -> dict[str, tuple[str, bool]]:
    """What navigation says of the entries it marks, on a page of a meeting."""
    request = RequestFactory().get(path)
    request.sofra_format = SimpleNamespace(slug="platform")  # type: ignore[attr-defined]
    request.sofra_meeting = SimpleNamespace(slug="3")  # type: ignore[attr-defined]
    with override("en"):
        entries = [entry for group in context.House(request).navigation for entry in group.entries]
    return {str(entry.label): (entry.current, entry.within) for entry in entries if entry.current or entry.within}


def test_one_entry_of_a_page_is_current_and_the_room_around_it_is_marked_otherwise() -> None:
    assert _marks("/en/meetings/platform/3/decisions/") == {"Decisions": ("page", False), "Meetings": ("", True)}


def test_a_page_beneath_an_entry_says_so_and_does_not_call_the_entry_this_page() -> None:
    assert _marks("/en/meetings/platform/3/decisions/4/") == {"Decisions": ("true", False), "Meetings": ("", True)}


def test_the_list_of_meetings_is_current_on_its_own_page() -> None:
    assert _marks("/en/meetings/") == {"Meetings": ("page", False)}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("path", ["/en/", "/en/record/", "/en/record/figures/"])
def test_a_public_page_leads_to_the_public_rooms_and_their_keys_work_there(path: str) -> None:
    page = Client().get(path).content.decode()
    for room in ("/en/meetings/", "/en/record/", "/en/formats/", "/en/parties/"):
        assert f'<a href="{room}" data-key=' in page
