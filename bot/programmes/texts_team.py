"""What a community's team reads of themes, applications and satisfaction, and what members read of open themes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.communities.figures.figures import Tally, percent
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _, language, ngettext
from bot.programmes import catalogue, texts, themes
from bot.programmes.applications import number
from bot.programmes.catalogue import Theme
from bot.programmes.rules.application import Status
from bot.programmes.tables import SupportApplication, SupportTheme
from bot.programmes.texts import STANDING, Shown, theme_name
from bot.resources.texts import one_line
from bot.time.spoken_dates import say_moment


def until(theme: SupportTheme, zone: ZoneInfo) -> str:
    """Until when it is open; empty if no end is set."""
    if theme.until is None:
        return ""
    return _("until {moment}").format(moment=say_moment(theme.until, zone=zone, language=language()))


def open_line(theme: SupportTheme, zone: ZoneInfo) -> str:
    """A theme that takes applications."""
    return ", ".join(part for part in (theme_name(theme), until(theme, zone)) if part)


COUNTED: Final = {
    Status.SUBMITTED: N_("to decide: {count}"),
    Status.INCOMPLETE: N_("not complete: {count}"),
    Status.ACCEPTED: N_("supported: {count}"),
    Status.ENDED: N_("over: {count}"),
}


def theme_line(theme: SupportTheme, counts: Mapping[str, int], *, now: datetime, zone: ZoneInfo) -> str:
    """A theme with what there is of it."""
    state = (
        open_line(theme, zone) if themes.is_open(theme, now) else _("{theme}, closed").format(theme=theme_name(theme))
    )
    counted = [_(COUNTED[status]).format(count=counts[status]) for status in COUNTED if counts.get(status)]
    return f"{state} ({', '.join(counted)})" if counted else state


def listed_line(application: SupportApplication, contact: str, people: int) -> str:
    """An application in a list."""
    team = ngettext("{count} person", "{count} people", people).format(count=people)
    return "\n".join(
        (
            _("`{number}` {standing}, {contact}, {team}").format(
                number=number(application),
                standing=_(STANDING[Status(application.status)]),
                contact=contact or _("a former member"),
                team=team,
            ),
            one_line(application.project or application.need, longest=100),
        )
    )


def arrived(shown: Shown) -> Text:
    """To the team, once an application is complete."""
    return Text.of(
        _("**An application for support is complete**: {title}.").format(title=texts.titled(shown)),
        bullets(*texts.people(shown)),
        _("To read it and decide: `!admin support {number}`").format(number=shown.number),
    )


def opening(theme: Theme, deadline: str) -> Text:
    """The preview of opening a theme."""
    return Text.of(
        _("The theme **{theme}** would take applications {deadline}.").format(
            theme=catalogue.titled(theme.slug, language()), deadline=deadline
        ),
        _("Teams of 3 to 5 people apply with `!support apply …`; you decide on each of them."),
    )


def closing(theme: Theme) -> Text:
    return Text.of(
        _("The theme **{theme}** would take no applications any more.").format(
            theme=catalogue.titled(theme.slug, language())
        ),
        _("Those that were sent go on, and are still decided."),
    )


def which(found: Sequence[Theme]) -> str:
    """Two themes are called so: how to tell them apart."""
    names = ", ".join(f"{one.name(language())} {_(catalogue.SCOPES[one.scope])}" for one in found)
    return _("Two themes are called so. Which one: {names}?").format(names=names)


# ── satisfaction ──────────────────────────────────────────────────────────────────────────────────────────


def satisfaction(tally: Tally, *, least: int, line: int) -> Text:
    """Both questions, each with those who answered it, and where the line is; empty if nobody was asked."""
    if not tally.asked:
        return Text.of()
    return Text.of(
        title(_("Satisfaction at the end of supports")),
        bullets(
            _("Course: {share}").format(share=_share(tally.went_well, least=least, line=line)),
            _("Contribution: {share}").format(share=_share(tally.was_useful, least=least, line=line)),
            _("Answered: {share} % ({count} of {asked} asked)").format(
                share=percent(tally.went_well[1], tally.asked), count=tally.went_well[1], asked=tally.asked
            )
            if tally.went_well[1] >= least
            else "",
        ),
    )


def _share(answers: tuple[int, int], *, least: int, line: int) -> str:
    yes, count = answers
    if count < least:
        return _("too few answers")
    share = percent(yes, count)
    sentence = (
        _("Of those who answered, satisfied: {share} % (n = {count}), at or above the line of {line} %")
        if 100 * yes >= line * count
        else _("Of those who answered, satisfied: {share} % (n = {count}), below the line of {line} %")
    )
    return sentence.format(share=share, count=count, line=line)


def went_well(title_of: str, *, again: bool) -> Text:
    """The first of two questions."""
    return Text.of(
        _("A reminder, the only one.") if again else "",
        _("**Did the support go well, in its course?** {title} ✅ yes, ❌ no").format(title=title_of),
        _("Two questions, counted without your name. You need not answer."),
    )


def was_useful(*, again: bool = False) -> Text:
    """The second."""
    return Text.of(
        _("A reminder, the only one.") if again else "",
        _("**And did it bring you what you needed?** ✅ yes, ❌ no"),
    )
