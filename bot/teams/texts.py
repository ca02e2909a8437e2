"""What is said about a team: its card, where it stands, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.events.text import Text, bullets, quote, title
from bot.i18n import N_, _, language, ngettext
from bot.registers import professions
from bot.resources.texts import one_line
from bot.teams.records import number
from bot.teams.rules.team import ACCOMPANIED, PROFESSIONS, Refusal, Status, distinct
from bot.teams.tables import Team, TeamNote
from bot.time.spoken_dates import say_date

LONGEST_IN_LIST: Final = 120
SHOWN: Final = 4
"""Words of its log on a card: the newest."""
ONE_LINE_EACH: Final = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A team as its readers see it: by which clock, who is in it with which profession, who is asked, its log."""

    team: Team
    zone: ZoneInfo
    people: Sequence[tuple[str, str | None]]
    asked: Sequence[str]
    notes: Sequence[TeamNote]
    requests: int


STANDING: Final = {
    Status.FORMING: N_("being formed"),
    Status.AT_WORK: N_("at work"),
    Status.EXPERIMENTING: N_("trying it out"),
    Status.EVALUATED: N_("evaluated"),
    Status.CAPITALISED: N_("its sheet is published"),
    Status.GIVEN_UP: N_("ended without a result"),
}


def titled(team: Team) -> str:
    """As it is named in a sentence or a list."""
    return _("team “{name}” ({number})").format(name=one_line(team.name, longest=60), number=number(team))


def room_name(team: Team) -> str:
    """The name of its room: its first words differ from those of other rooms."""
    return _("{number} {name}").format(number=number(team), name=one_line(team.name, longest=40))


def room_topic(team: Team) -> str:
    return _("The room of the team {number}, opened by its community's bot").format(number=number(team))


def profession(slug: str | None) -> str:
    """What somebody does, by a register; who said nothing counts for none."""
    found = professions.get(slug)
    return found.name(language()) if found is not None else slug or _("profession not given")


def person(name: str, slug: str | None) -> str:
    return _("{name}: {profession}").format(name=name, profession=profession(slug))


def _each(people: Sequence[tuple[str, str | None]]) -> Sequence[str]:
    """Everybody in it, a line each; of many one line together."""
    lines = [person(name, slug) for name, slug in people]
    return lines if len(lines) <= ONE_LINE_EACH else ["; ".join(lines)]


def counted(known: Sequence[str | None]) -> str:
    """How many professions there are, and what is missing."""
    count = distinct(known)
    said = ngettext("{count} profession", "{count} professions", count).format(count=count)
    if count >= PROFESSIONS:
        return said
    missing = PROFESSIONS - count
    return ngettext("{said}, {count} is missing", "{said}, {count} are missing", missing).format(
        said=said, count=missing
    )


def card(shown: Shown) -> Text:
    """What the team reads in its room, as it is now."""
    team, reference = shown.team, number(shown.team)
    return Text.of(
        title(_("Your team: {name}").format(name=one_line(team.name, longest=80))),
        _("{number}, {standing}.").format(number=reference, standing=_(STANDING[Status(team.status)])),
        bullets(*_each(shown.people)),
        *(_how_to(reference) if team.status in ACCOMPANIED else ()),
    )


def _how_to(reference: str) -> Sequence[str]:
    return (
        _("Your meet-ups: `!{number} rhythm 1st Tuesday 2pm`").format(number=reference),
        _("What is measured: `!{number} before …`, then `!{number} after …`").format(number=reference),
        _("Where you stand: `!{number} point …`; each month I ask you here.").format(number=reference),
        _("At the end: `!{number} finish`").format(number=reference),
    )


def meetup_line(team: Team, rhythm: str) -> str:
    """The line of its meet-ups, as for any other."""
    return _("“Team {number}” {when}").format(number=number(team), when=rhythm)


def rhythm(team: Team) -> Text:
    """What the team reads in its room, if its moderator thought of a rhythm."""
    return Text.of(
        _("**Your meet-ups**: {rhythm}").format(rhythm=team.rhythm),
        _("Another rhythm: `!{number} rhythm 2nd Thursday 1pm 45 min`").format(number=number(team)),
        _("**Plan them?** ✅ yes"),
    )


def standing(shown: Shown, *, inside: bool) -> Text:
    """Where it stands. Only to those in it, and to the moderators: who is in it, what was measured, its log."""
    team = shown.team
    return Text.of(
        title(_("Team {number}: {name}").format(number=number(team), name=one_line(team.name, longest=80))),
        _("{standing}, {people}.").format(
            standing=_(STANDING[Status(team.status)]).capitalize(), people=_people(len(shown.people))
        ),
        *(_inside(shown) if inside else ()),
    )


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=count)


def _inside(shown: Shown) -> Sequence[str | Text]:
    team, said = shown.team, shown.notes[-SHOWN:]
    lines = [
        *_each(shown.people),
        _("Asked, no answer yet: {names}").format(names=", ".join(shown.asked)) if shown.asked else "",
        _("Fewer professions than {count}, because: {reason}").format(count=PROFESSIONS, reason=team.exception)
        if team.exception
        else "",
        _("**Before**: {measured}").format(measured=team.before) if team.before else "",
        _("**After**: {measured}").format(measured=team.after) if team.after else "",
        _("Not measured: {reason}").format(reason=team.unmeasured) if team.unmeasured else "",
        _("The reason: {reason}").format(reason=team.reason) if team.reason else "",
        _help_asked(shown.requests) if shown.requests else "",
    ]
    log = [_logged(one, shown.zone) for one in said]
    return (
        bullets(*(line for line in lines if line)),
        _("**Its log**") if log else _("Nothing noted yet: `!{number} point …`").format(number=number(team)),
        bullets(*log),
    )


