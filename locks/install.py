"""Makes a virtual environment from a hash-locked file, showing its progress: `python install.py LOCK FOLDER`.

Reads on any Python 3, so that one that is too old can be told so. A folder counts as made once it holds the
file `made`, which is written last and names the lock by its content.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"


def main(lock: str, folder: str) -> None:
    refuse_an_unfit_python()
    if is_made(lock, folder):
        return
    wanted = count(lock)
    started = time.monotonic()
    say(f"Making {folder} with Python {VERSION}: {wanted} packages, a minute or two the first time.\n")
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", folder])
    pip = [os.path.join(folder, "bin", "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    follow([*pip, "install", "--require-hashes", "--no-deps", "--requirement", lock], wanted)
    run([*pip, "check"])
    with open(os.path.join(folder, "made"), "w", encoding="utf-8") as stamp:
        stamp.write(digest(lock))
    say(f"{folder} is ready after {time.monotonic() - started:.0f} s.\n")


def is_made(lock: str, folder: str) -> bool:
    """Whether the folder is made from this very lock, whatever the dates of the files; then it is dated today."""
    made = os.path.join(folder, "made")
    if not os.path.exists(made) or not os.path.exists(os.path.join(folder, "bin", "python")):
        return False
    with open(made, encoding="utf-8") as stamp:
        same = stamp.read() == digest(lock)
    if same:
        os.utime(made)
    return same


def digest(lock: str) -> str:
    with open(lock, "rb") as content:
        return hashlib.sha256(content.read()).hexdigest()


def refuse_an_unfit_python() -> None:
    if sys.version_info < OLDEST:
        give_up(
            f"Relais needs Python 3.11 or newer, and {sys.executable} is Python {VERSION}.\n"
            "Name another one: make PYTHON=python3.12"
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        give_up(
            f"{sys.executable} cannot make virtual environments: its module venv or ensurepip is missing.\n"
            f"On Debian and Ubuntu, install the package python{VERSION}-venv."
        )


def count(lock: str) -> int:
    """How many packages the lock names for this system."""
    with open(lock, encoding="utf-8") as lines:
        named = [line for line in lines if re.match(r"[\w.-]+(\[.*\])?==", line)]
    return len({line.partition("==")[0] for line in named if "== 'win32'" not in line})


def follow(command: list[str], wanted: int) -> None:
    """Runs pip and shows its progress: one line that is rewritten on a terminal, some lines elsewhere."""
    heard: list[str] = []
    done = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            heard.append(line)
            found = re.match(r"(?:Collecting |Processing \S*/)([\w.]+(?:-[A-Za-z][\w.]*)*)", line)
            if found:
                done += 1
                show(f"  {done} of {wanted}: {found[1]}", last=False)
            elif line.startswith("Installing collected"):
                show(f"  all {done} are here, putting them in place", last=True)
    if pip.returncode != 0:
        give_up("".join(heard[-30:]) + "\npip could not install the packages; the reason is above.")


def show(text: str, last: bool) -> None:
    if sys.stdout.isatty():
        say(f"\r\033[K{text}" + ("\n" if last else ""))
    elif last or re.match(r"  \d*0 of ", text):
        say(f"{text}\n")


def run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        give_up(f"{done.stdout}\nThis failed: {' '.join(command)}")


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def give_up(reason: str) -> None:
    sys.stderr.write(f"{reason}\n")
    sys.exit(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
