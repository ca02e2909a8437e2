"""The phrases of dates: regular expressions over the classes of `lexicon`, each with an action that fills `Parts`."""

import re
from functools import lru_cache

from bot.time.when.parts import Parts
from bot.time.when.pieces import (
    Action,
    Tokens,
    all_day,
    ambiguous,
    between,
    from_clock,
    in_days,
    in_hours,
    month_first,
    nth_weekday_once,
    part_and_hour,
    put_clock,
    put_day,
    put_days,
    put_days_long,
    put_duration,
    put_except,
    put_except_weekdays,
    put_hours,
    put_moment,
    put_spelled_clock,
    put_through,
    put_until,
    setter,
    this_part,
    two_days,
    until_clock,
    vague,
    weeks_from,
)
from bot.time.when.repeats import (
    adjective,
    every_part,
    every_weekday,
    except_months,
    in_months,
    listed_weekdays,
    month_days,
    nth_weekdays,
    put_every,
    put_last_day,
    weekday_range,
    working_days,
)

_T = "(?:[CHj]|Nh)"
_NAMED = "(?:[Ww]L?)?[NO]f?M(?:Y|n)?|M[NO]Y?|(?:[Ww][L@]?)?D|zY?"
_FULL = f"(?:[Ww]L?M[NO]Y?|{_NAMED})"
_NUMBERED = "[Ww]L?(?:N(?!h|[-A][CHj])|O)(?:fk)?|L?[NO]fL?k|L(?:N(?![xhmu])|O(?![xWVu]))"
_WEEKDAY = "[Ww]f?L?I|KL?W|Wf?K|Wf?Ln|[Ww]f?n|nW|[Ww]B|cW|Wl|L?W(?!L?O)|w(?=[@a]?[CHj]|p)"
_DAY = f"(?:{_FULL}|{_NUMBERED}|W?RW?(?!L?[NOM])|R|{_WEEKDAY})"
_PART = "(?:(?:f?L?|@)p)"

_MONTHS = "(?:(?:[fA@i]uf|[f@i])M(?![NO])Y?(?:[aAJ-]M(?![NO])Y?)?)?"

