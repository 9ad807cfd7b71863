"""One database server per test run; for each test a transaction that is rolled back, or a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import socket_allow_hosts

from tests.support import server as servers

TEMPLATE = "sofra_template"
_server: servers.Server | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the server and its template before Django reads its settings; xdist's workers find it in the environment."""
    global _server
    os.environ.setdefault("SOFRA_DEMONSTRATION", "1")
    if "SOFRA_TEST_SERVER" not in os.environ:
        _server = servers.start()
        os.environ["SOFRA_TEST_SERVER"] = str(_server.folder)
        _server.create(TEMPLATE)
        _migrate(_server, TEMPLATE)
    folder = servers.Server(Path(os.environ["SOFRA_TEST_SERVER"]))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"sofra_{worker}_{uuid.uuid4().hex[:8]}"
    folder.create(name, TEMPLATE)
    _use(folder, name)
    os.environ["DJANGO_SETTINGS_MODULE"] = "sofra.conf.settings"
    from django.conf import settings

    # Reads the settings now, so that pytest-django finds them and sets Django up. A worker of xdist has read them before, with
    # the environment of the run itself: without a name of its own it would share one database with every other worker.
    for database in settings.DATABASES.values():
        database["NAME"] = name


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        _server.stop()


#: What takes minutes begins first, so that at the end no worker is left alone with it.
LONG = (
    "tests/stories/",
    "tests/house/test_accessible.py",
    "tests/house/",
    "tests/keeping/",
    "tests/ground/",
    "tests/papers/",
)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file by its parameter alone: one made for a test bears the moment it was made, another for each worker."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


@pytest.hookimpl(tryfirst=True)  # Before the one that deals the groups out reads them.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the run, and keep those together on one worker who share what is dear to make: a server, a data folder."""
    items.sort(key=lambda item: next((at for at, place in enumerate(LONG) if item.nodeid.startswith(place)), len(LONG)))
    for item in items:
        held = getattr(item, "fixturenames", ())
        if "drill" in held:
            item.add_marker(pytest.mark.xdist_group(f"drill {item.callspec.params['drill']}"))  # type: ignore[attr-defined]
        elif "serve" in held:
            item.add_marker(pytest.mark.xdist_group("serve"))


def _use(server: servers.Server, name: str) -> None:
    os.environ["SOFRA_DATABASE_URL"] = server.url("sofra_app", name)
    os.environ["SOFRA_OWNER_DATABASE_URL"] = server.url("sofra_owner", name)


def _migrate(server: servers.Server, name: str) -> None:
    _use(server, name)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v", "0"],
        check=True,
        env={
            **os.environ,
            "SOFRA_PROCESS": "owner",
            "DJANGO_SETTINGS_MODULE": "sofra.conf.settings",
            "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]),
        },
    )


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """pytest-django makes no database: ours are cloned from the template."""


@pytest.fixture(scope="session")
def server() -> servers.Server:
    return servers.Server(Path(os.environ["SOFRA_TEST_SERVER"]))


@pytest.fixture
def house(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The worker's database, as the application role; everything a test writes is rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


@pytest.fixture
def own_database(server: servers.Server, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database for one test that needs commits, several connections or a browser. Answers its name."""
    from django.conf import settings
    from django.db import connections

    name = f"sofra_own_{uuid.uuid4().hex[:8]}"
    server.create(name, TEMPLATE)
    before = settings.DATABASES["default"]["NAME"]

    def use(database: str) -> None:
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = database

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        use(name)
        try:
            yield name
        finally:
            use(before)
    server.drop(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run."""
    from tests.support import live as living

    with living.browsing() as found:
        yield found


@pytest.fixture
def live(own_database: str, browser: Any) -> Iterator[Any]:
    """The application served from a database of its own, with `make_world`'s world in it; see tests/support/live.py."""
    from tests.support import live as living
    from tests.support.world import make_world

    world = make_world()
    with living.serving() as url:
        served = living.Live(url, browser, world)
        try:
            yield served
        finally:
            served.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test begins in English, whatever language the last page of the test before it was in."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def no_network() -> None:
    """Nothing but this machine can be reached from a test: the database's socket, the served application, the browser."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
