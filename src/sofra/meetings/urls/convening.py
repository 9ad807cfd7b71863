"""Routes of formats' meetings, convening and the cycle."""

from django.urls import URLPattern

convening_urls: list[URLPattern] = []
