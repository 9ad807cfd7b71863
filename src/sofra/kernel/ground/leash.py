"""Runs one program and stops it when whoever started it dies: `leash.py SIGNAL FIRM SECONDS USER -- program …`.

The starter holds the other end of our standard input; when it closes, however the starter ended, the program gets SIGNAL and,
if it still runs after SECONDS, FIRM. Needs the standard library only, and leads a process group of its own.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from typing import Any


def main(arguments: list[str]) -> int:
    """Run the program until it ends or the starter does; answers the program's exit code."""
    gentle, firm, seconds, user, separator, *command = arguments
    if separator != "--" or not command:
        return 2
    as_user: dict[str, Any] = {}
    if user != "-" and os.geteuid() == 0:
        who = pwd.getpwnam(user)
        as_user = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **as_user)
    told = threading.Event()

    def tell(*_: object) -> None:
        told.set()
        if child.poll() is None:
            child.send_signal(getattr(signal, gentle))

    def watch() -> None:
        while os.read(0, 1024):
            pass
        tell()

    def insist() -> None:
        told.wait()
        time.sleep(float(seconds))
        if child.poll() is None and firm == "SIGKILL":
            os.killpg(0, signal.SIGKILL)  # the program, what it started, and this
        child.send_signal(getattr(signal, firm))

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, tell)
    for work in (watch, insist):
        threading.Thread(target=work, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
