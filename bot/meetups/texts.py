"""How a meet-up is headed: its title, with its kind and whether others hold it."""

from bot.i18n import N_, _
from bot.meetups.rules.kinds import kind_begun
from bot.meetups.tables import MeetupSeries

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
    """The kind, if it has one, and “external” if others hold it."""
    return tuple(
        filter(None, (kind_name(series.kind) if series.kind else "", _("external") if series.external else ""))
    )


def heading(title: str, *, kind: str | None, external: bool) -> str:
    """`Managing risk (training, external)`; a kind with which the title begins is not said twice."""
    named = kind_name(kind) if kind and kind_begun(title) != kind else ""
    marks = ", ".join(filter(None, (named, _("external") if external else "")))
    return _("{title} ({marks})").format(title=title, marks=marks) if marks else title
