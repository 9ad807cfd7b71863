"""Runs one program and stops it when whoever started it dies: `python leash.py SIGNAL USER -- program …`.

The starter holds the other end of our standard input; when it closes, however the starter ended, the program gets the signal.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import threading


def main(arguments: list[str]) -> int:
    """Run the program until it ends or the starter does; answers the program's exit code."""
    signal_name, user, separator, *command = arguments
    if separator != "--" or not command:
        return 2
    as_user = {}
    if user != "-" and os.geteuid() == 0:
        who = pwd.getpwnam(user)
        as_user = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]
    number = getattr(signal, signal_name)

    def stop(*_: object) -> None:
        if child.poll() is None:
            child.send_signal(number)

    def watch() -> None:
        while os.read(0, 1024):
            pass
        stop()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    threading.Thread(target=watch, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
