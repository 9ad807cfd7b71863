"""The house signs every language version of what was adopted, once and for all."""

from __future__ import annotations

from sofra.kernel import acting
from sofra.texts.models import Adoption, Signature, SigningKey
from sofra.texts.queries.adopted import sign


def sign_adoption(adoption: Adoption) -> dict[str, str]:
    """Write down the signatures of an adoption that was recorded just now. Answers them by language, for the audit chain."""
    found = {}
    with acting.acting_as_house():
        for language in adoption.version_adopted.digests:
            signed = sign(adoption.version_adopted, language, adoption.at)
            SigningKey.objects.bulk_create([SigningKey(public=signed.key)], ignore_conflicts=True)
            Signature.objects.create(
                adoption=adoption, language=language, statement=signed.adopted.statement().decode(), key_id=signed.key,
                signature=signed.signature, at=adoption.at, readable_from=adoption.readable_from,
                audience=adoption.audience, format_id=adoption.format_id, readers=list(adoption.readers),
            )  # fmt: skip
            found[language] = signed.signature
    return found
