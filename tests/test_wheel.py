"""The built wheel works by itself, from an empty folder, without a checkout."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.version import DISTRIBUTION

ROOT = Path(__file__).parents[1]
BUILD = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory")
ENTRY = "import bot, sys; from bot.__main__ import main; assert bot.__path__[0].startswith(sys.path[0]); main()"

Types = Callable[..., str]


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Types:
    """Types `relais …` in an empty folder, with the wheel alone ahead of the libraries."""
    place, empty = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("empty")
    subprocess.run([*BUILD, place], check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
    (wheel,) = place.glob("*.whl")
    ZipFile(wheel).extractall(place / "site")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}

    def run(*words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-P", "-c", ENTRY, *words],
            cwd=empty,
            env=environment | {"PYTHONPATH": str(place / "site")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    return run


@pytest.mark.thorough
def test_the_wheel_brings_its_communities_and_its_french(types: Types) -> None:
    said = types("check", code=2)
    assert "ok  community files: 5 in " in said
    assert "RELAIS_HOMESERVER is not set" in said
    found = json.loads(types("search", "--community", "numerique", "--json", "messagerie sécurisée"))
    assert found["results"]
    assert types("when", "mardi 14h", "--now", "2027-01-04T10:00:00+01:00", "--zone", "Europe/Paris")
    assert "python" not in types("demo", code=2), "a sentence, no traceback"


def test_the_name_of_the_package_is_the_one_that_is_asked_for() -> None:
    assert f'name = "{DISTRIBUTION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
