"""What becomes of what members give to the resources: proposals, and reports that something is out of date."""

from datetime import datetime
from functools import partial

from sqlmodel import col, select

from bot.communities import rooms
from bot.communities.acting import Actor, Hands
from bot.contributors import returns
from bot.events.messages import Ref
from bot.events.text import Text, link, quote
from bot.i18n import _
from bot.mailbox.timers import Timers
from bot.resources.resources import PROPOSED, PUBLISHED, belongs_to
from bot.resources.tables import Resource
from bot.resources.texts import titled
from bot.store.database import Transaction

PROPOSAL, PUBLICATION = "proposal", "published"
TO_ANNOUNCE = "proposal-published"
"""The kind of the timers of proposals that were published where nobody could be written to."""


def proposal(row: Resource) -> Ref:
    """A resource as something that a member proposed."""
    return Ref(PROPOSAL, str(row.id))


def report(row: Resource) -> Ref:
    """A resource as something that a member reported as out of date."""
    return Ref("report", str(row.id))


async def published(hands: Hands, row: Resource, *, by: str | None = None) -> None:
    """It can be found from now on, as somebody of the team decided."""
    await returns.ended(hands, proposal(row), PUBLICATION, partial(_published, row), but=by)


async def set_timers(tx: Transaction, timers: Timers, *, account: str, now: datetime) -> None:
    """One for each proposal of which nobody knows yet that it is published: `relais import` did it, by itself."""
    numbers = [int(number) for number in await returns.not_informed(tx, PROPOSAL, PUBLICATION)]
    rows = select(Resource).where(col(Resource.id).in_(numbers), Resource.state == PUBLISHED)
    for row in await tx.exec(rows) if numbers else ():
        if await rooms.is_served(tx, row.community, account=account):
            await timers.begin(tx, TO_ANNOUNCE, str(row.id), due_at=now)


async def slug_of(tx: Transaction, item: str) -> str | None:
    """The community whose members may be written to about a proposal."""
    return next(iter(await belongs_to(tx, item)), None)


async def verified(actor: Actor, row: Resource) -> None:
    """Somebody looked at what was reported, and it is right."""
    await returns.ended(actor, report(row), "verified", partial(_verified, row), last=True, but=actor.sender)


async def archived(actor: Actor, row: Resource, *, before: str, reason: str = "") -> None:
    """It is found no more; before, it was in this state: what was only proposed was refused."""
    if before == PROPOSED:
        words = partial(_refused, row, reason)
        await returns.ended(actor, proposal(row), "refused", words, but=actor.sender)
        return
    await returns.ended(actor, proposal(row), "archived", partial(_archived, row, reason), but=actor.sender)
    await returns.ended(actor, report(row), "archived", partial(_reported, row), last=True, but=actor.sender)


async def replaced(actor: Actor, row: Resource, kept: Resource) -> None:
    """Another one is shown in its place."""
    for thing in (proposal(row), report(row)):
        await returns.ended(actor, thing, "replaced", partial(_replaced, row, kept), last=True, but=actor.sender)


# ── the sentences ─────────────────────────────────────────────────────────────────────────────────────────


def _published(row: Resource) -> Text:
    return Text.of(
        _("“{title}”, which you proposed, can be found from now on. **Thank you.**").format(title=titled(row)),
        link(_("See the page"), row.url),
        _("To see it as members do: `!doc DOC-{number}`").format(number=row.id),
    )


def _refused(row: Resource, reason: str) -> Text:
    return Text.of(
        _("The community's team did not take “{title}”, which you proposed.").format(title=titled(row)),
        _("Its reason:") if reason else _("It gave no reason: you may ask it in the room."),
        quote(reason) if reason else "",
        _("Thank you for this proposal."),
    )


def _archived(row: Resource, reason: str) -> Text:
    return Text.of(
        _("“{title}”, which you proposed, is no longer found: the community's team archived it.").format(
            title=titled(row)
        ),
        _("Its reason:") if reason else "",
        quote(reason) if reason else "",
    )


def _reported(row: Resource) -> Text:
    sentence = _("“{title}”, which you reported as out of date, was archived by the team. **Thank you.**")
    return Text.of(sentence.format(title=titled(row)))


def _verified(row: Resource) -> Text:
    return Text.of(
        _("“{title}”, which you reported as out of date, was looked at and is right. **Thank you.**").format(
            title=titled(row)
        ),
        _("If something is still wrong: `!doc DOC-{number} outdated`").format(number=row.id),
    )


def _replaced(row: Resource, kept: Resource) -> Text:
    sentence = _("“{title}”, about which you wrote to us, is now found as “{kept}”. **Thank you.**")
    return Text.of(sentence.format(title=titled(row), kept=titled(kept)), link(_("See the page"), kept.url))
