"""Return to contributors: whoever gave something gets one message at each end of it, in private.

A noun needs two lines. Where somebody gives:

    await returns.given(ctx.tx, Ref("proposal", "41"), ctx.sender, community=slug, now=ctx.now)

and where it ends, in the transaction that ends it:

    await returns.ended(ctx, Ref("proposal", "41"), "published", words, but=ctx.sender)

Whoever left the community, was erased, or declined private conversations gets none.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.communities import communities
from bot.communities.acting import Hands
from bot.communities.people import members
from bot.communities.tell import Words, tell
from bot.contributors.tables import Contribution
from bot.events.messages import Ref
from bot.i18n import DEFAULT
from bot.mailbox import forgetting
from bot.mailbox.sending import delivery
from bot.noun import Departure
from bot.store.database import Transaction

KEPT = timedelta(days=730)
"""After it was given, or after the last message about it."""


async def given(tx: Transaction, thing: Ref, person: str, *, community: str, now: datetime) -> None:
    """Note that a person gave a thing; nothing new if they gave it before."""
    row = {"community": community, "thing": str(thing), "person": person, "informed_of": [], "last_at": now}
    await tx.insert_new(Contribution, row)


async def ended(
    hands: Hands, thing: Ref, end: str, words: Words, *, last: bool = False, but: str | None = None
) -> None:
    """Inform all who gave a thing that it came to this end, except `but`, who ended it.

    Of the same end they are informed once, however often it comes; after the `last` one the thing is forgotten.
    """
    for row in await _of(hands.tx, thing):
        if end not in row.informed_of:
            if row.person != but and await _is_there(hands, row):
                await _tell(hands, row, end, words)
            row.informed_of, row.last_at = [*row.informed_of, end], hands.now
            hands.tx.add(row)
    await hands.tx.flush()
    if last:
        await taken_back(hands.tx, thing)


async def not_informed(tx: Transaction, kind: str, end: str) -> list[str]:
    """The ids of the things of a kind of which some giver is not informed that they came to this end."""
    rows = select(Contribution).where(col(Contribution.thing).startswith(f"{kind}:", autoescape=True))
    return [Ref.parse(row.thing).id for row in await tx.exec(rows) if end not in row.informed_of]


async def given_by(tx: Transaction, person: str, kind: str) -> list[Ref]:
    """What a person gave of a kind, as far as it is stored."""
    mine = (Contribution.person == person, col(Contribution.thing).startswith(f"{kind}:", autoescape=True))
    return [Ref.parse(thing) for thing in await tx.exec(select(Contribution.thing).where(*mine))]


async def taken_back(tx: Transaction, thing: Ref, *, by: str | None = None) -> None:
    """Forget who gave a thing: they took it back, or nothing more becomes of it. With `by`, only this person did."""
    these = delete(Contribution).where(col(Contribution.thing) == str(thing))
    await tx.exec(these if by is None else these.where(col(Contribution.person) == by))


async def unsaid(hands: Hands, thing: Ref) -> None:
    """Remove what was said of a thing to those who gave it: the words in it are taken back."""
    for row in await _of(hands.tx, thing):
        await forgetting.unsay(hands, re.compile(""), _key(row))


async def _of(tx: Transaction, thing: Ref) -> Sequence[Contribution]:
    rows = select(Contribution).where(Contribution.thing == str(thing)).order_by(col(Contribution.id))
    return (await tx.exec(rows.with_for_update())).all()


async def _is_there(hands: Hands, row: Contribution) -> bool:
    community = await communities.get(hands.tx, row.community)
    members.require(hands.directory, community.main_room if community else None)
    return not await members.has_left(hands.tx, hands.directory, row.person, row.community)


async def _tell(hands: Hands, row: Contribution, end: str, words: Words) -> None:
    community = await communities.get(hands.tx, row.community)
    language = community.language if community else DEFAULT
    await tell(hands, row.person, words, key=f"{_key(row)}{end}", language=language, rings=False)


def _key(row: Contribution) -> str:
    return f"return:{row.id}:"


async def forget_old(tx: Transaction, *, now: datetime) -> int:
    """Forget contributions of which nothing was said for long; returns how many."""
    return (await tx.exec(delete(Contribution).where(col(Contribution.last_at) < now - KEPT))).rowcount


# ── departures ────────────────────────────────────────────────────────────────────────────────────────────


async def _gave_any(tx: Transaction, person: str) -> bool:
    return (await tx.exec(select(Contribution.id).where(Contribution.person == person).limit(1))).first() is not None


async def _people(tx: Transaction, community: str, *, now: datetime) -> set[str]:
    return set(await tx.exec(select(Contribution.person).where(Contribution.community == community)))


async def _ends(hands: Hands, community: str, person: str) -> None:
    """What a person gave stays; what waits to be sent to them about it is not."""
    mine = (col(Contribution.community) == community, col(Contribution.person) == person)
    for row in (await hands.tx.exec(select(Contribution).where(*mine))).all():
        await delivery.withdraw(hands.tx, hands.account, person, of=_key(row))
    await hands.tx.exec(delete(Contribution).where(*mine))


DEPARTURE = Departure(concerns=(_gave_any,), people=_people, ends=_ends)
