"""`!admin protection`: what is done in this room about messages that look like data about a patient."""

from bot import quotas
from bot.communities import RoomBinding, rooms, undoable
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.communities.texts import protection_name
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import N_, _

command = Command(
    "protection",
    aliases=("garde", "guard"),
    under="admin",
    summary=N_("messages about patients"),
    examples=(N_("admin protection warn"), N_("admin protection off")),
    role=Role.HOST,
    place=68,
)


@command.run(usage=N_("admin protection"))
async def overview(ctx: Context) -> Reply:
    bound = _bound(ctx)
    return say(
        _("In this room: {protection}.").format(protection=protection_name(bound.protection)),
        _lacks_right(ctx, bound.protection),
        bullets(
            _("`!admin protection warn`: {protection}").format(protection=protection_name(rooms.WARN)),
            _("`!admin protection remove`: {protection}").format(protection=protection_name(rooms.REMOVE)),
            _("`!admin protection off`: {protection}").format(protection=protection_name(rooms.OFF)),
        ),
    )


@command.verb("avertir", "warn", usage=N_("admin protection warn"), summary=N_("warn the author alone"))
async def warn(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.WARN)


@command.verb(
    "masquer", "remove", "hide", usage=N_("admin protection remove"), summary=N_("remove the message, tell its author")
)
async def remove(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.REMOVE)


@command.verb("off", "arrêter", "aucune", usage=N_("admin protection off"), summary=N_("say nothing of it"))
async def off(ctx: Context) -> Reply:
    return await _propose(ctx, rooms.OFF)


async def _propose(ctx: Context, protection: str) -> Reply:
    if _bound(ctx).protection == protection:
        raise UserError(_("That is how it is in this room already."))
    return await begin(ctx, PROTECTION, {"protection": protection})


def _bound(ctx: Context) -> RoomBinding:
    if ctx.binding is None:
        raise UserError(_("A private conversation is no room of a community. Write this in the room itself."))
    return ctx.binding


async def _show(ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("From then on in this room, for all who write here: {protection}.").format(
            protection=protection_name(draft["protection"])
        ),
        _("A command with such data is refused all the same.") if draft["protection"] == rooms.OFF else "",
        _lacks_right(ctx, draft["protection"]),
    )


def _lacks_right(ctx: Context, protection: str) -> str:
    """That we may not remove anything here, and what to do; empty where we may, or need not."""
    facts = ctx.directory.facts(ctx.room_id)
    if protection != rooms.REMOVE or (facts is not None and facts.may_remove):
        return ""
    return _(
        "I may not remove anybody's messages here yet: until somebody who administers the room gives me that right, "
        "I only warn."
    )


async def _set(ctx: Context, draft: Draft) -> Reply:
    bound = _bound(ctx)
    async with undo.noted(ctx, undoable.ROOM, bound.room_id, community=bound.community, role=Role.HOST):
        await rooms.set_protection(ctx.tx, bound, draft["protection"])
    now = protection_name(draft["protection"])
    return say(
        _("Done. In this room: {protection}.").format(protection=now),
        _lacks_right(ctx, draft["protection"]),
        undo.hint(),
    )


PROTECTION = command.form(
    "room-protection",
    preview=_show,
    done=_set,
    title=lambda ctx, draft: _("the protection of the room"),
    makes=quotas.TEAM,
)
