"""Numbers as people type them."""

LARGEST = 2**31 - 1
"""What a number of a row is at most."""
_DIGITS = len(str(LARGEST))


def whole(text: str, *, most: int = LARGEST) -> int | None:
    """The number from 0 to `most` that the text is; None for anything else, a `²` and a thousand digits included."""
    if not text.isdecimal() or len(text) > _DIGITS:
        return None
    return int(text) if int(text) <= most else None
