"""Invented patients' data in many spellings, and what looks like them and is not: how far does the guard reach?

`python -m tests.text.patient_data` prints the rates. Numbers are drawn and given their key: they belong to nobody.
In the spellings `#` is any figure; a field in braces is drawn, too.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bot.text.patient_data.patient_data import NIR, PATIENT_BIRTH, RECORD_NUMBER, check

EACH = 2_000
"""Texts of a kind."""


def rate(kind: str, *, seed: str = "seen", count: int = EACH) -> float:
    """The part of a kind's texts that the guard matches: of what is a patient's, by its own rule."""
    return sum(is_found(kind, text) for text in texts(kind, seed=seed, count=count)) / count


def is_found(kind: str, text: str) -> bool:
    """Whether the guard sees in the text what its kind is; for what is no patient's, anything."""
    rules = {finding.rule for finding in check(text)}
    return RULE[kind] in rules if kind in RULE else bool(rules)


def texts(kind: str, *, seed: str = "seen", count: int = EACH) -> Iterator[str]:
    """Texts of a kind, the same for the same seed."""
    random = Random(f"{kind} {seed}")
    for _number in range(count):
        yield KINDS[kind](random)


def _spellings() -> dict[str, tuple[str, ...]]:
    """The lists of the file beside this one, by name; `⏎` is a line end within a spelling."""
    blocks = Path(__file__).with_name("patient_spellings.txt").read_text("utf-8").strip("\n").split("\n\n")
    lists = (block.split("\n") for block in blocks)
    return {name.strip("[]"): tuple(line.replace("⏎", "\n") for line in lines) for name, *lines in lists}


SPELLINGS = _spellings()


# ── social security numbers ───────────────────────────────────────────────────────────────────────────────────────

PLACES = ["01", "13", "29", "59", "69", "75", "92", "2A", "2B", "97", "98", "99"]
MONTHS = (*range(1, 13), *range(1, 13), *range(20, 43), *range(50, 100))
FIELDS = (1, 2, 2, 2, 3, 3)
GROUPINGS = (
    FIELDS,
    (13,),
    (1, 4, 2, 6),
    (1, 2, 2, 5, 3),
    (7, 6),
    (1, 2, 2, 8),
    (5, 2, 3, 3),
    (1, 6, 6),
    (3, 2, 2, 3, 3),
)
SEPARATORS = (
    *(" ", "\u00a0", "\u202f", "\u2009", "\t", "  ", "   ", "/", "_", ",", ";", "|", ":", ".", "-", "–", "—", "·", "*"),
    *(" / ", " - ", ", ", "; ", " | ", " . ", " – ", " · ", "\n", " \n", "\n  ", "\r\n", "--", "\u2011", "\u2003"),
    *("\\", "&nbsp;", "<br>", "•", "=", "'", '"', " > ", "\n> "),
)
KEYS = SPELLINGS["keys"]
AROUND_A_NUMBER = SPELLINGS["around_a_number"]
GLUED = SPELLINGS["glued"]
ANNOUNCED = SPELLINGS["announced"]


def body(random: Random) -> str:
    """Sex, year, month, département, commune, order."""
    place = random.choice((*PLACES, f"{random.randrange(1, 96):02d}"))
    birth = f"{random.choice('1122121234478')}{random.randrange(100):02d}{random.choice(MONTHS):02d}"
    return f"{birth}{place}{random.randrange(1, 1000):03d}{random.randrange(1, 1000):03d}"


def key_of(number: str) -> str:
    """97 minus the remainder by 97, Corsica counted as 19 and 18 (INSEE)."""
    return f"{97 - int(number.replace('2A', '19').replace('2B', '18')) % 97:02d}"


def grouped(text: str, sizes: tuple[int, ...], separate: Callable[[], str]) -> str:
    parts, at = "", 0
    for size in sizes:
        parts += (separate() if at else "") + text[at : at + size]
        at += size
    return parts + (separate() + text[at:] if at < len(text) else "")


