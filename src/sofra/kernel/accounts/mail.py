"""Letters of the house: through the operator's relay if there is one, as a file or on paper otherwise.

A letter says that something waits, or carries an invitation's link; never more.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from sofra.kernel.refusals import Refusal

SECONDS = 15


def relay() -> str:
    """The relay the operator configured, as an address like smtp://user:secret@host:587; empty where there is none."""
    return str(getattr(settings.SOFRA, "mail_relay", "") or "")


def sender() -> str:
    """The address letters come from."""
    return str(getattr(settings.SOFRA, "mail_from", "") or "sofra@localhost")


def invitation_letter(*, to: str, link: str, until: str) -> EmailMessage:
    """The letter that carries an invitation's link."""
    return letter(
        to=to,
        subject=_("An invitation to Sofra"),
        body=_(
            "You are invited to a seat in Sofra.\n\n"
            "Open this link to accept; it works once and until %(until)s:\n\n%(link)s\n\n"
            "Whoever holds the link can use it. Pass it to nobody."
        )
        % {"until": until, "link": link},
    )


def notice(*, to: str, link: str) -> EmailMessage:
    """The letter that says that something waits, and nothing of what it is."""
    return letter(
        to=to,
        subject=_("Something waits for you in Sofra"),
        body=_("Something waits for you. Sign in to read it:\n\n%(link)s") % {"link": link},
    )


def letter(*, to: str, subject: str, body: str) -> EmailMessage:
    """A plain letter, ready to be sent or kept as a file."""
    message = EmailMessage()
    message["From"] = sender()
    if to:
        message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{uuid4().hex}@sofra.invalid>"  # drawn: it tells neither host nor process nor hour
    message.set_content(body)
    return message


def send(message: EmailMessage) -> None:
    """Send a letter through the relay. Raises Refusal with what to do instead where that is not possible."""
    address = relay()
    if not address:
        raise Refusal(_("No mail relay is configured. Print the letter or download it as a file."))
    parts = urlsplit(address)
    try:
        with _connect(parts) as connection:
            if parts.username:
                _require_secrecy(parts, connection)
                connection.login(unquote(parts.username), unquote(parts.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException):
        raise Refusal(
            _(
                "The mail relay did not take the letter. The invitation holds: print the letter or download it as a file."
            )
        ) from None


def _require_secrecy(parts: Any, connection: smtplib.SMTP) -> None:
    """A password goes to another machine only under TLS. Raises smtplib.SMTPException otherwise."""
    if not isinstance(connection.sock, ssl.SSLSocket) and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise smtplib.SMTPException("the relay offers no TLS")


def _connect(parts: Any) -> smtplib.SMTP:
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    return connection
