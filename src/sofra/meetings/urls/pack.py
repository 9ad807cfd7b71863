"""Routes of the meeting pack."""

from django.urls import URLPattern, path

from sofra.meetings.views import pack

pack_urls: list[URLPattern] = [
    path("meetings/<slug:format>/<slug:meeting>/pack/", pack.pack_page, name="pack"),
    path("meetings/<slug:format>/<slug:meeting>/pack/paper/", pack.pack_paper, name="pack_paper"),
]
