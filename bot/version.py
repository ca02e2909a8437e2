"""Which version of Relais this is."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "relais-matrix"
"""The name under which Relais is packaged: `relais` is another program's on the public index."""


def _own() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "of a checkout"


OWN = _own()
