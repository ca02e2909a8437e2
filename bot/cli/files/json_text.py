"""Reads JSON from files."""

import json
from typing import Any


def read(written: str) -> Any:
    """The value of a JSON text. Raises ValueError if it is invalid, nested too deeply, or holds a lone surrogate."""
    try:
        found = json.loads(written)
        json.dumps(found, ensure_ascii=False).encode()  # a lone surrogate such as \ud83d cannot be encoded
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return found
