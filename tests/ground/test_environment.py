"""Settings: an unknown or wrong one is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from sofra.kernel.environment import BadEnvironment, Database, read_environment

BOTH = {
    "SOFRA_DATABASE_URL": "postgresql://app:p%40ss@db.example.org:5433/house",
    "SOFRA_OWNER_DATABASE_URL": "postgresql://owner:x@/house?host=/run/postgresql",
}


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    read = read_environment({"SOFRA_DATA": str(tmp_path)})
    assert (read.hosts, read.idle_minutes, read.session_hours, read.workers) == (("localhost", "127.0.0.1"), 30, 12, 2)
    assert (read.external, read.demonstration, read.tls, read.log) == (False, False, False, "WARNING")


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    read_environment({"SOFRA_DATA": str(tmp_path / "none")})
    assert not (tmp_path / "none").exists()


def test_addresses_of_databases_are_taken_apart() -> None:
    read = read_environment(BOTH)
    assert read.external
    assert read.database == Database("house", "app", "p@ss", "db.example.org", "5433")
    assert read.owner_database == Database("house", "owner", "x", "/run/postgresql")


def test_what_an_address_says_of_encryption_is_passed_on() -> None:
    read = read_environment({**BOTH, "SOFRA_DATABASE_URL": "postgresql://a:b@c/d?sslmode=verify-full&sslrootcert=/ca"})
    assert read.database.options == (("sslmode", "verify-full"), ("sslrootcert", "/ca"))


def test_nobody_can_know_the_key_of_a_house_that_has_none_yet(tmp_path: Path) -> None:
    keys = {read_environment({"SOFRA_DATA": str(tmp_path)}).secret_key for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) >= 64 for key in keys)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"SOFRA_DATBASE_URL": "x"}, "SOFRA_DATBASE_URL"),
        ({"SOFRA_OIDC_ISSUER": "http://provider.example.org"}, "SOFRA_OIDC_ISSUER"),
        ({"SOFRA_OIDC_ISSUER": "provider.example.org"}, "SOFRA_OIDC_ISSUER"),
        ({"SOFRA_DATABASE_URL": BOTH["SOFRA_DATABASE_URL"]}, "SOFRA_OWNER_DATABASE_URL"),
        ({**BOTH, "SOFRA_DATABASE_URL": "mysql://a:b@c/d"}, "SOFRA_DATABASE_URL"),
        ({**BOTH, "SOFRA_DATABASE_URL": "postgresql://a:b@c:port/d"}, "SOFRA_DATABASE_URL"),
        ({**BOTH, "SOFRA_DATABASE_URL": "postgresql://a:b@[c/d"}, "SOFRA_DATABASE_URL"),
        ({**BOTH, "SOFRA_OWNER_DATABASE_URL": "postgresql://c/d"}, "SOFRA_OWNER_DATABASE_URL"),
        ({**BOTH, "SOFRA_DATABASE_URL": "postgresql://a:b@c/d?ssl=1"}, "SOFRA_DATABASE_URL"),
        ({"SOFRA_IDLE_MINUTES": "0"}, "SOFRA_IDLE_MINUTES"),
        ({"SOFRA_SESSION_HOURS": "-1"}, "SOFRA_SESSION_HOURS"),
        ({"SOFRA_WORKERS": "many"}, "SOFRA_WORKERS"),
        ({"SOFRA_WORKERS": "٣"}, "SOFRA_WORKERS"),
        ({"SOFRA_TLS": "maybe"}, "SOFRA_TLS"),
        ({"SOFRA_SOURCE_URL": "javascript:alert(1)"}, "SOFRA_SOURCE_URL"),
        ({"SOFRA_SOURCE_URL": "https://example.org/a b"}, "SOFRA_SOURCE_URL"),
        ({"SOFRA_DEMONSTRATION": "2"}, "SOFRA_DEMONSTRATION"),
        ({"SOFRA_LOG": "LOUD"}, "SOFRA_LOG"),
        ({"SOFRA_HOSTS": "example.org/path"}, "SOFRA_HOSTS"),
        ({"SOFRA_MAIL_RELAY": "http://relay"}, "SOFRA_MAIL_RELAY"),
        ({"SOFRA_MAIL_RELAY": "smtp://relay:port"}, "SOFRA_MAIL_RELAY"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(settings: dict[str, str], named: str) -> None:
    with pytest.raises(BadEnvironment) as told:
        read_environment(settings)
    assert named in str(told.value)
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".") or str(told.value).endswith(").")


def test_the_guide_for_operators_lists_every_setting() -> None:
    from sofra.kernel.environment import SETTINGS

    guide = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in guide.splitlines() if line.startswith("| `SOFRA_")}
    assert listed == {name for name, meaning in SETTINGS.items() if not meaning.startswith("internal")}