def with_key(random: Random) -> str:
    number, separator = body(random), random.choice(SEPARATORS)
    if random.random() < 0.15:
        written = grouped(number, FIELDS, lambda: random.choice(SEPARATORS))
    else:
        written = number if random.random() < 0.25 else grouped(number, random.choice(GROUPINGS), lambda: separator)
    whole = written + random.choice(KEYS).format(s=separator if written != number else "", k=key_of(number))
    return random.choice(AROUND_A_NUMBER).format(n=disguised(random, whole))


def disguised(random: Random, number: str) -> str:
    """Letters for figures, other scripts, signs that do not show; mostly as it is."""
    how = random.random()
    if how < 0.14:
        return number.replace("0", random.choice("Oo")) if how < 0.08 else number.replace("1", random.choice("lI"), 1)
    for most, zero in ((0.18, "０"), (0.21, "\u0660"), (0.23, "\u06f0"), (0.24, "\U0001d7ce")):
        if how < most:
            return number.translate({ord("0") + figure: chr(ord(zero) + figure) for figure in range(10)})
    if how < 0.26:
        return number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return "\u200b".join(number) if how < 0.28 else number.lower()


def glued(random: Random) -> str:
    number, separator = body(random), random.choice(("", "", "", "-", "_", ".", "%20"))
    return random.choice(GLUED).format(n=grouped(number + key_of(number), (*FIELDS, 2), lambda: separator))


def keyless(random: Random) -> str:
    separator = random.choice(("", "", " ", ".", "-", "\u00a0", "/", "_"))
    return random.choice(ANNOUNCED).format(n=grouped(body(random), FIELDS, lambda: separator))


# ── record numbers ────────────────────────────────────────────────────────────────────────────────────────────────

LABELS = SPELLINGS["labels"]
PREFIXES = ["A", "P", "PA", "H", "CH-", "X", "N", "AB", "D-", "S"]
AROUND_A_RECORD = SPELLINGS["around_a_record"]


def record(random: Random) -> str:
    """A labelled number of five to twelve figures, with letters, in groups."""
    count = random.choice((5, 6, 7, 7, 8, 8, 9, 10, 10, 11, 12))
    number, how = figures(random, count), random.random()
    if how < 0.12:
        number = random.choice(PREFIXES) + number
    elif how < 0.30 and count > 5:
        separator = random.choice((" ", " ", ".", "\u00a0", "-"))
        number = grouped(number, (random.choice((2, 3, 4)),) * 3, lambda: separator).rstrip(separator)
    elif how < 0.34:
        number += random.choice("ABKZ")
    labelled = f"{random.choice(LABELS)}{random.choice((' ', ' ', ' ', '  '))}{number}"
    return random.choice(AROUND_A_RECORD).format(r=labelled)


# ── births ────────────────────────────────────────────────────────────────────────────────────────────────────────

FIRST = (
    *("Jeanne", "Marie", "Paul", "Léa", "Jean-Pierre", "Éloïse", "Ahmed", "Zoé", "Hélène", "Kévin"),
    *("Anne|Marie", "Noël", "Fatou", "Li"),
)
LAST = (
    *("Dupont", "Martin", "Le|Goff", "Lefèvre", "N'Diaye", "Nguyen", "Saint-Martin", "Müller", "O'Brien"),
    *("De|La|Tour", "Benali", "Roy", "Petit"),
)
TITLES = (
    *("Mme", "M.", "Monsieur", "Madame", "Mlle", "Melle", "Mademoiselle", "Mr", "MME", "mme", "M", "Mrs"),
    *("Ms", "Mr."),
)
PATIENTS = SPELLINGS["patients"]
BIRTHS = SPELLINGS["births"]
MONTH_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
    *("novembre", "décembre"),
)
DATES = SPELLINGS["dates"]
JOINS = (" ", " ", " ", ", ", ", ", " - ", "\n", " : ", "; ", "\n\n", " — ", " | ", ",\n")
AROUND_A_BIRTH = SPELLINGS["around_a_birth"]
_WORDED = ("né", "naiss", "ddn", "born", "dob")