# Tried in this order at each word; the first that fits is taken.
RULES: tuple[tuple[str, Action], ...] = (
    (r"U@?(?:e?L?S?(?:z|[Ww]?L?(?:D|M[NO]Y?|[NO](?:f?MY?|(?![xhmu])))))+", put_except),
    (r"U[LS]?[WVw](?:e?[LS]?[WVw])*", put_except_weekdays),
    (r"U(?:[fA@iLS]*uf|[f@iLS]*)M(?![NOY])(?:(?:e[f@iL]*|[aA-])?M(?![NOY]))*", except_months),
    # recurrences
    (r"E?[LS]?OGf[LE]?u|E?L?Ouf[LE]?u", put_last_day),
    (r"Ep", every_part),
    (r"[EN][NO]?[WV]s", every_weekday),
    (r"[EN]u[sr]|Nus", put_every),
    (r"Er[WV]|EN[WV]", every_weekday),
    (rf"(?:Eru|Eu|EO?u|ENu){_MONTHS}|S?Nu(?=s)", in_months(put_every)),
    (rf"E[WVw](?:e?L?[WVw](?!L?[NOM]))*{_MONTHS}", in_months(every_weekday)),
    (rf"[S@]?V(?:e?[LS]?V)*(?!L?(?:N(?![-A])|[OM])){_MONTHS}", in_months(every_weekday)),
    (r"L?W(?:e?L?W)+(?!L?[NOM])", listed_weekdays),
    (r"w-w|f[Ww][A-][Ww](?!L?[NOM])|WA?-?W(?=f?[CHj]|f?N-)", weekday_range),
    (r"EG|[L@]?G(?!f)|@uG", working_days),
    (r"[L@]{0,2}OW[fi]?(?:L?k|MY?)", nth_weekday_once),
    (r"[E@]?[LS]{0,2}O(?:e[LS]?O)*[WV](?:f[LE]?Nu|f?[LE]?u)?", nth_weekdays),
    (r"E[NO](?:e[NO])*f[LE]?u|[@LS]{0,2}[NO](?:e[LS]?[NO])*f?Eu", month_days),
    (r"LOf?L?u|LNfu", ambiguous),
    (r"[L@]?F", adjective),
    # ranges of days
    (rf"f{_DAY}[@a]?[CH][AJa]{_DAY}[@a]?[CH]|{_FULL}[@a]?[CH]A{_FULL}[@a]?[CH]", put_through),
    (rf"[fS]?{_DAY}(?:A|J|a|-){_FULL}", put_days),
    (r"f?(?:[Ww]L?|L)?[NO][AJa-](?:[Ww]L?|L)?[NO]f?(?:MY?|k)", put_days),
    (r"S?(?:[Ww]L?|L)?[NO]e(?:[Ww]L?|L)?[NO]f?(?:MY?|k)", two_days),
    (r"SN(?:e)N(?!f?M)", two_days),
    (r"f(?:[Ww]L?|L)?[NO][AJ](?:[Ww]L?|L)?N(?![xhmu])", put_days),
    (r"f?M[NO][A-][NO]Y?", month_first),
    (r"[Na]ufR", weeks_from),
    (rf"f?[NO][AJ-]D|f{_DAY}[AJ]{_DAY}", put_days),
    (rf"f{_DAY}e{_FULL}", between),
    # times that need no day
    (r"T", put_moment),
    (r"i(?:P|Nh|Nm|Hd?|ah)", in_hours),
    (r"i[Na]un?", in_days),
    (r"[Ww]5", ambiguous),  # week 12, or room S12
    # single days
    (r"(?:t|cp)(?:[@a]N(?![xuhmMs]))?|cC", this_part),
    (rf"J{_DAY}", put_until),
    (rf"b?[f@]?L?{_DAY}", put_day),
    (r"[f@L]*[bi]?yf?L?(?:MY?|k|K|u)|[@i]f?MY?|[LK]?MY(?!\d)|[@c]?K|k|v", vague),
    # times of day
    (r"[@a]?NhN(?![xuhm])", put_spelled_clock),
    (rf"f(?:{_T}d?|N)(?:A|a|-|J|e)(?:{_T})d?", from_clock),
    (rf"[@a]?(?:{_T}|N)(?:a|-|A|J){_T}d?", from_clock),
    (rf"f?(?:{_T}|4)(?:a|-|A|J)4|f?{_T}-N(?!f?L?[xuhmMs])", from_clock),
    (r"[@a]4", put_clock),
    (rf"J{_T}", until_clock),
    (rf"(?:[@ab]f?L?){_T}d?|[@a]N(?=fL?p)|{_T}d|[Cj]|Nh(?=f?L?p)|H(?=f?L?p)", put_clock),
    (r"H", put_hours),
    (rf"{_PART}[@a]N(?![xuhmMs])", part_and_hour),
    (rf"{_PART}", setter("part", "p")),
    # lengths
    (r"g?(?:P|Nh|Nm)d?|g(?:Hd?|[a]h)", put_duration),
    (r"g[Na]u", put_days_long),
    (r"g?X", setter("count", "X")),
    (r"Q", all_day),
    (r"[@a]?Z", setter("zone", "Z")),
)
_MATCH = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(RULES))).match
FILLER = "!"  # words that may follow a piece and mean nothing alone
GLUE = frozenset("LS@afbg-")  # words that may precede a piece and mean nothing alone
LONGEST_PIECE = 100  # tokens; keeps the cost of an endless list of days linear


def take(parts: Parts, tokens: Tokens, shape: str, at: int) -> int:
    """Puts the piece that begins at this token into `parts`; returns the position after it, or the same one."""
    rule, length = _fit(shape[at : at + LONGEST_PIECE])
    if length:
        RULES[rule][1](parts, tokens[at : at + length], shape[at : at + length])
    return at + length


def fits(shape: str, at: int) -> int:
    """How many tokens the piece takes that begins at this token, 0 for none."""
    return _fit(shape[at : at + LONGEST_PIECE])[1]


@lru_cache(maxsize=4096)
def _fit(shape: str) -> tuple[int, int]:
    """The rule that fits the beginning of a shape, and how many tokens it takes. Cached: people use few shapes."""
    match = _MATCH(shape)
    return (int(match.lastgroup[1:]), match.end()) if match and match.lastgroup else (0, 0)
