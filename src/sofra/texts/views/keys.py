"""The house's public key, for everybody: what it signs, and how that is checked without the house."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import signing
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.pages import download
from sofra.texts.models import SigningKey


@door(GET=ANYONE)
def signing_key(request: HttpRequest) -> HttpResponse:
    """The key with which the house signs now, and those with which it signed before."""
    present = signing.public_of(settings.SECRET_KEY)
    earlier = [(row, signing.fingerprint(row.public)) for row in SigningKey.objects.exclude(public=present)]
    context = {
        "pem": signing.pem_of(present),
        "key": present,
        "fingerprint": signing.fingerprint(present),
        "earlier": earlier,
    }
    return render(request, "texts/signing_key.html", context)


@door(GET=ANYONE)
def signing_key_file(request: HttpRequest) -> HttpResponse:
    """The present key as a file that other programs read."""
    pem = signing.pem_of(signing.public_of(settings.SECRET_KEY)).encode()
    return download(pem, "application/x-pem-file", "sofra-signing-key.pem")
