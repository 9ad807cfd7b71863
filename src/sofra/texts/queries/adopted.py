"""The version of a text that is adopted now, and the house's signatures of it; no worker and no later command is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from sofra.kernel import signing
from sofra.texts.engine.adopted import Adopted
from sofra.texts.models import Adoption, Signature, Text, Version
from sofra.texts.queries.silence import adoption_of, procedures_of
from sofra.texts.queries.text import words_in


@dataclass(frozen=True)
class Signed:
    """One language version that was adopted, the key and its signature."""

    adopted: Adopted
    key: str
    signature: str

    @property
    def fingerprint(self) -> str:
        """What the key is called where people compare it."""
        return signing.fingerprint(self.key)

    def file(self, version: Version) -> dict[str, Any]:
        """It as a file, with the words of the version."""
        return self.adopted.to_json(
            words_in(version.content["paragraphs"], self.adopted.language), self.key, self.signature
        )


@dataclass(frozen=True)
class Adopting:
    """An adoption that holds, recorded or worked out by the clock. `signed` has one entry for each language."""

    version: Version
    at: datetime
    method: str
    ad_referendum: bool
    signed: dict[str, Signed]

    @property
    def method_label(self) -> Any:
        """How it was adopted, in words."""
        return Adoption.Method(self.method).label


def statement_of(version: Version, language: str, at: datetime) -> Adopted:
    """What is said of one language version of an adoption at an instant."""
    return Adopted(
        str(version.text_id), language, version.number, version.digests[language],
        at.astimezone(UTC).isoformat(timespec="microseconds"),
    )  # fmt: skip


def sign(version: Version, language: str, at: datetime) -> Signed:
    """The house's signature of one language version. The same statement has the same signature, whenever it is asked for."""
    said = statement_of(version, language, at)
    secret = settings.SECRET_KEY
    return Signed(said, signing.public_of(secret), signing.sign(secret, said.statement()))


def adopting_of(text: Text) -> Adopting | None:
    """The adoption that holds; None where there is none or it was reopened."""
    row = adoption_of(text)
    if row is not None:
        return of_row(row)
    last = next(reversed(procedures_of(text)), None)
    if last is None or last.state != "adopted" or last.ended is not None:
        return None
    version, at = last.row.version_under, last.row.deadline
    return Adopting(
        version, at, Adoption.Method.SILENCE, last.row.ad_referendum,
        {language: sign(version, language, at) for language in version.digests},
    )  # fmt: skip


def of_row(row: Adoption) -> Adopting:
    """A recorded adoption with its signatures; what was adopted before there was a key is signed with the present one."""
    version = row.version_adopted
    kept = {each.language: each for each in Signature.objects.filter(adoption=row)}
    signed = {
        language: Signed(statement_of(version, language, row.at), kept[language].key_id, kept[language].signature)
        if language in kept
        else sign(version, language, row.at)
        for language in version.digests
    }
    return Adopting(version, row.at, row.method, row.ad_referendum, signed)


def adopting_version(version: Version) -> Adopting | None:
    """The adoption of one version, also where the text was reopened since; None where it was never adopted."""
    row = Adoption.objects.filter(version_adopted=version).order_by("-at").first()
    if row is not None:
        return of_row(row)
    found = adopting_of(version.text)
    return found if found is not None and found.version.pk == version.pk else None
