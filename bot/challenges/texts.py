"""What is said about challenges and their solutions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.challenges.challenges import number, rule_of
from bot.challenges.rules import challenge as life
from bot.challenges.rules.challenge import Refusal
from bot.challenges.rules.line import Opening
from bot.challenges.rules.solution import Status
from bot.challenges.rules.vote import Rule, Voters
from bot.challenges.tables import Challenge, Solution
from bot.events.text import Line, Text, bullets, folded, quote, title
from bot.i18n import N_, _, language, ngettext
from bot.resources.texts import one_line
from bot.time.spoken_dates import say_moment

LONGEST_IN_LIST: Final = 120
MOST_SAID: Final = 5
"""Solutions in a message that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A challenge as its readers see it: by which clock, from which irritants, with how many solutions."""

    challenge: Challenge
    zone: ZoneInfo
    sources: Sequence[str]
    solutions: Sequence[Solution]


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Day and hour in full."""
    return say_moment(at, zone=zone, language=language())


def titled(challenge: Challenge) -> str:
    """As it is named in a sentence or a list."""
    question = one_line(challenge.question, longest=LONGEST_IN_LIST)
    return _("“{question}” ({number})").format(question=question, number=number(challenge))


def rule(rule: Rule) -> Sequence[str]:
    """All that decides, a line each: who may, how many, how it is counted, what wins, what a tie does."""
    how = _("discreetly, in private; at the end only the counts stay") if rule.discreet else _("by name, with ⭐")
    who = _("the community's volunteers") if rule.voters is Voters.VOLUNTEERS else _("all members")
    return (
        _("**Vote**: {who}, {how}").format(who=who, how=how),
        ngettext(
            "{count} vote a person, not for one's own", "{count} votes a person, not for one's own", rule.each
        ).format(count=rule.each),
        ngettext(
            "**Retained**: the {count} best, if it has at least {threshold}",
            "**Retained**: the {count} best, if they have at least {threshold}",
            rule.places,
        ).format(count=rule.places, threshold=votes(rule.threshold)),
        _("Those level with the last one are retained too; the team may choose among them once, and says why"),
    )


def votes(count: int) -> str:
    return ngettext("{count} vote", "{count} votes", count).format(count=count)


def dates(opening: Opening, zone: ZoneInfo) -> Sequence[str]:
    assert opening.until is not None
    assert opening.vote_until is not None
    return (
        _("**Solutions** until {moment}").format(moment=moment(opening.until, zone)),
        _("**Vote** until {moment}").format(moment=moment(opening.vote_until, zone)),
    )


def _dates_of(challenge: Challenge, zone: ZoneInfo) -> Sequence[str]:
    return dates(Opening(until=challenge.solutions_until, vote_until=challenge.vote_until), zone)


def card(shown: Shown) -> Text:
    """What the room reads, as it is now."""
    challenge = shown.challenge
    sources = _("It comes from {irritants}.").format(irritants=", ".join(shown.sources)) if shown.sources else ""
    return Text.of(
        title(_("Challenge: {question}").format(question=challenge.question)),
        _("{number}. {sources}").format(number=number(challenge), sources=sources).strip(),
        *_now(shown),
    )


def _now(shown: Shown) -> Sequence[str | Text]:
    challenge, reference = shown.challenge, number(shown.challenge)
    match life.Status(challenge.status):
        case life.Status.OPEN:
            return (
                bullets(*_dates_of(challenge, shown.zone)),
                folded(_("The rule of the vote"), bullets(*rule(rule_of(challenge)))),
                how_many(len(shown.solutions)),
                _("Reply to this message by “solution: …”, or write `!idea {number} …`").format(number=reference),
            )
        case life.Status.VOTING:
            until = moment(challenge.vote_until, shown.zone)
            return (_("**The vote is on** until {moment}.").format(moment=until), how_to_vote(challenge))
        case life.Status.ABANDONED:
            return (_("It is given up: {reason}").format(reason=challenge.reason),)
    return (_("The vote is over. The result: `!{number}`").format(number=reference),)


def how_many(count: int) -> str:
    if not count:
        return _("No solution yet.")
    return ngettext("{count} solution so far", "{count} solutions so far", count).format(count=count)


def how_to_vote(challenge: Challenge) -> str:
    reference = number(challenge)
    if challenge.discreet:
        return _("To vote, write to me in private: `!idea {number} vote 1`").format(number=reference)
    return _("To vote: ⭐ under a solution, or `!idea {number} vote 1`").format(number=reference)


def listed(solutions: Sequence[Solution], counts: dict[str, int] | None = None) -> Text:
    """Each with its number, and its votes once they are counted."""
    return bullets(*(_line(one, counts) for one in solutions))


def listed_in_part(challenge: Challenge, solutions: Sequence[Solution], counts: dict[str, int] | None = None) -> Text:
    """The first of many, for a message that nobody asked for, and how to read the others."""
    left = len(solutions) - MOST_SAID
    others = ngettext("{count} more: `!{number}`", "{count} more: `!{number}`", left)
    return Text.of(
        listed(solutions[:MOST_SAID], counts),
        others.format(count=left, number=number(challenge)) if left > 0 else "",
    )


