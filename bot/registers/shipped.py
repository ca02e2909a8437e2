"""Where the data files are that come with the program, in a wheel or in a checkout."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


def folder() -> Path:
    """The folder of all data files."""
    here = Path(__file__).parents[1]
    inside_wheel = here / "shipped"
    return inside_wheel if inside_wheel.is_dir() else here.parent / "config"


@cache
def read(name: str) -> Any:
    """A data file as lists, dicts and texts: nothing in it is converted, so that `01` stays what it is."""
    return read_file(folder() / name)


def read_file(path: Path) -> Any:
    """The same for a file anywhere."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's is ten times as fast
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
