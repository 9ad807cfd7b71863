"""The repository names no place but its own: no package registry, no path of the machine it was written on."""

from __future__ import annotations

import re

from tests.papers.support import ROOT, tracked

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(?:org|com)",
    "yarn" + r"pkg\.com",
    "un" + r"pkg\.com",
]
MACHINE = [r"(?<![\w./-])/" + place + r"/" for place in ("work", "root", "home/[a-z]", "Users")]
FOREIGN = re.compile("|".join([*REGISTRIES, *MACHINE]).encode())


def test_no_file_names_a_package_registry_or_a_path_of_this_machine() -> None:
    found = {
        str(path.relative_to(ROOT)): sorted({match.decode() for match in FOREIGN.findall(path.read_bytes())})
        for path in tracked()
        if path.suffix not in (".png", ".woff2") and FOREIGN.search(path.read_bytes())
    }
    assert found == {}


def test_the_locks_pin_every_package_with_hashes_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if re.match(r"\s*--(?:index|extra-index|find-links|trusted)", line)] == [], name
        packages = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==\S+ (\\)?$", "\n".join(lines), re.MULTILINE)
        assert packages, name
        assert all(packages), name
