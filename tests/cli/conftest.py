"""An operator at a terminal, in an empty folder."""

import io
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.__main__ import main
from bot.cli import opening
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error."""
        (line,) = self.err.splitlines()
        return line


Operator = Callable[..., Done]


@pytest.fixture
def own_log() -> Iterator[None]:
    """The command line logs to the standard error of this test; the next has another."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def newcomer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], own_log: None
) -> Operator:
    """Types `relais …` in an empty folder; `stdin` is what is piped into it, other names are settings."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, stdin: bytes = b"", **settings: str) -> Done:
        for name, value in settings.items():
            monkeypatch.setenv(f"RELAIS_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["relais", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int | None)
        return Done(code or 0, *capsys.readouterr())

    return run


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shipped communities, to be copied."""
    folder = tmp_path_factory.mktemp("installed") / "data"
    async with opening.ready(Settings(data_dir=folder)):
        pass
    return folder


@pytest.fixture
def relais(newcomer: Operator, installed: Path, tmp_path: Path) -> Operator:
    """The same in a folder where Relais is installed."""
    shutil.copytree(installed, tmp_path / "data")
    return newcomer