def _help_asked(count: int) -> str:
    return ngettext("{count} request for help", "{count} requests for help", count).format(count=count)


def _logged(found: TeamNote, zone: ZoneInfo) -> str:
    text = one_line(found.text, longest=LONGEST_IN_LIST)
    return _("{day}: {text}").format(day=_day(found.noted_at, zone), text=text)


def _day(at: datetime, zone: ZoneInfo) -> str:
    return say_date(at, zone=zone, language=language(), year=False)


def listed(team: Team) -> str:
    """A line of a list."""
    named = _("{number} {name}").format(number=number(team), name=one_line(team.name, longest=60))
    return f"{named}, {_(STANDING[Status(team.status)])}"


def no_room(team: Team) -> Text:
    """What the community's main room reads if the server refuses the room."""
    return Text.of(
        _("**The {team} is complete**, and I could not open its room.").format(team=titled(team)),
        _("To its members: write to me in private, `!{number}`").format(number=number(team)),
    )


def goodbye(team: Team) -> Text:
    """The last that is said in its room."""
    return Text.of(
        _("**The work of the {team} is over**, thank you for it. I leave this room; you keep it.").format(
            team=titled(team)
        )
    )


# ── where it stands ───────────────────────────────────────────────────────────────────────────────────────


def where(team: Team) -> Text:
    """What the team is asked each month."""
    return Text.of(
        title(_("Where does your team stand?")),
        _("A sentence is enough: what you did, what blocks, what comes next. Nothing about a patient."),
        _("**To answer**: reply to this message, beginning with “point”, or `!{number} point …`").format(
            number=number(team)
        ),
        _("Your answer is kept in the team's log. I ask again in a month."),
    )


def silent(team: Team) -> Text:
    """What the moderators read, once."""
    return Text.of(
        _("**No news of the {team}** for two months.").format(team=titled(team)),
        _("I go on asking it each month. To see it: `!{number}`").format(number=number(team)),
        _("To end it: `!{number} abandon …`, with the reason").format(number=number(team)),
    )


def too_few(team: Team, known: Sequence[str | None]) -> Text:
    """What the moderators read when somebody left."""
    return Text.of(
        _("**Somebody left the {team}**: {professions}.").format(team=titled(team), professions=counted(known)),
        _("To ask somebody into it: `!{number} add @…`").format(number=number(team)),
    )


def noted(team: Team, text: str, *, again: bool) -> Text:
    said = _("**Noted anew** ({number}):") if again else _("**Noted** ({number}):")
    return Text.of(
        said.format(number=number(team)),
        quote(one_line(text, longest=300)),
        _("Edit your message to change it, delete it to take it back."),
    )


# ── its end ───────────────────────────────────────────────────────────────────────────────────────────────


def gains(team: Team) -> Sequence[str]:
    """What was measured, or why nothing was."""
    if team.unmeasured:
        return (_("Not measured: {reason}").format(reason=team.unmeasured),)
    return (
        _("**Before**: {measured}").format(measured=team.before),
        _("**After**: {measured}").format(measured=team.after),
    )


def measured(team: Team) -> Sequence[str]:
    """The same for a sheet: without marks."""
    return [line.replace("*", "") for line in gains(team)]


def evaluated(team: Team) -> Text:
    """What all who took part read once, in private."""
    return Text.of(
        title(_("The trial is over: {name}").format(name=one_line(team.name, longest=80))),
        bullets(*gains(team)),
        _("Thank you for your part in it. A practice sheet may follow."),
    )


def capitalised(team: Team, sheet: str) -> Text:
    """What all who took part read once, in private."""
    return Text.of(
        title(_("A practice sheet came of it: {name}").format(name=one_line(team.name, longest=80))),
        _("To read it: `!{sheet}`").format(sheet=sheet),
    )


def given_up(team: Team) -> Text:
    """What all who took part read once, in private."""
    return Text.of(
        _("**The {team} ends without a result.**").format(team=titled(team)),
        _("The reason: {reason}").format(reason=team.reason),
    )


def propose_sheet(team: Team) -> Text:
    """What the team reads in its room at the end."""
    return Text.of(
        title(_("It is over: what you learnt may help others")),
        bullets(*gains(team)),
        _("I have begun a practice sheet with it. Who completes it, in private? The others may sign it too."),
        _("**I write it**: ✅ yes"),
    )


REFUSED: Final = {
    Refusal.WRONG_STATUS: N_("The {team}: this is not possible any more, or not yet."),
    Refusal.NOT_ALLOWED: N_("Only the members of {team} do this, and the community's moderators."),
    Refusal.TOO_FEW: N_("The {team}: two people at least have to say yes."),
    Refusal.FEW_PROFESSIONS: N_(
        "The {team}: three professions at least are needed. "
        "To begin all the same, say why: `!{number} begin exception only two work there`"
    ),
    Refusal.NOT_MEASURED: N_(
        "The {team}: what was measured before and after is missing. `!{number} before …`, `!{number} after …`; "
        "or `!{number} finish not measured`, with the reason"
    ),
    Refusal.REASON_MISSING: N_("Say why: all who took part read it. For example: `!{number} abandon the ward closes`"),
}


def refused(team: Team, why: Refusal) -> str:
    """Why a step is not possible."""
    return _(REFUSED[why]).format(team=titled(team), number=number(team))
