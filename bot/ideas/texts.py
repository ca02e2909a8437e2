"""What is said about irritants, ideas and wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.events.text import Text, bullets, quote, title
from bot.i18n import N_, _, ngettext
from bot.ideas.ideas import number
from bot.ideas.rules.idea import OPEN, Kind, Refusal, Status
from bot.ideas.rules.line import IdeaLine
from bot.ideas.tables import Idea
from bot.registers import territories
from bot.resources.texts import one_line

LONGEST_IN_LIST: Final = 90
KINDS: Final = {
    Kind.IRRITANT: N_("an irritant"),
    Kind.IDEA: N_("an idea"),
    Kind.COMMUNITY: N_("a wish for a community"),
}
HEADINGS: Final = {
    Kind.IRRITANT: N_("**An irritant** ({number})"),
    Kind.IDEA: N_("**An idea** ({number})"),
    Kind.COMMUNITY: N_("**A community that is missed** ({number})"),
}
BY: Final = {
    Kind.IRRITANT: N_("**An irritant**, reported by {name} ({number})"),
    Kind.IDEA: N_("**An idea** of {name} ({number})"),
    Kind.COMMUNITY: N_("**A community that is missed**, says {name} ({number})"),
}
STANDING: Final = {
    Status.REPORTED: N_("reported"),
    Status.RETAINED: N_("retained by the team"),
    Status.ATTACHED: N_("taken up by a challenge"),
    Status.FOUNDED: N_("the community exists"),
    Status.MERGED: N_("merged into another"),
    Status.SET_ASIDE: N_("set aside"),
    Status.WITHDRAWN: N_("taken back"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One as its readers see it: `name` is empty if nobody is to learn, or knows any more, whose it is."""

    idea: Idea
    name: str
    people: int


def titled(idea: Idea) -> str:
    """As it is named in a sentence or a list."""
    return f"{one_line(idea.text, longest=LONGEST_IN_LIST)} ({number(idea)})"


def card(shown: Shown) -> Text:
    """What a room reads, as it is now."""
    idea = shown.idea
    return Text.of(
        heading(shown),
        quote(idea.text) if idea.text else "",
        *details(idea),
        also(shown.people) if shown.people else "",
        _("Does it concern you too? ➕ me too") if idea.status in OPEN else standing(idea),
    )


def heading(shown: Shown) -> str:
    kind = Kind(shown.idea.kind)
    words = _(BY[kind]) if shown.name else _(HEADINGS[kind])
    return words.format(name=shown.name, number=number(shown.idea))


def details(idea: Idea | IdeaLine) -> Sequence[str]:
    """Which territory it is for, and that it is about working together there."""
    place = territories.get(idea.territory)
    return (
        _("For: {territory}").format(territory=place.label) if place else "",
        _("At stake: working together within the territory") if idea.territorial else "",
    )


def also(people: int) -> str:
    return ngettext("{count} other person says: me too", "{count} other people say: me too", people).format(
        count=people
    )


def standing(idea: Idea) -> str:
    """What became of it."""
    return _standing(Outcome.of(idea))


def _standing(idea: "Outcome") -> str:
    match idea.status:
        case Status.MERGED:
            return _("It is merged into I-{other}.").format(other=idea.merged_into)
        case Status.SET_ASIDE:
            return _("It is set aside: {reason}").format(reason=idea.reason)
        case Status.ATTACHED:
            return _("The challenge C-{challenge} takes it up.").format(challenge=idea.challenge)
        case Status.RETAINED:
            return _("The team retains it.")
        case Status.FOUNDED:
            return _("This community exists now.")
        case Status.WITHDRAWN:
            return _("Its author has withdrawn it.")
    return ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one, for those who are told of it."""

    status: Status
    reason: str
    merged_into: int | None
    challenge: int | None

    @classmethod
    def of(cls, idea: Idea) -> "Outcome":
        return cls(Status(idea.status), idea.reason, idea.merged_into, idea.challenge)


def became(named: str, outcome: Outcome) -> Text:
    """What whoever reported it, or said « me too », reads once."""
    return Text.of(
        title(_("What becomes of {idea}").format(idea=named)),
        _standing(outcome),
        _("Thank you for having said it.") if outcome.status is not Status.WITHDRAWN else "",
    )


def listed(shown: Sequence[Shown]) -> Text:
    """Each on a line, with how many it concerns."""
    return bullets(*map(_line, shown))


def _line(shown: Shown) -> str:
    count = f", +{shown.people}" if shown.people else ""
    return f"{titled(shown.idea)}{count}"


def similar(shown: Sequence[Shown]) -> Text:
    """What was perhaps reported already."""
    if not shown:
        return Text.of()
    first = number(shown[0].idea)
    return Text.of(
        _("Perhaps reported already:"),
        listed(shown),
        _("If it is the same: `!idea {number} me too`").format(number=first),
    )


def preview(line: IdeaLine, kind: Kind, *, name: str, room: str, alike: Sequence[Shown]) -> Text:
    """What somebody is about to report; without a `name` they do so discreetly."""
    visible = (
        _("**Visible**: your words and your name, {name}").format(name=name)
        if name
        else _("**Visible**: your words, not your name; only you find it under `!idea mine`")
    )
    return Text.of(
        _("**To check**: {kind}. Nothing is shown yet.").format(kind=_(KINDS[kind])),
        quote(line.text),
        bullets(visible, _("**Where**: in the room {room}").format(room=room), *details(line)),
        similar(alike),
        _("Nothing that lets anybody recognise a patient, a resident or a colleague."),
    )


def noted(idea: Idea, *, shown_at_once: bool) -> Text:
    """What its author reads once it is reported."""
    return Text.of(
        _("**Noted** ({number}). You will hear from me when something becomes of it.").format(number=number(idea)),
        "" if shown_at_once else _("The room reads it as soon as I may write there."),
        _("To withdraw it: `!idea {number} withdraw`").format(number=number(idea)),
    )


REFUSED: Final = {
    Refusal.WRONG_STATUS: N_("This one is over: {standing}"),
    Refusal.NOT_ALLOWED: N_("Only the community's team decides this; its author may withdraw it, in private."),
    Refusal.REASON_MISSING: N_("Say why: whoever reported it, and those whom it concerns, read it. `{example}`"),
    Refusal.ITSELF: N_("It cannot be merged into itself."),
    Refusal.OVER_THERE: N_("{other} is over itself: merge this one into one that is open."),
    Refusal.OTHER_KIND: N_("These are not of the same kind."),
}


def refused(idea: Idea, why: Refusal, *, other: str = "", example: str = "") -> str:
    """Why a step is not possible."""
    known = standing(idea) or _(STANDING[Status(idea.status)])
    return _(REFUSED[why]).format(standing=known, other=other, example=example)
