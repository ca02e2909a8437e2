"""Promises of pictures: drawn apart from the bot, within a time, or not at all; nothing is left behind."""

import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.pictures import process
from bot.pictures.chart import HEIGHT, WIDTH
from bot.pictures.process import draw
from bot.process.apart import NotMade
from tests.pictures.charts import CHART


async def test_a_chart_becomes_a_picture_of_a_phone_s_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no folder of the person's may be written, with a name that a formula could be read into."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", "/nonexistent")

    drawn = await draw(CHART.kept())

    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", drawn[16:24]) == (WIDTH, HEIGHT)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import time; time.sleep(60)", "within"),
        ("raise MemoryError('none left')", "none left"),
        ("import os; os.kill(os.getpid(), 9)", "-9"),
        ("", "exit code 0"),
    ],
)
async def test_a_drawing_that_fails_says_so_and_ends(
    script: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NotMade):
        await draw(CHART.kept(), command=(sys.executable, "-I", "-c", script), within=1.5)
    assert reason in caplog.text


async def test_no_secret_of_the_bot_reaches_the_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAIS_PASSWORD", "sesame")
    script = "import os; print(os.environ.get('RELAIS_PASSWORD'), os.environ['MPLCONFIGDIR'] == os.getcwd())"

    told = await draw(CHART.kept(), command=(sys.executable, "-I", "-c", script))

    assert told.split() == [b"None", b"True"]


def test_the_bot_carries_no_library_that_draws_or_prints() -> None:
    heavy = {"matplotlib", "numpy", "PIL", "pydyf", "fontTools"}
    script = f"import bot.app, sys; bot.app.warm_up(); print({heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
    assert Path(process.COMMAND[-1]).exists()
