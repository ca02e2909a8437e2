"""What is decided about an irritant or an idea: who is told, and what their card says from then on."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial

from bot.communities.acting import Hands
from bot.contributors import returns
from bot.errors import NotNow, UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.ideas import cards, ideas, supports, texts
from bot.ideas.rules.idea import IDEA, OPEN, WISH, Kind, Party, Refusal, Status, Trigger
from bot.ideas.tables import Idea
from bot.mailbox import forgetting


@contextmanager
def explained(idea: Idea, *, other: str = "", example: str = "") -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts.refused(idea, Refusal(error.why), other=other, example=example)) from None


def merging(idea: Idea, target: Idea) -> set[Refusal]:
    """What is in the way of merging one into another: itself, one that is over, one of another kind."""
    found = {
        Refusal.ITSELF: idea.id == target.id,
        Refusal.OVER_THERE: target.status not in OPEN,
        Refusal.OTHER_KIND: idea.kind != target.kind or idea.community != target.community,
    }
    return {refusal for refusal, true in found.items() if true}


async def retain(hands: Hands, idea: Idea, *, by: Collection[Party], person: str) -> None:
    """The team means to do something about it. Raises NotNow."""
    await ideas.move(hands, idea, Trigger.RETAIN, by=by)
    await _ended(hands, idea, but=person)


async def set_aside(hands: Hands, idea: Idea, reason: str, *, by: Collection[Party], person: str) -> None:
    """The team does nothing about it, and says why. Raises NotNow."""
    lacking = () if reason.strip() else (Refusal.REASON_MISSING,)
    await ideas.move(hands, idea, Trigger.SET_ASIDE, by=by, hindrances=lacking)
    idea.reason = reason
    await _ended(hands, idea, but=person)


async def merge(hands: Hands, idea: Idea, target: Idea, *, by: Collection[Party], person: str) -> None:
    """It says the same as another: whom it concerns is counted there. Raises NotNow."""
    await ideas.move(hands, idea, Trigger.MERGE, by=by, hindrances=merging(idea, target))
    idea.merged_into = target.id
    await supports.pass_on(hands, idea, target)
    await cards.refresh(hands, target)
    await _ended(hands, idea, but=person)


async def attach(hands: Hands, idea: Idea, challenge: int) -> set[str]:
    """A challenge takes it up; returns whom it concerns, who hear of it from there. Raises NotNow."""
    lacking = {Refusal.OTHER_KIND} if idea.kind == Kind.COMMUNITY else set[Refusal]()
    await ideas.move(hands, idea, Trigger.ATTACH, by={Party.MODERATOR}, hindrances=lacking)
    idea.challenge = challenge
    await cards.refresh(hands, idea)
    return {*await supports.people(hands.tx, idea), *([idea.author] if idea.author else [])}


async def release(hands: Hands, idea: Idea) -> None:
    """Its challenge is given up: others may join it again. Raises NotNow."""
    await ideas.move(hands, idea, Trigger.RELEASE, by={Party.MODERATOR})
    idea.challenge = None
    if idea.card is not None:
        await hands.outbox.wait_again(hands.tx, idea.card)
    await cards.refresh(hands, idea)


async def found(hands: Hands, idea: Idea, *, by: Collection[Party], person: str) -> None:
    """The community that was missed exists. Raises NotNow."""
    await ideas.move(hands, idea, Trigger.FOUND, by=by)
    await hands.outbox.close_cards(hands.tx, Ref(WISH, str(idea.id)))
    await _ended(hands, idea, but=person)


async def withdraw(hands: Hands, idea: Idea, *, by: Collection[Party], person: str) -> None:
    """Its author takes it back: no word of it is left, nor where it was shown. Raises NotNow."""
    await ideas.move(hands, idea, Trigger.WITHDRAW, by=by)
    await hands.outbox.close_cards(hands.tx, Ref(WISH, str(idea.id)))
    await forgetting.unsay_cards(hands, *(Ref(kind, str(idea.id)) for kind in (IDEA, WISH)))
    idea.text, idea.card = "", None
    await _ended(hands, idea, but=person, named=ideas.number(idea))


async def take_up(hands: Hands, idea: Idea, *, retained: bool) -> None:
    """What the team decided about it is taken back. Raises NotNow."""
    merged_into = await ideas.get(hands.tx, idea.merged_into, lock=True) if idea.merged_into else None
    await ideas.move(hands, idea, Trigger.TAKE_UP, by={Party.MODERATOR})
    if retained:
        await ideas.move(hands, idea, Trigger.RETAIN, by={Party.MODERATOR})
    if merged_into is not None:
        await _give_back(hands, idea, merged_into)
    idea.reason, idea.merged_into = "", None
    if idea.card is not None:
        await hands.outbox.wait_again(hands.tx, idea.card)
    await cards.refresh(hands, idea)


async def _give_back(hands: Hands, idea: Idea, target: Idea) -> None:
    """Who counted there by the merge counts there no more, nor in what that was merged into since."""
    came = await supports.take_over(hands, idea, target)
    await cards.refresh(hands, target)
    while target.merged_into is not None and (further := await ideas.get(hands.tx, target.merged_into, lock=True)):
        came = await supports.leave_again(hands, target, further, only=came)
        await cards.refresh(hands, further)
        target = further


async def _ended(hands: Hands, idea: Idea, *, but: str, named: str = "") -> None:
    """The card says so, and so do we, once, to whoever reported it and those whom it concerns.

    A decision that was taken back and taken anew is another one: `edits` tells them apart.
    """
    await cards.refresh(hands, idea)
    words = partial(_became, named or texts.titled(idea), texts.Outcome.of(idea))
    end = f"{Status(idea.status).value}:{idea.edits}"
    await returns.ended(hands, Ref(IDEA, str(idea.id)), end, words, but=but)


def _became(named: str, outcome: texts.Outcome) -> Text:
    return texts.became(named, outcome)
