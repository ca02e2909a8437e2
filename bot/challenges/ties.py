"""More solutions are retained than there are places, for some are level: the team may choose among them, once."""

from collections.abc import Collection, Sequence
from functools import partial

from bot.challenges import cards, challenges, solutions, texts_vote
from bot.challenges.rules import vote
from bot.challenges.rules.challenge import CHALLENGE, LIFECYCLE
from bot.challenges.rules.solution import WON, Party, Trigger
from bot.challenges.tables import Challenge, Solution
from bot.communities.acting import Hands
from bot.contributors import returns
from bot.events.messages import Ref
from bot.store import audit
from bot.store.database import Transaction

SETTLED = "settled"


async def tied(tx: Transaction, challenge: Challenge) -> tuple[Sequence[Solution], int]:
    """The solutions that are level for the last places, and how many places that is; none if nothing is to settle."""
    found = await solutions.of_challenge(tx, challenge, *WON)
    tally = {one.rank: int((challenge.tally or {}).get(str(one.rank), 0)) for one in found}
    level, places = vote.level(tally, challenges.rule_of(challenge))
    return ([one for one in found if one.rank in level], places) if not challenge.reason else ((), 0)


async def settle(hands: Hands, challenge: Challenge, chosen: Collection[int], reason: str, *, person: str) -> None:
    """Of those that are level, these ranks stay retained. The challenge is locked, and the choice fits the places."""
    level, _places = await tied(hands.tx, challenge)
    challenge.reason = reason
    audit.happened(hands.tx, LIFECYCLE.noun, challenge.id, SETTLED)
    for one in level:
        if one.rank not in chosen:
            await solutions.move(hands, one, Trigger.SETTLE, by={Party.SYSTEM})
            await cards.refresh_solution(hands, challenge, one)
    await challenges.write(hands.tx, challenge)
    await cards.refresh(hands, challenge)
    every = await solutions.of_challenge(hands.tx, challenge)
    await cards.announce(hands, challenge, partial(texts_vote.result, challenge, every), key=SETTLED, waits=False)
    won = [one for one in every if one.status in WON]
    words = partial(texts_vote.ended, challenge, won)
    await returns.ended(hands, Ref(CHALLENGE, str(challenge.id)), SETTLED, words, but=person)
