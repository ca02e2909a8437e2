"""What is said while a team is formed: to the moderators who propose people, and to those who are asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.events.text import Text, bullets, quote, title
from bot.i18n import _, ngettext
from bot.resources.texts import one_line
from bot.teams.records import number
from bot.teams.rules.team import PROFESSIONS, distinct
from bot.teams.tables import Team
from bot.teams.texts import counted, person, profession, titled


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who would be asked: their name, what they agreed to be found by, whether they gave the solution."""

    name: str
    profession: str | None
    author: bool = False


def preview(solution: str, text: str, people: Sequence[Proposed], *, number: str, rhythm: str, exception: str) -> Text:
    """Who would be asked, before anybody is."""
    known = [one.profession for one in people]
    return Text.of(
        title(_("To check: a team for {solution}").format(solution=solution)),
        quote(one_line(text, longest=160)),
        _asked(people),
        bullets(*map(_proposed, people)),
        _professions(known, exception),
        _("**Meet-ups**: {rhythm}").format(rhythm=rhythm) if rhythm else "",
        _("Another choice: `!admin challenge {number} team with @… without @…`").format(number=number),
    )


def _asked(people: Sequence[Proposed]) -> str:
    if not people:
        return _("I find nobody who may be asked now. Name people: `with @…`")
    return ngettext(
        "{count} person would be asked in private:", "{count} people would be asked in private:", len(people)
    ).format(count=len(people))


def _proposed(one: Proposed) -> str:
    said = person(one.name, one.profession)
    return _("{person} (gave the solution)").format(person=said) if one.author else said


def _professions(known: Sequence[str | None], exception: str) -> str:
    said = _("**Professions**: {professions}.").format(professions=counted(known))
    if exception:
        return _("{said} It may begin with fewer, because: {reason}").format(said=said, reason=exception)
    if distinct(known) < PROFESSIONS:
        return _("{said} Whoever has not given theirs is asked for it.").format(said=said)
    return said


def question(team: Team, solution: str, profession_: str | None, *, author: bool) -> Text:
    """What somebody who is asked reads in private."""
    return Text.of(
        title(_("Would you be in a team? {name} ({number})").format(name=_named(team), number=number(team))),
        quote(one_line(solution, longest=200)) if solution else "",
        _("You gave this solution: the team tries it with you.")
        if author
        else _("A few people of several professions try this solution together."),
        _("With a yes, the team and the moderators read your name and your profession."),
        _("A room for you alone, a meet-up now and then, a word each month. Without an answer nothing happens."),
        _("**Are you in?** ✅ yes, ❌ no"),
    )


def _named(team: Team) -> str:
    return one_line(team.name, longest=80)


def accepted(team: Team, slug: str | None) -> Text:
    """What somebody who says yes reads."""
    if slug is None:
        return Text.of(
            _("**Thank you, you are in it** ({number}).").format(number=number(team)),
            _("What is your profession? Without it, I cannot count it among those of the team."),
            _("Answer here, for example: `profession nurse`"),
        )
    return Text.of(
        _("**Thank you, you are in it** ({number}), as: {profession}.").format(
            number=number(team), profession=profession(slug)
        ),
        _("I invite you to the team's room once it is complete."),
        _("To change it: `profession …`"),
    )


def known_now(team: Team, slug: str) -> Text:
    return Text.of(
        _("Noted: {profession} ({number}).").format(profession=profession(slug), number=number(team)),
    )


def declined(team: Team) -> Text:
    return Text.of(_("Noted: you are not in it ({number}). Nobody is told why.").format(number=number(team)))


def stuck(team: Team, known: Sequence[str | None], waiting: int) -> Text:
    """What the moderators read when the team is not complete by itself."""
    heading = (
        ngettext(
            "**The {team} waits**: {count} person has not answered.",
            "**The {team} waits**: {count} people have not answered.",
            waiting,
        ).format(team=titled(team), count=waiting)
        if waiting
        else _("**The {team} is not complete**, and nobody else is asked.").format(team=titled(team))
    )
    people = ngettext("{count} yes", "{count} yes", len(known)).format(count=len(known))
    return Text.of(
        heading,
        _("{people}: {professions}.").format(people=people, professions=counted(known)),
        _("To ask somebody: `!{number} add @…`. To begin: `!{number} begin`").format(number=number(team)),
        _("To begin with fewer professions, say why: `!{number} begin exception …`").format(number=number(team)),
    )


def formed(team: Team, asked: int) -> Text:
    """What the moderator reads."""
    return Text.of(
        ngettext(
            "**The {team} is being formed**: {count} person is asked.",
            "**The {team} is being formed**: {count} people are asked.",
            asked,
        ).format(team=titled(team), count=asked),
        _("With three professions and everybody's answer it begins by itself. To see it: `!{number}`").format(
            number=number(team)
        ),
    )


def which_profession(near: Sequence[str]) -> Text:
    """To somebody whose profession is not in the list."""
    return Text.of(
        _("I do not know this profession."),
        _("Perhaps: {names}").format(names=", ".join(near[:3])) if near else "",
        _("Say it in other words, for example: `profession nurse`"),
    )


def is_in(team: Team) -> Text:
    """To somebody of a team at work who says no below the card that asked them."""
    return Text.of(
        _("You are in this team: {team}. To leave it: `!{number} leave`").format(team=titled(team), number=number(team))
    )
