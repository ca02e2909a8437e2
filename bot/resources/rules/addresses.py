"""Addresses of pages as people paste them: whether one is usable, and under which spellings it may be known."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 2_000
_PAGE = re.compile(r"https?://[^\s/?#@\\][^\s/?#@\\.]*\.[^\s/?#@\\]+([/?#]\S*)?", re.IGNORECASE)
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|mtm_\w+|pk_\w+)", re.IGNORECASE)
_AROUND = "<>()[]«»\"'.,;\u00a0 "


def page_address(text: str) -> str | None:
    """The page address that somebody wrote, without tracking parameters; None when it is not one."""
    found = text.strip(_AROUND)
    if len(found) > LONGEST or not _PAGE.fullmatch(found):
        return None
    parts = urlsplit(found)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    query = urlencode([pair for pair in kept if not _TRACKING.fullmatch(pair[0])]) if _tracked(kept) else parts.query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, parts.fragment))


def spellings(address: str) -> list[str]:
    """The address and its other spellings: with or without `www`, `https`, a final slash, a fragment."""
    parts = urlsplit(address)
    host, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    found = [
        urlunsplit((scheme, f"{www}{host}", f"{path}{slash}", parts.query, ""))
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
    ]
    return list(dict.fromkeys([address, *found]))


def site_of(address: str) -> str:
    """The site of an address, as one says its name: `has-sante.fr`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _tracked(pairs: list[tuple[str, str]]) -> bool:
    return any(_TRACKING.fullmatch(name) for name, _value in pairs)
