"""Routes of the meeting pack."""

from django.urls import URLPattern, path

from sofra.meetings.views import pack, plates

pack_urls: list[URLPattern] = [
    path("meetings/<slug:format>/<slug:meeting>/pack/", pack.pack_page, name="pack"),
    path("meetings/<slug:format>/<slug:meeting>/pack/paper/", pack.pack_paper, name="pack_paper"),
    path(
        "meetings/<slug:format>/<slug:meeting>/plates/delegations/",
        plates.plates,
        {"of": plates.PARTIES},
        name="plates_delegations",
    ),
    path(
        "meetings/<slug:format>/<slug:meeting>/plates/people/",
        plates.plates,
        {"of": plates.PEOPLE},
        name="plates_people",
    ),
]
