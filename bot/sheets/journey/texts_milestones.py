"""What is said of how far a sheet has come, and of the one thing that its reader can do next."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.communities import Community
from bot.communities.communities import name_in
from bot.events.text import Text, bullets, more, quote
from bot.i18n import N_, _, language, ngettext
from bot.resources.texts import one_line
from bot.sheets import sheets, texts
from bot.sheets.reading.published import is_read
from bot.sheets.rules.milestones import DIGEST, RETEX, THANKS, Hindrance, Milestone
from bot.sheets.tables import Sheet
from bot.time.spoken_dates import say_date

MOST_RESULTS = 3
LONGEST_RESULT = 300

VALUED: Final = {
    RETEX: N_("It comes of an experience that was told at a meet-up, or was presented at one."),
    DIGEST: N_("The community's team put it first in its digest."),
    THANKS: N_("Somebody said thank you for it."),
}
HINDRANCES: Final = {
    Hindrance.NOT_PUBLISHED: N_("{title} is not published: this is possible only once it is."),
    Hindrance.NOT_EVALUATED: N_(
        "{title} stays in its community until it is evaluated. To say what came of it: `!sheet {number} evaluate …`"
    ),
}
NEXT: Final = {
    Milestone.TRIED: N_("To try it where you work: `!sheet {number} try`"),
    Milestone.EVALUATED: N_("Next step: say what came of it: `!sheet {number} evaluate …`"),
    Milestone.CIRCULATING: N_("Next step: offer it to another community: `!sheet {number} circulate …`"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far a sheet has come. `tried` and `evaluated` count structures, `results` are what people said of it.

    `elsewhere` names the other communities in which it is found; `home` is, to their members, where it was written.
    `parent` is the sheet that it adapts, `children` those that adapt it and that its readers may see;
    `hidden_children` counts the others.
    """

    tried: int = 0
    evaluated: int = 0
    valued: bool = False
    verify_at: datetime | None = None
    elsewhere: tuple[str, ...] = ()
    home: Community | None = None
    results: tuple[str, ...] = ()
    parent: str = ""
    children: tuple[str, ...] = ()
    hidden_children: int = 0
    next_step: Milestone | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Paris"))


def way(sheet: Sheet, found: Way, *, in_full: bool) -> Text:
    """Where a sheet stands, whence it comes, what others made of it; with `in_full` what they said."""
    results = [one_line(text, longest=LONGEST_RESULT) for text in found.results[-MOST_RESULTS:]]
    return Text.of(
        _("**Where it stands**: {milestones}").format(milestones=", ".join(_milestones(sheet, found))),
        more(_("**What came of it elsewhere:**")) if in_full and results else "",
        bullets(*results) if in_full else "",
        more(written_in(found.home)) if found.home else "",
        more(_("Adapted from {title}").format(title=found.parent)) if found.parent else "",
        _adapted(found),
        more(_(NEXT[found.next_step]).format(number=sheets.number(sheet))) if found.next_step else "",
    )


def written_in(home: Community) -> str:
    """Where a sheet comes from, to those who read it in another community."""
    return _("Written in the community {community}").format(community=name_in(home, language()))


def _milestones(sheet: Sheet, found: Way) -> list[str]:
    structures = {
        "tried": ngettext("tried in {count} structure", "tried in {count} structures", found.tried),
        "evaluated": ngettext("evaluated by {count} structure", "evaluated by {count} structures", found.evaluated),
    }
    said = [words.format(count=getattr(found, name)) for name, words in structures.items() if getattr(found, name)]
    day = say_date(found.verify_at, zone=found.zone, language=language()) if found.verify_at else ""
    return [
        _("published"),
        *said,
        *([_("valued")] if found.valued else []),
        *([_("to be verified on {day}").format(day=day)] if day else []),
        *([_("found in {communities} too").format(communities=", ".join(found.elsewhere))] if found.elsewhere else []),
    ]


def _adapted(found: Way) -> Text:
    hidden = ngettext("{count} in another community", "{count} in other communities", found.hidden_children)
    rest = [hidden.format(count=found.hidden_children)] if found.hidden_children else []
    named = [*found.children, *rest]
    return Text((more(_("Adapted: {titles}").format(titles=", ".join(named))),)) if named else Text.of()


def refused(sheet: Sheet, why: Hindrance) -> str:
    """Why a milestone is not possible now; of what nobody reads not even the title."""
    number = sheets.number(sheet)
    return _(HINDRANCES[why]).format(title=texts.titled(sheet) if is_read(sheet) else number, number=number)


# ── to those who sign it ──────────────────────────────────────────────────────────────────────────────────


def valued(sheet: Sheet, how: str) -> Text:
    """It was presented, put first in a digest, or thanked for."""
    return Text.of(
        _("**What you wrote is valued: {title}.**").format(title=texts.titled(sheet)),
        _(VALUED[how]),
    )


def tried(sheet: Sheet) -> Text:
    """Somebody tries it."""
    return Text.of(
        _("**Somebody tries what you wrote: {title}.**").format(title=texts.titled(sheet)),
        _("I ask them later what came of it. You have nothing to do."),
    )


def evaluated(sheet: Sheet, result: str) -> Text:
    """Somebody said what came of it, and the team accepted that."""
    return Text.of(
        _("**Your sheet is evaluated: {title}.** This is what came of it elsewhere:").format(title=texts.titled(sheet)),
        quote(one_line(result, longest=LONGEST_RESULT)),
        _("To offer it to another community: `!sheet {number} circulate …`").format(number=sheets.number(sheet)),
    )


def adapted(sheet: Sheet, child: Sheet) -> Text:
    """Somebody published an adaptation of it."""
    return Text.of(
        _("**What you wrote is adapted elsewhere: {title}.**").format(title=texts.titled(sheet)),
        _("The other sheet, {child}, names yours.").format(child=texts.titled(child)),
    )


def circulates(sheet: Sheet, community: str) -> Text:
    """Another community took it up."""
    return Text.of(
        _("**Your sheet goes further: {title}.**").format(title=texts.titled(sheet)),
        _("The community {community} took it up: its members find it with `!doc`.").format(community=community),
    )
