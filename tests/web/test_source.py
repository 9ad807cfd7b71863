"""Everyone who reaches the house over the network is offered the source that runs (AGPL-3.0, section 13)."""

from __future__ import annotations

import io
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

import sofra
from sofra.web import source

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    "path", ["/en/", "/tr/", "/en/record/", "/en/account/sign-in/", "/en/nothing-here", "/en/keyboard"]
)
def test_the_foot_of_every_page_leads_to_the_source(path: str) -> None:
    page = Client().get(path).content.decode()
    assert f'<a href="{path[:4]}source-code">' in page


def test_without_a_setting_the_house_serves_its_own_files() -> None:
    response = Client().get("/en/source-code")
    assert (response.status_code, response["Content-Type"]) == (200, "application/gzip")
    assert response["Content-Disposition"] == f'attachment; filename="sofra-{sofra.__version__}.tar.gz"'
    with tarfile.open(fileobj=io.BytesIO(response.content)) as tar:
        names = set(tar.getnames())
        top = f"sofra-{sofra.__version__}"
        own = tar.extractfile(f"{top}/src/sofra/web/source.py")
        assert own is not None
        assert own.read() == Path(source.__file__).read_bytes()
    for name in (
        "pyproject.toml",
        "hatch_build.py",
        "LICENSE",
        "requirements.txt",
        "tools/assets.py",
        "src/sofra/kernel/sql/may_read.sql",
    ):
        assert f"{top}/{name}" in names
    assert [name for name in names if name.endswith((".pyc", ".mo", ".woff2")) or "/." in name] == []


def test_the_archive_is_the_same_each_time_it_is_made() -> None:
    assert source.archive.__wrapped__() == source.archive()


def test_a_wheel_carries_what_the_archive_needs_besides_the_package() -> None:
    hook = (ROOT / "hatch_build.py").read_text(encoding="utf-8")
    assert [name for name in source.BESIDE if f'"{name}"' not in hook or not (ROOT / name).exists()] == []


def test_where_the_operator_names_a_place_the_house_leads_there(settings: Any) -> None:
    settings.SOFRA = replace(django_settings.SOFRA, source_url="https://example.org/our-sofra")
    response = Client().get("/tr/source-code")
    assert (response.status_code, response["Location"]) == (302, "https://example.org/our-sofra")
