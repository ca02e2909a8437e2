"""How a meet-up is headed: its title, with its kind and territory, and whether others hold it."""

from bot.i18n import N_, _
from bot.meetups.rules.kinds import kind_begun
from bot.meetups.tables import MeetupSeries
from bot.registers import territories, typed

KINDS = {
    "information": N_("information meeting"),
    "formation": N_("training"),
    "retex": N_("account of experience"),
    "journée": N_("study day"),
    "café": N_("coffee break"),
    "atelier": N_("workshop"),
}


def kind_name(kind: str) -> str:
    """The name of a kind, for the middle of a sentence."""
    return _(KINDS[kind]) if kind in KINDS else kind


def categories(series: MeetupSeries) -> tuple[str, ...]:
    """The kind and the territory, if it has them, and “external” if others hold it."""
    kind = kind_name(series.kind) if series.kind else ""
    return tuple(filter(None, (kind, territory_name(series.territory), _("external") if series.external else "")))


def territory_name(code: str | None) -> str:
    """The name of a territory; empty for none."""
    found = territories.get(code)
    return found.name if found is not None else ""


def heading(title: str, *, kind: str | None, territory: str | None, external: bool) -> str:
    """`Managing risk (training, Bretagne, external)`, without what the title itself says of kind and territory."""
    named = kind_name(kind) if kind and kind_begun(title) != kind else ""
    place = "" if _is_in(territory, title) else territory_name(territory)
    marks = ", ".join(filter(None, (named, place, _("external") if external else "")))
    return _("{title} ({marks})").format(title=title, marks=marks) if marks else title


def _is_in(code: str | None, title: str) -> bool:
    """Whether the title has the name of the territory in it."""
    found = territories.get(code)
    return found is not None and f" {typed.key(found.name)} " in f" {typed.key(title, longest=len(title))} "
