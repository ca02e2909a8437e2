"""The words of dates in French and English, folded (no capitals, no accents), each with its class and value.

A class is one letter, so that a whole text becomes a short string that the grammar matches with regular expressions:

    W weekday   V weekday, plural   w weekday, short   M month   N number   O ordinal   Y year   D numeric date
    C clock time   H hours as in 14h, a time or a duration   P duration   R day from today   p part of the day
    n next   c this   E every   u day, week, month, year   h hour   m minute   s "out of two"   r other
    i in   f from   a at, to   A to   J until   b starting   e and   g during   L the   S the, plural   @ at, on
    K week from now   k month from now   B "en huit"   F weekly, monthly   G working days   Q all day   X times
    d minutes after the hour   T instant   Z time zone   t tonight   l past   q o'clock   y end or beginning of
    v vague   o or   ~ about   x any other word   - dash   U except   z movable feast   I week of the year
    5 perhaps one (S50)   4 hour and minutes with a point (10.30)   ! sharp, included: says nothing more
    % about, before a time   < minutes before the hour   > from now   = days before or after the day that follows
    0 day with a name that people and parties have too (Toussaint): a day only when the text says nothing else
"""

import itertools
from collections.abc import Iterator

from bot.time.when.feasts import FEASTS, NAMED_DAYS
from bot.time.when.numbers import ENGLISH_NUMBERS, ENGLISH_RANKS, FRENCH_NUMBERS
from bot.time.zone_names import NAMES, unaccented

Meaning = tuple[str, object]

