"""Finds the system's Chromium for the browser tests; on Debian as root it installs it, elsewhere it names what helps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

USUAL = (
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


def main() -> int:
    """Make sure there is one. Exit code 2 where there is none."""
    if find():
        return 0
    if os.environ.get("SOFRA_CHROMIUM"):
        print(f"SOFRA_CHROMIUM names {os.environ['SOFRA_CHROMIUM']}, which cannot be run; correct it.", file=sys.stderr)
        return 2
    debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if debian and os.geteuid() == 0:
        print("Installing the package chromium for the browser tests", flush=True)
        quiet = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        }
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, **quiet)
        if find():
            return 0
    helps = "sudo apt-get install chromium" if debian else "install Chromium and set SOFRA_CHROMIUM to its program"
    print(f"The browser tests need Chromium, and there is none. This helps: {helps}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
