"""The phrases of dates: regular expressions over the classes of `lexicon`, each with an action that fills `Parts`."""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.time.when.alone import put_about, put_alone_clock, put_alone_date, put_alone_hour
from bot.time.when.delays import from_now, in_days, in_hours, weeks_from
from bot.time.when.parts import Parts
from bot.time.when.pieces import (
    Action,
    Tokens,
    all_day,
    ambiguous,
    between,
    from_clock,
    month_first,
    nth_day,
    nth_weekday_once,
    part_and_hour,
    put_apart,
    put_clock,
    put_counted_apart,
    put_day,
    put_days,
    put_days_long,
    put_duration,
    put_except,
    put_except_weekdays,
    put_hours,
    put_moment,
    put_noon,
    put_spelled_clock,
    put_through,
    put_until,
    put_until_month,
    setter,
    this_part,
    two_days,
    until_clock,
    vague,
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
_AT = "(?:[@ab]?%f?L?[@a]?|[@ab]f?L?)"
_AFTER = "(?:d|[<e]P|<Nm?|eNm|eN(?![hMuxWk/-]|f?M))"  # minutes after the hour, or before it
_LENGTH = "(?:P|NhN(?![uhm])|[Na]hd?|Ndh|[Na]m|Hd?)"
_NAMED = "(?:[Ww]L?)?[NO]f?M(?:Y|n)?|ML?[NO]Y?|(?:[Ww][L@]?)?DY?|zY?"
_FULL = f"(?:[Ww]L?M[NO]Y?|{_NAMED})"
_NUMBERED = "[Ww]L?(?:N(?!h|[-A][CHj])|O)(?:fk)?|L?[NO]fL?k|L(?:N(?![xhmu])|O(?![xWVuvG]))n?"
_WEEKDAY = "[Ww]f?L?I|KL?W|Wf?K|Wf?Ln|[Ww]f?n|nW|[Ww]B|cW|Wl|L?W(?!L?O)|w(?=[@a]?[CHj]|p)"
_DAY = f"(?:{_FULL}|{_NUMBERED}|W?RW?(?!L?[NOM])|R|{_WEEKDAY})"
_PART = "(?:(?:f?L?|@)p)"

_MONTHS = "(?:(?:[fA@i]uf|[f@i])M(?![NO])Y?(?:[aAJ-]M(?![NO])Y?)?)?"

# Tried in this order at each word; the first that fits is taken.
RULES: tuple[tuple[str, Action], ...] = (
    (r"U@?(?:e?L?S?(?:zY?|[Ww]?L?(?:DY?|M[NO]Y?|[NO](?:f?MY?|(?![xhmu])))))+", put_except),
    (r"U[LS]?[WVw](?:e?[LS]?[WVw])*", put_except_weekdays),
    (r"U(?:[fA@iLS]*uf|[f@iLS]*)M(?![NOY])(?:(?:e[f@iL]*|[aA-])?M(?![NOY]))*", except_months),
    # recurrences
    (r"[L@]{0,2}Ou[fi](?:L?uf)?(?:MY?|L?k)", nth_day),
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
    (rf"(?:{_LENGTH}(?:e?(?:P|Nm))?|[Na]u(?:e[Na]u)*)>", from_now),
    (rf"=f?L?{_DAY}", put_apart),
    (rf"[Na]u~L?{_DAY}", put_counted_apart),
    (rf"f?[NO][AJ-]D|f{_DAY}[AJ]{_DAY}", put_days),
    (rf"f{_DAY}e{_FULL}", between),
    # times that need no day
    (r"T", put_moment),
    (rf"i%?{_LENGTH}(?:e?(?:P|Nm))?", in_hours),
    (r"i%?[Na]u(?:e?[Na]u)*(?:e(?:[Na]h|H|P|Nm))?n?", in_days),
    (r"[Ww]5", ambiguous),  # week 12, or room S12
    # single days
    (r"(?:t|cp)(?:[@a%]{1,2}N(?![xuhmMs]))?|cC", this_part),
    (r"J[fL@]*(?:yf?L?)?(?:uf)?M(?![NO])Y?", put_until_month),
    (rf"J{_DAY}", put_until),
    (r"f?RB", put_day),
    (rf"b?[f@]?L?{_DAY}", put_day),
    (r"[f@L]*[bi]?yf?L?(?:MY?|k|K|u)|[@i]f?MY?|[LK]?MY(?!\d)|[@c]?K|k|v", vague),
    # times of day
    (rf"{_AT}?NhN(?![xuhmM])", put_spelled_clock),
    (rf"{_AT}?CN(?![hMuxmWk/-]|[eAaf])", put_noon),
    (rf"f(?:{_T}d?|N)(?:A|a|-|J|e)(?:{_T})d?", from_clock),
    (rf"[@a]?(?:{_T}|N)(?:a|-|A|J){_T}d?", from_clock),
    (rf"f?(?:{_T}|4)(?:a|-|A|J)4|f?{_T}-N(?!f?L?[xuhmMs])", from_clock),
    (r"[@a]4", put_clock),
    (rf"J{_T}", until_clock),
    (rf"{_AT}{_T}(?:{_AFTER})?|[@a]N(?=fL?p)|{_T}{_AFTER}|[Cj]|Nh(?=f?L?p)|H(?=f?L?p)|Nq(?=f?L?p)", put_clock),
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
# What only a text that says nothing else may mean: `sam.`, `17 2`, `dix-neuf trente`. Tried before the others.
ALONE: tuple[tuple[str, Action], ...] = (
    (r"L?w$", put_day),
    (r"L?NN[NY]|L?NN(?=[@a]?[CH]|$)", put_alone_date),
    (r"[@a]?NNd?$", put_alone_clock),
    (r"[@a]?Nd?(?=t|[RWw]?[cf]?L?p)|[@a]?Nd$", put_alone_hour),
    (rf"[@a]?{_T}(?:{_AFTER})?%$", put_about),
    (rf"(?:P|Nm)f{_T}", ambiguous),  # "15 minutes from 1pm"
)


def _matcher(rules: tuple[tuple[str, Action], ...]) -> Callable[[str], re.Match[str] | None]:
    return re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(rules))).match


