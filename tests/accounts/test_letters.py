"""Letters go through the relay the operator named, or as a file; they say nothing but that something waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from sofra.kernel.accounts import mail
from sofra.kernel.refusals import Refusal
from tests.support.people import client_as
from tests.support.world import make_world


@contextmanager
def a_relay() -> Iterator[tuple[int, list[str]]]:
    """The smallest relay there is: takes one letter and keeps its lines."""
    lines: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rwb") as stream:

            def say(text: str) -> None:
                stream.write(text.encode() + b"\r\n")
                stream.flush()

            say("220 relay")
            data = False
            for raw in stream:
                line = raw.decode().rstrip("\r\n")
                lines.append(line)
                if data:
                    if line == ".":
                        data = False
                        say("250 kept")
                elif line.upper().startswith("DATA"):
                    data = True
                    say("354 go on")
                elif line.upper().startswith("QUIT"):
                    say("221 bye")
                    return
                else:
                    say("250 relay")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], lines
    finally:
        thread.join(5)
        listening.close()


@contextmanager
def configured(relay: str) -> Iterator[None]:
    with override_settings(SOFRA=replace(settings.SOFRA, mail_relay=relay, mail_from="sofra@example.org")):
        yield


@pytest.mark.usefixtures("house")
def test_an_invitation_goes_through_the_relay_that_was_configured() -> None:
    client = client_as(make_world(), "secretariat")
    with a_relay() as (port, lines), configured(f"smtp://localhost:{port}"):
        page = client.post(reverse("accounts_invite"), {"role": "facilitator", "email": "ana@example.org", "days": "7"})
        answer = client.post(reverse("accounts_letter"), {"secret": page.context["secret"], "by": "relay"})
        assert "The letter was handed to the mail relay." in answer.content.decode()
    assert any(line.startswith("rcpt TO:<ana@example.org>") for line in lines)
    assert any("/en/invitation/" in line for line in lines)


def test_a_relay_that_is_not_there_is_said_and_the_other_ways_are_named() -> None:
    with configured("smtp://localhost:1"), pytest.raises(Refusal, match="print the letter or download it"):
        mail.send(mail.notice(to="ana@example.org", link="http://localhost/en/"))


def test_without_a_relay_nothing_is_sent() -> None:
    with pytest.raises(Refusal, match="No mail relay is configured"):
        mail.send(mail.notice(to="ana@example.org", link="http://localhost/en/"))


def test_a_password_is_not_handed_to_another_machine_in_the_clear() -> None:
    import smtplib
    from urllib.parse import urlsplit

    with pytest.raises(smtplib.SMTPException):
        mail._require_secrecy(urlsplit("smtp://u:p@relay.example.org"), smtplib.SMTP())


def test_a_notice_says_only_that_something_waits() -> None:
    said = mail.notice(to="ana@example.org", link="http://localhost/en/")
    assert said.get_content().split("\n") == [
        "Something waits for you. Sign in to read it:",
        "",
        "http://localhost/en/",
        "",
    ]
