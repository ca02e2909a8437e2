"""Names of files that every system takes, whatever people call things."""

import re
import unicodedata

LONGEST = 60
"""Characters before the ending."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_ELSE = re.compile(r"[^A-Za-z0-9]+")


def file_name(*parts: str, ending: str) -> str:
    """`F-12-une-seule-saisie.pdf`: letters without accents, digits and hyphens. The first part is never a title."""
    words = unicodedata.normalize("NFKD", "-".join(parts).translate(_LIGATURES)).encode("ascii", "ignore").decode()
    name = _ELSE.sub("-", words).strip("-")
    short = name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
    return f"{short}.{ending}"