_MATCH, _MATCH_ALONE = _matcher(RULES), _matcher(ALONE)
FILLER = "!"  # words that may stand after a piece and mean nothing alone
GLUE = frozenset("LS@afbg-")  # words that may stand before a piece and mean nothing alone
LONGEST_PIECE = 100  # tokens; a list of days that goes on for ever is not read again from each of its days


def take(parts: Parts, tokens: Tokens, shape: str, at: int, *, whole: bool) -> int:
    """Puts the piece that begins at this token into `parts`; returns the position after it, or the same one."""
    action, length = (_fit_alone if whole else _fit)(shape[at : at + LONGEST_PIECE])
    if action:
        action(parts, tokens[at : at + length], shape[at : at + length])
    return at + length


def fits(shape: str, at: int) -> int:
    """How many tokens the piece takes that begins at this token, 0 for none."""
    return _fit(shape[at : at + LONGEST_PIECE])[1]


@lru_cache(maxsize=4096)
def _fit(shape: str) -> tuple[Action | None, int]:
    """What to do with the beginning of a shape, and how many tokens it takes. People's shapes are few: kept."""
    return _first(_MATCH(shape), RULES)


@lru_cache(maxsize=4096)
def _fit_alone(shape: str) -> tuple[Action | None, int]:
    """The same in a text that says nothing but a date."""
    action, length = _first(_MATCH_ALONE(shape), ALONE)
    return (action, length) if action else _fit(shape)


def _first(match: re.Match[str] | None, rules: tuple[tuple[str, Action], ...]) -> tuple[Action | None, int]:
    return (rules[int(match.lastgroup[1:])][1], match.end()) if match and match.lastgroup else (None, 0)