def _line(solution: Solution, counts: dict[str, int] | None) -> str:
    named = _("No. {rank}: {text}").format(rank=solution.rank, text=one_line(solution.text, longest=LONGEST_IN_LIST))
    if counts is None or str(solution.rank) not in counts:
        return named
    return f"{named} ({votes(counts[str(solution.rank)])})"


def preview(opening: Opening, zone: ZoneInfo, *, sources: Sequence[str], people: int, room: str) -> Text:
    """What a team is about to open; the rule in full."""
    where = _("**Where**: in the room {room}").format(room=room)
    concerned = ngettext(
        "From {irritants}; {count} person reads it once, in private.",
        "From {irritants}; {count} people read it once, in private.",
        people,
    ).format(irritants=", ".join(sources), count=people)
    return Text.of(
        _("**To check**: a challenge. Nothing is shown yet."),
        quote(opening.question),
        bullets(*dates(opening, zone), *rule(opening.rule), where),
        concerned if sources else "",
        _("The rule may be changed until the vote begins, and not after."),
    )


def quoted(found: Solution) -> Line:
    """What a solution says."""
    return quote(found.text)


# ── a solution ────────────────────────────────────────────────────────────────────────────────────────────


def solution(found: Solution, challenge: Challenge, names: Sequence[str]) -> Text:
    """What the room reads of one, as it is now."""
    heading = (
        _("**Solution {rank}** for {challenge}, by {names}")
        if names
        else _("**Solution {rank}** for {challenge}, by a former member")
    )
    if found.status == Status.WITHDRAWN:
        return Text.of(
            _("**Solution {rank}** for {challenge} is withdrawn.").format(rank=found.rank, challenge=number(challenge))
        )
    return Text.of(
        heading.format(rank=found.rank, challenge=number(challenge), names=", ".join(names)),
        quote(found.text),
        _standing(found, challenge),
    )


def _standing(found: Solution, challenge: Challenge) -> str:
    match Status(found.status):
        case Status.IN_VOTE if challenge.discreet:
            return _("Do you support it? In private: `!idea {number} vote {rank}`").format(
                number=number(challenge), rank=found.rank
            )
        case Status.IN_VOTE:
            return _("Do you support it? ⭐ I support it")
        case Status.RETAINED:
            return _("**It is retained.**")
        case Status.ACCOMPANIED | Status.EXPERIMENTING:
            return _("**It is retained**, and a team tries it.")
        case Status.EVALUATED | Status.CAPITALISED:
            return _("**It is retained**, and a team has tried it.")
        case Status.NOT_RETAINED:
            return _("It is not retained this time.")
        case Status.DROPPED:
            return _("The challenge is given up.")
    return ""


def given(found: Solution, challenge: Challenge, zone: ZoneInfo, *, again: bool) -> Text:
    """What its author reads."""
    said = (
        _("**Changed**: solution {rank} for {challenge}.")
        if again
        else _("**Thank you**: solution {rank} for {challenge}.")
    )
    reference = number(challenge)
    return Text.of(
        said.format(rank=found.rank, challenge=reference),
        _("Until {moment}, edit your message to change it, delete it to withdraw it.").format(
            moment=moment(challenge.solutions_until, zone)
        ),
        _("Somebody wrote it with you? `!idea {number} {rank} with @…`").format(number=reference, rank=found.rank),
    )


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────


REFUSED: Final = {
    Refusal.WRONG_STATUS: N_("{challenge}: this is not possible any more, or not yet."),
    Refusal.NOT_ALLOWED: N_("Only the community's team does this to a challenge."),
    Refusal.NO_SOLUTION: N_("{challenge}: there is no solution yet, so there is nothing to vote on."),
    Refusal.ONE_SOLUTION: N_(
        "{challenge}: there is one solution only. To vote on it all the same: `!admin challenge {number} vote anyway`"
    ),
    Refusal.REASON_MISSING: N_(
        "Say why: all who took part read it. For example: `!admin challenge {number} abandon the software changes`"
    ),
}


def refused(challenge: Challenge, why: Refusal) -> str:
    """Why a step is not possible."""
    return _(REFUSED[why]).format(challenge=titled(challenge), number=number(challenge))


def takes_no_more(challenge: Challenge, zone: ZoneInfo) -> str:
    """To somebody whose solution comes too late: nothing is lost."""
    return "\n".join(
        (
            _("{challenge} takes no more solutions since {moment}.").format(
                challenge=titled(challenge), moment=moment(challenge.solutions_until, zone)
            )
            if challenge.status in (life.Status.OPEN, life.Status.VOTING)
            else _("{challenge} is over.").format(challenge=titled(challenge)),
            _("Yours is not lost: you may tell it as an idea, `!idea …`"),
        )
    )
