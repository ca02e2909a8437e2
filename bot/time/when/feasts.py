"""The days that people call by a name: the same every year, after Easter, or the nth such day of a month."""

from calendar import SUNDAY, monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

Feast = Callable[[int], date]  # the day in each year


def after_easter(days: int) -> Feast:
    """The feast that comes so many days after Easter Sunday."""
    return lambda year: easter(year) + timedelta(days=days)


def mothers_day(year: int) -> date:
    """The last Sunday of May in France, or the Sunday after when that is Pentecost."""
    last = monthrange(year, 5)[1]
    sunday = date(year, 5, last - (date(year, 5, last).weekday() - SUNDAY) % 7)
    return sunday + timedelta(days=7) if sunday == easter(year) + timedelta(days=49) else sunday


def fathers_day(year: int) -> date:
    """The third Sunday of June."""
    return date(year, 6, 15 + (SUNDAY - date(year, 6, 15).weekday()) % 7)


# Said with their weekday they are dates in any sentence. Easter alone may be any of three days.
FEASTS: tuple[tuple[str, Feast], ...] = (
    ("(?:le )?mardi gras|shrove tuesday", after_easter(-47)),
    ("(?:le )?mercredi des cendres|ash wednesday", after_easter(-46)),
    ("(?:le )?dimanche des rameaux|palm sunday", after_easter(-7)),
    ("(?:le )?vendredi saint|good friday", after_easter(-2)),
    ("(?:le )?dimanche (?:de )?paques|easter sunday", after_easter(0)),
    ("(?:le )?lundi (?:de )?paques|easter monday", after_easter(1)),
    (
        "(?:le )?jeudi (?:de )?(?:l')?ascension|(?:jour de )?l'ascension|ascension (?:day|thursday)",
        after_easter(39),
    ),
    ("(?:le )?dimanche (?:de )?(?:la )?pentecote|whit sunday", after_easter(49)),
    ("(?:le )?lundi (?:de )?(?:la )?pentecote|whit monday", after_easter(50)),
)

# Also names of people, of parties and of cakes: dates only in a text that says nothing else.
NAMED_DAYS: tuple[tuple[str, Feast | tuple[int, int, None]], ...] = (
    ("(?:la |le jour de la |jour de la )?toussaint|all saints'? day", (1, 11, None)),
    ("(?:la )?fete (?:internationale )?du travail", (1, 5, None)),
    ("(?:la )?fete nationale|bastille day", (14, 7, None)),
    ("(?:l'|le jour de l')?assomption", (15, 8, None)),
    ("(?:l'|le jour de l')?epiphanie|epiphany", (6, 1, None)),
    ("(?:l')?armistice|armistice day", (11, 11, None)),
    ("(?:la )?chandeleur", (2, 2, None)),
    ("(?:la )?saint[- ]valentin|(?:st |saint )?valentine'?s? day", (14, 2, None)),
    ("(?:la )?saint[- ]nicolas", (6, 12, None)),
    ("(?:la )?saint[- ]sylvestre|(?:le )?reveillon du (?:jour de l'an|nouvel an)|new year'?s eve", (31, 12, None)),
    ("(?:le )?reveillon(?: de noel)?|christmas eve|xmas eve", (24, 12, None)),
    ("(?:la )?fete de la musique", (21, 6, None)),
    ("(?:la )?journee (?:internationale )?(?:des (?:droits des )?)femmes|women'?s day", (8, 3, None)),
    ("halloween", (31, 10, None)),
    ("boxing day", (26, 12, None)),
    ("(?:la )?fete des meres", mothers_day),
    ("(?:la )?fete des peres|father'?s day", fathers_day),
)
