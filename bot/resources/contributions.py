"""What becomes of what members give to the resources: proposals, and reports that something is out of date."""

from functools import partial

from bot.communities.acting import Actor
from bot.contributors import returns
from bot.events.messages import Ref
from bot.events.text import Text, link, quote
from bot.i18n import _
from bot.resources.resources import PROPOSED
from bot.resources.tables import Resource
from bot.resources.texts import titled


def proposal(row: Resource) -> Ref:
    """A resource as something that a member proposed."""
    return Ref("proposal", str(row.id))


def report(row: Resource) -> Ref:
    """A resource as something that a member reported as out of date."""
    return Ref("report", str(row.id))


async def published(actor: Actor, row: Resource) -> None:
    """It can be found from now on."""
    await returns.ended(actor, proposal(row), "published", partial(_published, row), but=actor.sender)


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
