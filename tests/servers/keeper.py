"""Runs one program and ends it when whoever asked for it is gone, known by a closed standard input.

Called as `python keeper.py [--user NAME] PROGRAM ARGUMENT…`. Prints the program's pid, then nothing more;
what the program prints goes to standard error. Standard library only: it starts in a few milliseconds.
"""

import contextlib
import os
import pwd
import signal
import subprocess
import sys
import threading
from types import FrameType

PATIENCE = 5.0


def _run(arguments: list[str]) -> int:
    user = None
    if arguments[0] == "--user":
        user, arguments = pwd.getpwnam(arguments[1]), arguments[2:]
    child = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.write(1, b"%d\n" % child.pid)
    threading.Thread(target=_end_with_the_caller, args=[child], daemon=True).start()
    return child.wait()


def _end_with_the_caller(child: "subprocess.Popen[bytes]") -> None:
    while os.read(0, 1024):
        pass
    with contextlib.suppress(ProcessLookupError):
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    code = _run(sys.argv[1:])
    os._exit(code if code >= 0 else 128 - code)
