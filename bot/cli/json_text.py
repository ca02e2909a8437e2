"""JSON as files bring it."""

import json
from typing import Any


def read(written: str) -> Any:
    """What the text says. Raises ValueError for what is no JSON, is nested without end, or fits into no text."""
    try:
        found = json.loads(written)
        json.dumps(found, ensure_ascii=False).encode()  # half a character (a lone \ud83d) fits into no text
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return found
