"""Finds the system's Chromium for the browser tests; on Debian as root it installs it, elsewhere it names what helps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Chromium without its window: the same engine, at about two thirds of the work for each page.
LIGHT = "chromium-headless-shell"
USUAL = (
    LIGHT,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """The browser SOFRA_CHROMIUM names, else the first found in the usual places."""
    named = os.environ.get("SOFRA_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, USUAL) if path), None)


def apt(*arguments: str) -> None:
    """Run apt-get without a question; whether it helped shows in what is found afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", *arguments], check=False, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def install(package: str) -> None:
    """Install a package of Debian's."""
    print(f"Installing the package {package} for the browser tests", flush=True)
    apt("install", "-y", "-qq", "--no-install-recommends", package)


def main() -> int:
    """Make sure there is one. Exit code 2 where there is none."""
    debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if debian and os.geteuid() == 0 and not os.environ.get("SOFRA_CHROMIUM") and not shutil.which(LIGHT):
        install(LIGHT)
    if find():
        return 0
    if os.environ.get("SOFRA_CHROMIUM"):
        print(f"SOFRA_CHROMIUM names {os.environ['SOFRA_CHROMIUM']}, which cannot be run; correct it.", file=sys.stderr)
        return 2
    if debian and os.geteuid() == 0:
        apt("update", "-qq")
        install(LIGHT)
        if not find():
            install("chromium")
        if find():
            return 0
    helps = "sudo apt-get install chromium" if debian else "install Chromium and set SOFRA_CHROMIUM to its program"
    print(f"The browser tests need Chromium, and there is none. This helps: {helps}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
