"""The texts about resources: one in a list, one in full, and its number."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from math import ceil
from textwrap import wrap

from babel.dates import format_date
from dateutil.relativedelta import relativedelta

from bot.events.text import Line, Part, Text, more
from bot.i18n import N_, _, language
from bot.markup import code, strong
from bot.resources import Resource
from bot.resources.resources import number, verified_on
from bot.resources.rules.addresses import site_of
from bot.resources.settings import USUAL_INTERVAL
from bot.text.plain_text import fold

LONGEST = 160
COLUMNS = 40
"""Of a phone."""
LINES = 5
"""Of a phone, that a resource takes in a list, unless its address alone takes as many."""
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
KINDS = {
    "publication": (N_("Publication"), N_("Publication, ready to use")),
    "outil": (N_("Tool"), N_("Tool, ready to use")),
    "méthode": (N_("Method"), N_("Method, ready to use")),
    "bonne-pratique": (N_("Good practice"), N_("Good practice, ready to use")),
    "autodiagnostic": (N_("Self-assessment"), N_("Self-assessment, ready to use")),
    "retex": (N_("Account of experience"), N_("Account of experience, ready to use")),
    "formation": (N_("Training"), N_("Training, ready to use")),
    "aap": (N_("Call for projects"), N_("Call for projects, ready to use")),
    "réponse": (N_("Answer"), N_("Answer, ready to use")),
    "pratique": (N_("Practice"), N_("Practice, ready to use")),
    "innovation": (N_("Innovation"), N_("Innovation, ready to use")),
    "repère": (N_("Reference point"), N_("Reference point, ready to use")),
}
_REFERENCE = re.compile(r"\s*\[?doc\s*(?:[-‐‑–]\s*)?(\d{1,9})\]?(?!\w)[\s:,]*", re.IGNORECASE)
_HYPHEN = re.compile(r"\s*\[?doc\s*[-‐‑–]", re.IGNORECASE)


def reference(text: str) -> tuple[int, str] | None:
    """The number of the resource with which a text begins (`DOC-4 périmé`), and the rest; None if there is none."""
    found = _REFERENCE.match(text)
    return (int(found[1]), text[found.end() :].strip()) if found else None


def with_hyphen(text: str) -> bool:
    """Whether a text begins with `DOC-`, as only the number of a resource does."""
    return _HYPHEN.match(text) is not None


def in_list(row: Resource, today: date) -> Text:
    """Title, the beginning of its summary, what it is; a long address takes the summary's place in the plain body."""
    spare = LINES - 1 - ceil(len(page_of(row)) / COLUMNS)
    title = _wrapped(row.title, COLUMNS - len("10. "), lines=2)
    summary = _wrapped(row.summary, COLUMNS, lines=1 if spare > len(title) else 0)
    what = _in_short(row, today)
    return Text(
        (
            Line(strong(one_line(row.title)), link=page_of(row) or None, in_plain=" ".join(title)),
            *_item_line(" ".join(_wrapped(row.summary, 2 * COLUMNS, lines=1)), summary),
            *_item_line(f"{code(number(row))} {what}", _wrapped(f"{number(row)} {what}", COLUMNS, lines=1)),
            *([Line(page_of(row), plain_only=True, part=Part.MORE)] if page_of(row) else ()),
        )
    )


def page_of(row: Resource) -> str:
    """The address of its page; what is a thing of another noun has none."""
    return "" if row.origin else row.url


def _item_line(text: str, in_plain: Sequence[str]) -> list[Line]:
    return [Line(text, part=Part.MORE, in_plain=" ".join(in_plain))] if text else []


@lru_cache(maxsize=4_096)
def _wrapped(text: str, columns: int, *, lines: int) -> Sequence[str]:
    """The beginning of a text as so many lines of a phone, ended behind a word. The same resources are found often."""
    return wrap(one_line(text), columns, max_lines=lines, placeholder="…", break_on_hyphens=False) if lines else ()


def whole(row: Resource, today: date) -> Text:
    """Everything that members may know of a resource."""
    tags, address = ", ".join(row.tags), page_of(row)
    return Text.of(
        Line(strong(one_line(row.title)), link=address or None),
        more(" ".join(filter(None, (code(number(row)), about_line(row, today))))),
        one_line(row.summary, longest=600),
        _("Keywords: {tags}").format(tags=one_line(tags)) if tags else "",
        _("Contact: {contact}").format(contact=one_line(row.contact)) if row.contact else "",
        Line(address, plain_only=True) if address else "",
    )


def titled(row: Resource) -> str:
    """The title with its number: `Title (DOC-4)`."""
    return f"{one_line(row.title)} ({number(row)})"


def about_line(row: Resource, today: date) -> str:
    """`Tool, ready to use, ANAP, verified in March 2026`: what is unknown is left out."""
    plain, ready = KINDS.get(row.kind, ("", ""))
    kind = ready if row.ready else plain
    return ", ".join(filter(None, [_(kind) if kind else "", source_of(row), _freshness(row, today)]))


def source_of(row: Resource) -> str:
    """Who made it; as long as nobody says so, the site on which it is."""
    return one_line(row.source) or site_of(row.url)


def _in_short(row: Resource, today: date) -> str:
    """`Tool, to be verified, ANAP`."""
    kind = KINDS.get(row.kind, ("", ""))[0]
    doubtful = _("to be verified") if row.outdated or is_stale(row, today) else ""
    return ", ".join(filter(None, [_(kind) if kind else "", doubtful, source_of(row)]))


def is_stale(row: Resource, today: date) -> bool:
    """Whether the last verification is longer ago than the interval."""
    verified = verified_on(row)
    return verified is not None and verified + relativedelta(months=row.interval_months or USUAL_INTERVAL) < today


def _freshness(row: Resource, today: date) -> str:
    verified = verified_on(row)
    if row.outdated:
        return _("to be verified")
    if verified is None:
        return ""
    if is_stale(row, today):
        return _("to be verified (more than {count} months)").format(count=row.interval_months or USUAL_INTERVAL)
    return _("verified in {month}").format(month=format_date(verified, "MMMM y", locale=language()))


def value_of(column: str, value: object) -> str:
    """The value of a field in one line, as readers know it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value or "")
    if column == "kind" and text in KINDS:
        return _(KINDS[text][0])
    return one_line(", ".join(value) if isinstance(value, list) else text, longest=300) or _("nothing")


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """The text as one line of a readable length, without line breaks and direction marks."""
    line = _BLANKS.sub(" ", _TURNS.sub("", text)).strip()
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def is_one_of(text: str, words: Sequence[str]) -> bool:
    """Whether the text is one of these words, regardless of accents and punctuation around it."""
    return fold(text.replace("’", "'")).text.strip(" .!?…\u00a0") in _folded(tuple(words))


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(word).text for word in words)