WEEKDAYS = (
    ("lundi", "monday"), ("mardi", "tuesday"), ("mercredi", "wednesday"), ("jeudi", "thursday"),
    ("vendredi", "friday"), ("samedi", "saturday"), ("dimanche", "sunday"),
)  # fmt: skip
SHORT_WEEKDAYS = (
    ("lun", "mon"), ("mar", "tue", "tues"), ("mer", "merc", "wed", "weds"), ("jeu", "thu", "thur", "thurs"),
    ("ven", "vend", "fri"), ("sam", "sat"), ("dim", "sun"),
)  # fmt: skip
WRITTEN_WEEKDAYS = {"mercredie": 2, "vendredie": 4, "dimanch": 6, "lundie": 0, "mardie": 1, "jeudie": 3, "wensday": 2}
MONTHS = (
    ("janvier", "janv", "jan", "january"), ("fevrier", "fevr", "fev", "february", "feb"), ("mars", "march"),
    ("avril", "avr", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"), ("septembre", "sept", "september", "sep"), ("octobre", "oct", "october"),
    ("novembre", "nov", "november"), ("decembre", "dec", "december"),
)  # fmt: skip
WRITTEN_MONTHS = {"ferbruary": 2, "novemebre": 11, "decembe": 12}
UNITS = {
    "d": "jour jours jrs jr j day days",
    "w": "semaine semaines sem week weeks",
    "m": "mois month months",
    "q": "trimestre trimestres quarter quarters",
    "y": "an ans annee annees year years",
}
ORDINALS = {
    1: "premier premiers premiere premieres first",
    2: "deuxieme deuxiemes second seconds",
    3: "troisieme troisiemes third",
    4: "quatrieme quatriemes fourth",
    5: "cinquieme cinquiemes fifth",
    -1: "dernier derniers derniere dernieres last",
    -2: "avant-dernier avant-derniers penultimate",
}

# Parts of the day: the first and last hour that may be named with them.
MORNING, AFTERNOON, EVENING, NIGHT = (0, 12), (12, 19), (17, 23), (20, 23)

PLAIN: dict[str, Meaning] = {
    "demain": ("R", 1), "dem": ("R", 1), "tomorrow": ("R", 1), "tmrw": ("R", 1), "tmr": ("R", 1), "tomorow": ("R", 1),
    "tommorow": ("R", 1), "tommorrow": ("R", 1), "demin": ("R", 1), "demian": ("R", 1), "deman": ("R", 1),
    "auj": ("R", 0), "ajd": ("R", 0), "today": ("R", 0), "hier": ("R", -1), "yesterday": ("R", -1),
    "surlendemain": ("v", None), "lendemain": ("v", None),
    "matin": ("p", MORNING), "matins": ("p", MORNING),
    "mat": ("p", MORNING), "mat'": ("p", MORNING), "matinee": ("p", MORNING), "soirs": ("p", EVENING),
    "morning": ("p", MORNING), "aprem": ("p", AFTERNOON),
    "apm": ("p", AFTERNOON), "afternoon": ("p", AFTERNOON), "soir": ("p", EVENING), "soiree": ("p", EVENING),
    "evening": ("p", EVENING), "nuit": ("p", NIGHT), "night": ("p", NIGHT), "tonight": ("t", EVENING),
    "midi": ("C", (12, 0)), "noon": ("C", (12, 0)), "midday": ("C", (12, 0)),
    "minuit": ("C", (24, 0)), "midnight": ("C", (24, 0)),
    "prochain": ("n", "fr"), "prochaine": ("n", "fr"), "prochains": ("n", "fr"), "next": ("n", "en"),
    "proch": ("n", "fr"),
    "suivant": ("n", "en"), "suivante": ("n", "en"),
    "pro": ("x", None), "ce": ("c", 0), "cet": ("c", 0), "cette": ("c", 0), "this": ("c", 0),
    "passe": ("l", None), "passee": ("l", None),
    "chaque": ("E", "fr"), "every": ("E", "en"), "each": ("E", "en"), "other": ("r", 2), "alternate": ("r", 2),
    "heure": ("h", 60), "heures": ("h", 60), "hour": ("h", 60), "hours": ("h", 60), "h": ("h", 60),
    "minute": ("m", 1), "minutes": ("m", 1), "min": ("m", 1), "mn": ("m", 1),
    "dans": ("i", None), "in": ("i", None), "de": ("f", None), "du": ("f", None), "d'": ("f", None), "of": ("f", None),
    "des": ("f", None), "from": ("f", None), "entre": ("f", None), "between": ("f", None),
    "a": ("a", 1), "au": ("A", None), "to": ("A", None), "until": ("J", None), "till": ("J", None), "til": ("J", None),
    "jusque": ("J", None), "starting": ("b", None), "beginning": ("b", None), "et": ("e", None), "and": ("e", None),
    "&": ("e", None), "pendant": ("g", None), "pdt": ("g", None), "durant": ("g", None), "duree": ("g", None),
    "for": ("g", None), "lasting": ("g", None), "duration": ("g", None), "le": ("L", "fr"), "la": ("L", "fr"),
    "l'": ("L", "fr"), "the": ("L", "en"), "les": ("S", None), "at": ("@", None), "on": ("@", None), "en": ("@", None),
    "pour": ("g", None),
    "des'": ("f", None), "ou": ("o", None), "or": ("o", None),
    "hebdomadaire": ("F", ("WEEKLY", 1)), "hebdo": ("F", ("WEEKLY", 1)), "weekly": ("F", ("WEEKLY", 1)),
    "mensuel": ("F", ("MONTHLY", 1)), "mensuelle": ("F", ("MONTHLY", 1)), "monthly": ("F", ("MONTHLY", 1)),
    "quotidien": ("F", ("DAILY", 1)), "quotidienne": ("F", ("DAILY", 1)), "daily": ("F", ("DAILY", 1)),
    "fortnightly": ("F", ("WEEKLY", 2)), "annuel": ("F", ("YEARLY", 1)), "annuelle": ("F", ("YEARLY", 1)),
    "yearly": ("F", ("YEARLY", 1)), "annually": ("F", ("YEARLY", 1)), "trimestriel": ("F", ("MONTHLY", 3)),
    "trimestrielle": ("F", ("MONTHLY", 3)), "quarterly": ("F", ("MONTHLY", 3)), "tlj": ("F", ("DAILY", 1)),
    "weekday": ("G", None), "weekdays": ("G", None), "fortnight": ("~", None),
    "vers": ("%", None), "environ": ("%", None), "around": ("%", None), "about": ("%", None), "approx": ("%", None),
    "approximately": ("%", None),
    "avant": ("~", None), "before": ("~", None), "by": ("~", None), "apres": ("~", None), "after": ("~", None),
    "sauf": ("U", None), "except": ("U", None), "excepte": ("U", None), "hormis": ("U", None), "hors": ("~", None),
    "pile": ("!", None), "precises": ("!", None), "precise": ("!", None), "sharp": ("!", None), "inclus": ("!", None),
    "incluse": ("!", None), "compris": ("!", None), "included": ("!", None), "inclusive": ("!", None),
    "maybe": ("~", None), "autour": ("~", None),
    "depuis": ("~", None), "since": ("~", None), "pas": ("~", None), "not": ("~", None), "presque": ("~", None),

    "fin": ("y", None), "debut": ("y", None), "mi": ("y", None), "milieu": ("y", None), "late": ("y", None),
    "early": ("y", None), "mid": ("y", None), "end": ("y", None), "courant": ("y", None),
    "bientot": ("v", None), "soon": ("v", None),
    "mensuellement": ("F", ("MONTHLY", 1)),
    "bimensuel": ("v", None), "bimensuelle": ("v", None), "bimestriel": ("v", None), "biweekly": ("v", None),
    "bihebdomadaire": ("v", None), "bimonthly": ("v", None), "semestriel": ("v", None),
}  # fmt: skip


def _compounds() -> Iterator[tuple[str, Meaning]]:
    """`vingt-deux`, `vingt deux`, `twenty-first`: the longest first."""
    names = ((FRENCH_NUMBERS, "N"), (ENGLISH_NUMBERS, "N"), (ENGLISH_RANKS, "O"))
    compounds = [(name, kind, number) for all_, kind in names for number, name in enumerate(all_, 1) if "-" in name]
    for name, kind, number in sorted(compounds, key=lambda compound: -len(compound[0])):
        yield name.replace("-", "[- ]") + ("e?" if name.endswith("et-un") else ""), (kind, number)


def _zones() -> Iterator[tuple[str, Meaning]]:
    """`heure de Paris`, `Paris time`, and the same without the small words that people leave out."""
    for key, name in NAMES.items():
        of, place, english = (unaccented(words.lower()) for words in (name.of, name.place, name.english))
        yield f"(?:a l')?heure (?:{of}|{place.removeprefix('la ')})|{english} time", ("Z", key)
    yield (
        "(?:a l')?heure de (?:la )?(?:metropole|france)|heure (?:metropolitaine|francaise)|french time",
        ("Z", "Europe/Paris"),
    )
    yield "heure de (?:noumea)", ("Z", "Pacific/Noumea")
    yield "utc|gmt", ("Z", "UTC")


# "salle 12", "n° 3": a number that is a name, unless a month or an hour follows.
_NUMBERED = "salle|chambre|groupe|phase|niveau|volet|module|lot|bureau|box|room|level|part|partie|afgsu|axe"
_NOT_A_DATE = rf"(?![\w/:.,-]|\s?(?:h|[ap]\.?m|heures?|min|mn|{'|'.join(itertools.chain(*MONTHS))})(?![a-z]))"

# Several words that mean one thing: a regular expression over folded text, tried before single words.
PHRASES: tuple[tuple[str, Meaning], ...] = (
    (r"aujourd[' ]?h?u[iy]|aujourdhui", ("R", 0)),
    (r"apres[- ]?demain|the day after tomorrow|day after tomorrow|ap[- ]demain", ("R", 2)),
    (r"avant[- ]?hier|day before yesterday", ("R", -2)),
    (r"(?:l')?apres[- ]?midis?", ("p", AFTERNOON)),
    (r"avant[- ]?dernier(?:e?s?)", ("O", -2)),
    (r"second[- ]to[- ]last|next[- ]to[- ]last", ("O", -2)),
    (r"tou(?:te)?[st]?s? les|ts les|tt les|ttes les|every single", ("E", "fr")),
    (r"jusqu ?'?a|jusqu ?'?au|jusqu ?'?en|up to", ("J", None)),
    (r"a (?:partir|compter) (?:de|du|d')|a partir|starting (?:on|from)|beginning on|as of|from now on", ("b", None)),
    (
        r"(?:la )?sem(?:aine)? (?:prochaine|pro|qui vient|suivante|qui suit|d'apres)|next week|the following week",
        ("K", 1),
    ),
    (r"d'apres", ("n", "en")),
    (r"(?:la )?veille(?= (?:de|du|d'))|(?:the )?day before(?! yesterday)", ("=", -1)),
    (r"(?:le )?surlendemain(?= (?:de|du|d'))", ("=", 2)),
    (r"(?:le )?lendemain(?= (?:de|du|d'))|(?:the )?day after(?! (?:tomorrow|next))", ("=", 1)),
    (r"from (?:right )?now|hence", (">", None)),
    (r"(?:plutot )?(?:vers|autour de)(?= )|(?:plutot )?aux (?:alentours|environs) (?:de|d')|a peu pres", ("%", None)),
    (r"through(?= (?:the )?(?:\d|[a-z]+ \d))", ("J", None)),
    (r"dans l(?:a |')(?=matin|soir|nuit|apres|aprem)", ("f", None)),
    (r"cette semaine|this week", ("K", 0)),
    (r"(?:le )?mois prochain|next month", ("k", 1)),
    (r"ce mois(?:[- ]ci)?|this month", ("k", 0)),
    (r"mois en cours|le mois courant", ("k", 0)),
    (r"en(?= (?:\d\d?|une?|deux|trois|quatre|cinq|six) ?(?:h|heures?|min|minutes?)(?![a-z0-9]))", ("g", None)),
    (r"en huit|en 8", ("B", 7)),
    (r"en quinze|en 15", ("B", 14)),
    (r"jours? ouvres?|jours de semaine|en semaine|working days?|business days?|week ?days?", ("G", None)),
    (r"in (?:a|one) fortnight", ("R", 14)),
    (r"a ce jour|ce jour[- ]la", ("x", None)),
    (r"ce jour", ("R", 0)),
    (r"qui vient", ("!", None)),
    (r"(?:et )?(?:puis|ensuite)(?= (?:tou|chaque|ts |une? ))", ("!", None)),
    (r"(?:and )?then(?= (?:every|each))", ("!", None)),
    (r"hors(?= (?:le |les )?(?:mois |janv|fev|mars|avr|mai |mai$|juin|juil|aout|sept|oct|nov|dec|\d))", ("U", None)),
    (r"sur (?:deux|2)", ("s", 2)),
    (r"sur (?:trois|3)", ("s", 3)),
    (r"sur (?:quatre|4)", ("s", 4)),
    (r"et dem(?:ie|i)|and an? half", ("d", 30)),
    (r"et (?:un )?quart", ("d", 15)),
    (r"(?:et )?trois[- ]quarts(?! d')", ("d", 45)),
    (r"moins (?:le )?quart", ("d", -15)),
    (r"midi trente(?![- ](?:et|deux|trois|quatre|cinq|six|sept|huit|neuf))", ("C", (12, 30))),
    (r"moins(?= (?:\d|[a-z]))", ("<", None)),
    *((pattern, ("z", feast)) for pattern, feast in FEASTS),
    *((pattern, ("0", day)) for pattern, day in NAMED_DAYS),
    (r"(?:une )?demi[- ]?heure|half an hour|(?:a )?half[- ]hour|une demi h", ("P", 30)),
    (r"trois[- ]quarts? d'heure|three quarters of an hour", ("P", 45)),
    (r"un quart d'heure|(?:a )?quarter of an hour", ("P", 15)),
    (r"an hour and a half|une heure et demie|one hour and a half", ("P", 90)),
    (r"an hour", ("P", 60)),
    (r"journee(?=\s*(?:$|[,.;)]))", ("Q", None)),
    (r"(?:toute )?la journee(?: entiere)?|journee entiere|all[- ]day(?: long)?|full[- ]day", ("Q", None)),
    (r"heure locale|local time", ("Z", "")),
    (r"de (?:fin|debut|milieu) (?:d'|de )(?:la |l')?(?:annee|mois|semaine|trimestre|journee|matinee)", ("x", None)),
    (rf"(?:{_NUMBERED}) ?\d{{1,4}}{_NOT_A_DATE}", ("x", None)),
    (rf"(?:n ?°|numero) ?\d{{1,4}}{_NOT_A_DATE}", ("x", None)),
    (r"demi[- ]journee|half[- ](?:a[- ])?day", ("v", None)),
    (r"(?:en )?(?:debut|mi|fin)[- ](?:de )?(?:la )?(?:journee|matinee|soiree|semaine|mois|annee|an)", ("v", None)),
    (r"(?:en )?(?:debut|fin|milieu) d(?:'|e )(?:l')?(?:apres[- ]midi|aprem|annee|semaine|matinee|mois)", ("v", None)),
    (r"(?:le |ce |un )?week[- ]?end(?: prochain)?s?|(?:this|next|the) weekend", ("v", None)),
    (r"(?:une|deux|trois) fois par|(?:once|twice) an?", ("~", None)),
    (r"il y a|ago", ("~", None)),
    (r"d'ici|peut[- ]etre|dans la|in the course", ("~", None)),
    (r"(?:la )?veille", ("~", None)),
    (r"jours? feries?|vacances(?: scolaires)?|(?:bank |school )?holidays?", ("~", None)),
    (r"o'?clock", ("q", None)),
    (r"in the(?= (?:morning|afternoon|evening))|at(?= night)", ("f", None)),
    (rf"sept(?= (?:jours|heures|semaines|mois|minutes|ans|{'|'.join(itertools.chain(*MONTHS))})\b)", ("N", 7)),
    (r"jour de l'an|nouvel an|new year'?s day", ("D", (1, 1, None))),
    (r"(?:jour de )?noel|christmas(?: day)?(?! eve)|xmas(?! eve)", ("D", (25, 12, None))),
    (
        r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:de )?(?:la |l')?(?:paques|pentecote|ascension)",
        ("v", None),
    ),
    *_compounds(),
    *_zones(),
)

# The same, for phrases that begin with a figure.
NUMBER_PHRASES: tuple[tuple[str, Meaning], ...] = (
    (r"12(?::00)? ?noon", ("C", (12, 0))),
    (r"1/2 ?h(?:eure|our)?", ("P", 30)),
    (r"3/4 ?d'heure", ("P", 45)),
    (r"1 quart d'heure", ("P", 15)),
    (r"1 heure et demie|1 hour and a half", ("P", 90)),
    (r"1/2[- ]journee", ("v", None)),
    (r"\d{1,9} (?:fois|times) (?:par|a|an|per)", ("~", None)),
)


def _weekdays() -> Iterator[tuple[str, Meaning]]:
    for day, names in enumerate(WEEKDAYS):
        for name in names:
            yield name, ("W", day)
            yield name + "s", ("V", day)
        yield from ((short, ("w", day)) for short in SHORT_WEEKDAYS[day])
        yield from ((slip, ("W", day)) for name in names for slip in _slips(name))
    yield from ((name, ("W", day)) for name, day in WRITTEN_WEEKDAYS.items())


def _months() -> Iterator[tuple[str, Meaning]]:
    for month, names in enumerate(MONTHS, start=1):
        yield from ((slip, ("M", month)) for name in names for slip in _slips(name))
        yield from ((name, ("M", month)) for name in names)
    yield from ((name, ("M", month)) for name, month in WRITTEN_MONTHS.items())


def _slips(name: str) -> Iterator[str]:
    """Slips of the keyboard: two letters exchanged or, in a longer name, one inside it left out or struck twice."""
    if len(name) < 5:
        return
    for i in range(len(name) - 1):
        yield name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    for i in range(1, len(name) - 1) if len(name) > 5 else ():
        yield name[:i] + name[i + 1 :]
        yield name[:i] + name[i] + name[i:]


def _numbers() -> Iterator[tuple[str, Meaning]]:
    yield "une", ("N", 1)
    yield from ((name, ("N", number)) for number, name in enumerate(FRENCH_NUMBERS, start=1) if name != "sept")
    yield from ((name, ("N", number)) for number, name in enumerate(ENGLISH_NUMBERS, start=1) if name != "six")
    yield "quatre-vingt-dix", ("N", 90)
    yield from ((name, ("O", number)) for number, name in enumerate(ENGLISH_RANKS, start=1))
    for number, names in ORDINALS.items():
        yield from ((name, ("O", number)) for name in names.split())


def _units() -> Iterator[tuple[str, Meaning]]:
    for unit, names in UNITS.items():
        yield from ((name, ("u", unit)) for name in names.split())


WORDS: dict[str, Meaning] = {
    **dict(_numbers()),
    **dict(_units()),
    **dict(_weekdays()),
    **dict(_months()),
    **PLAIN,
}