def date(random: Random, first: int, last: int) -> str:
    """A day of these years, in figures or words; two figures only from 1937 on, or among coming years."""
    year, month = random.randrange(first, last), random.randrange(1, 13)
    name = MONTH_NAMES[month - 1]
    short = f"{(year if year > 2020 else 1937 + year % 60) % 100:02d}"
    day = random.randrange(1, 29)
    return random.choice(DATES).format(day=day, month=month, year=year, short=short, name=name, NAME=name.upper())


def name(random: Random) -> str:
    first, last = random.choice(FIRST).replace("|", " "), random.choice(LAST).replace("|", " ")
    forms = (f"{last.upper()} {first}", f"{first} {last}", last, last.upper(), f"{first} {last.upper()}")
    return random.choice((*forms, f"{last} {first}", f"{first[0]}. {last}"))


def birth(random: Random) -> str:
    """A title or a word for a patient, a name, a date of birth: in any order, on one line or neighbouring ones."""
    person = random.choice(TITLES if random.random() < 0.6 else PATIENTS)
    whole, born = f"{person} {name(random)}", date(random, 1925, 2013)
    when, join = random.choice(BIRTHS).format(d=born), random.choice(JOINS)
    first, last = random.choice(FIRST).replace("|", " "), random.choice(LAST).replace("|", " ")
    worded = any(word in when.lower() for word in _WORDED)
    orders = (
        *(f"{whole}{join}{when}",) * 14,
        *(f"{when}{join}{whole}" if worded else f"{whole} {when}",) * 3,
        f"{first} {last} (patiente){join}{when}",
        f"Nom : {last}\nPrénom : {first}\nDate de naissance : {born}",
        f"{first} {last.upper()}{random.choice((' ', ', '))}née le {born}",
        f"patiente née le {born} : {first} {last}",
    )
    return random.choice(AROUND_A_BIRTH).format(t=random.choice(orders))


# ── what is no patient's ──────────────────────────────────────────────────────────────────────────────────────────

TELEPHONES = SPELLINGS["telephones"]
ORGANISATIONS = SPELLINGS["organisations"]
PAPERS = SPELLINGS["papers"]
MEETINGS = SPELLINGS["meetings"]


def figures(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _figure in range(count))


def drawn(random: Random, lines: tuple[str, ...], **fields: str) -> str:
    return "".join(
        random.choice("0123456789") if char == "#" else char for char in random.choice(lines).format(**fields)
    )


def telephone(random: Random) -> str:
    number, separator = (
        random.choice("12345679") + figures(random, 8),
        random.choice((" ", ".", "-", "", "/", "\u00a0")),
    )
    pairs = grouped(f"0{number}", (2,) * 5, lambda: separator)
    return drawn(random, TELEPHONES, p=pairs, a=grouped(number, (1, 2, 2, 2, 2), lambda: separator))


def meeting(random: Random) -> str:
    return drawn(random, MEETINGS, d=date(random, 2023, 2031), w=f"{random.choice(TITLES)} {name(random)}")


KINDS: dict[str, Callable[[Random], str]] = {
    "number with its key": with_key,
    "number glued or in an address": glued,
    "thirteen figures announced": keyless,
    "labelled record number": record,
    "person and birth": birth,
    "telephone": telephone,
    "organisation's number": lambda random: drawn(random, ORGANISATIONS),
    "paper, account, identifier": lambda random: drawn(random, PAPERS),
    "date of work": meeting,
}
RULE = {
    "number with its key": NIR,
    "number glued or in an address": NIR,
    "thirteen figures announced": NIR,
    "labelled record number": RECORD_NUMBER,
    "person and birth": PATIENT_BIRTH,
}
REACH = {kind: 0.90 if rule == PATIENT_BIRTH else 0.95 for kind, rule in RULE.items()}
"""How much of what is a patient's must be found."""
MOST_FALSE = 0.01
"""How much of what is none may be."""


def main() -> None:
    """Print the rates."""
    for kind in KINDS:
        wanted = f"at least {REACH[kind]:.0%}" if kind in REACH else f"at most {MOST_FALSE:.0%}"
        sys.stdout.write(f"{kind:32}{rate(kind):7.1%}   {wanted}\n")


if __name__ == "__main__":
    main()
