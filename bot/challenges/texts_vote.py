"""What is said about a vote: how it goes, what one voted for, why a vote is not counted, what came of it."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.challenges.challenges import number, rule_of
from bot.challenges.rules import challenge as life
from bot.challenges.rules.solution import WON, Status
from bot.challenges.rules.vote import Refusal
from bot.challenges.tables import Challenge, Solution
from bot.challenges.texts import how_to_vote, listed, listed_in_part, moment, rule, titled, votes
from bot.events.text import Text, bullets, title
from bot.i18n import _, ngettext

LEAST: Final = 5
"""People who voted discreetly below which no count is shown: one could guess who voted for what."""


def opened(challenge: Challenge, solutions: Sequence[Solution], zone: ZoneInfo) -> Text:
    """What the room reads when the vote begins."""
    return Text.of(
        title(_("The vote begins: {challenge}").format(challenge=titled(challenge))),
        listed_in_part(challenge, solutions),
        _("Until {moment}. The rule does not change any more:").format(moment=moment(challenge.vote_until, zone)),
        bullets(*rule(rule_of(challenge))),
        how_to_vote(challenge),
    )


def mine(challenge: Challenge, given: Sequence[Solution]) -> Text:
    """What one votes for, and how many votes are left."""
    return Text.of(
        _("**Your votes** for {challenge}: {ranks}").format(challenge=titled(challenge), ranks=ranks(given)),
        _left(challenge, given),
        _("To take one back: `!idea {number} vote not {rank}`").format(number=number(challenge), rank=given[0].rank)
        if given
        else how_to_vote(challenge),
    )


def _left(challenge: Challenge, given: Sequence[Solution]) -> str:
    each = rule_of(challenge).each
    left = max(0, each - len(given))
    return ngettext("{count} of {each} votes is left.", "{count} of {each} votes are left.", left).format(
        count=left, each=each
    )


def ranks(given: Sequence[Solution]) -> str:
    return ", ".join(_("no. {rank}").format(rank=one.rank) for one in given) or _("none yet")


def refused(challenge: Challenge, why: Refusal, given: Sequence[Solution], zone: ZoneInfo) -> str:
    """Why a vote is not counted, and what to do; `given` are the person's votes, those of this message left out."""
    match why:
        case Refusal.NOT_NOW:
            return not_now(challenge, zone)
        case Refusal.NOT_ENTITLED:
            return _("Only the community's volunteers vote on {challenge}. To become one: `!expert become`").format(
                challenge=titled(challenge)
            )
        case Refusal.OWN:
            return _("One does not vote for one's own solution: it is not counted. The others are: `!{number}`").format(
                number=number(challenge)
            )
        case Refusal.ALREADY:
            return _("It is counted already. Your votes: {ranks}.").format(ranks=ranks(given))
        case _ if len(given) < rule_of(challenge).each:
            return _left(challenge, given)
    sentence = _("It is not counted: your {votes} are given, {ranks}. Take one back first: {how}")
    how = _("remove its ⭐, or `!idea {number} vote not {rank}`").format(number=number(challenge), rank=given[0].rank)
    return sentence.format(votes=votes(len(given)), ranks=ranks(given), how=how)


def not_now(challenge: Challenge, zone: ZoneInfo) -> str:
    """When one may vote, or that it is over."""
    if challenge.status == life.Status.OPEN:
        return _("The vote on {challenge} has not begun: solutions are taken until {moment}.").format(
            challenge=titled(challenge), moment=moment(challenge.solutions_until, zone)
        )
    if challenge.status == life.Status.VOTING:
        return _(
            "The vote on {challenge} ended on {moment}. I count it on the next working day, and say the result."
        ).format(challenge=titled(challenge), moment=moment(challenge.vote_until, zone))
    return _("The vote on {challenge} is over: it changes nothing any more. The result: `!{number}`").format(
        challenge=titled(challenge), number=number(challenge)
    )


def in_private(challenge: Challenge) -> Text:
    """To somebody who votes where others read it."""
    return Text.of(
        _("The vote on {challenge} is discreet: what is done where others read is not counted.").format(
            challenge=titled(challenge)
        ),
        _("Write to me in private: `!idea {number} vote 1`").format(number=number(challenge)),
    )


def result(challenge: Challenge, solutions: Sequence[Solution], *, whole: bool = False) -> Text:
    """What came of it, with the rule that decided; of a discreet vote of few no counts. `whole`: with all solutions."""
    won = [one for one in solutions if one.status in WON]
    others = [one for one in solutions if one.status not in WON]
    few = challenge.discreet and (challenge.voted or 0) < LEAST
    counts = None if few else challenge.tally
    return Text.of(
        title(_("Result of the challenge: {challenge}").format(challenge=titled(challenge))),
        _("**Retained**:") if won else _("No solution has enough votes: none is retained."),
        listed(won, counts),
        _("Not retained this time:") if others else "",
        listed(others, counts) if whole else listed_in_part(challenge, others, counts),
        settled(challenge),
        _("Too few votes to give the detail.") if few else _voted(challenge.voted or 0),
        bullets(*rule(rule_of(challenge))[1:]),
        _("What becomes of it: `!team`") if any(one.status != Status.RETAINED for one in won) else "",
    )


def _voted(count: int) -> str:
    return ngettext("{count} person voted.", "{count} people voted.", count).format(count=count)


def ended(challenge: Challenge, won: Sequence[Solution]) -> Text:
    """What all who took part read once, in private."""
    return Text.of(
        title(_("Result of the challenge: {challenge}").format(challenge=titled(challenge))),
        _("**Retained**:") if won else _("No solution has enough votes: none is retained."),
        listed(won),
        settled(challenge),
        _("Thank you for your part in it. In detail: `!{number}`").format(number=number(challenge)),
    )


def settled(challenge: Challenge) -> str:
    """Why the team chose these among solutions that were level; nothing if it did not."""
    if challenge.status != life.Status.RETAINED or not challenge.reason:
        return ""
    return _("They were level; the team chose: {reason}").format(reason=challenge.reason)


def taken_up(challenge: Challenge, zone: ZoneInfo) -> Text:
    """What whoever reported its irritants reads once, in private."""
    return Text.of(
        title(_("A challenge takes up what you reported")),
        titled(challenge),
        _("All may give solutions until {moment}: `!idea {number} …`").format(
            moment=moment(challenge.solutions_until, zone), number=number(challenge)
        ),
    )


def given_up(challenge: Challenge) -> Text:
    """What all who took part read once, in private."""
    return Text.of(
        _("**The challenge is given up**: {challenge}").format(challenge=titled(challenge)),
        _("The reason: {reason}").format(reason=challenge.reason),
        _("The irritants that it came from are open again."),
    )


def too_few(challenge: Challenge, count: int, zone: ZoneInfo) -> Text:
    """What the team reads when there is nothing to choose from."""
    return Text.of(
        ngettext(
            "**{challenge} has {count} solution**: the vote does not begin.",
            "**{challenge} has {count} solutions**: the vote does not begin.",
            count,
        ).format(challenge=titled(challenge), count=count),
        _("It takes solutions until {moment}.").format(moment=moment(challenge.solutions_until, zone)),
        _(
            "To vote all the same: `!admin challenge {number} vote anyway`. "
            "To end it: `!admin challenge {number} abandon …`"
        ).format(number=number(challenge)),
    )
