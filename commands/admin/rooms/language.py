"""`!admin langue`: the language of the room."""

from bot import quotas
from bot.communities import RoomBinding, rooms, undoable
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text
from bot.i18n import N_, _, speaking
from commands.moi.me import language_named

command = Command(
    "langue",
    aliases=("language",),
    under="admin",
    shown=N_("admin language"),
    summary=N_("the room's language"),
    examples=(N_("admin language en"), N_("admin language fr")),
    role=Role.HOST,
    place=68,
)
FROM_THEN_ON = {
    "fr": N_("From then on I would write in French in this room, and no longer in English."),
    "en": N_("From then on I would write in English in this room, and no longer in French."),
}
NOW = {
    "fr": (N_("In this room I write in French."), N_("To change it: `!admin language en`")),
    "en": (N_("In this room I write in English."), N_("To change it: `!admin language fr`")),
}


@command.run(usage=N_("admin language en"))
async def language(ctx: Context, wanted: Rest = NOTHING) -> Reply:
    """Without a word: what is spoken here."""
    code = language_named(wanted) if wanted else None
    _bound(ctx)
    if code is None:
        return say(*(_(sentence) for sentence in NOW[ctx.language]))
    return await begin(ctx, LANGUAGE, {"language": code})


def _bound(ctx: Context) -> RoomBinding:
    if ctx.binding is None:
        raise UserError(
            _("In a private conversation the language is yours: `!me language fr`")
            if ctx.direct
            else _("This room is linked to no community.")
        )
    return ctx.binding


async def _show(_ctx: Context, draft: Draft) -> Text:
    """The preview, in the room's present language, like its question: nothing changes before the yes."""
    sentence = FROM_THEN_ON[draft["language"]]
    return Text.of(_(sentence))


async def _set(ctx: Context, draft: Draft) -> Reply:
    bound = _bound(ctx)
    async with undo.noted(ctx, undoable.ROOM, bound.room_id, community=bound.community, role=Role.HOST):
        await rooms.set_language(ctx.tx, bound, draft["language"])
    with speaking(draft["language"]):
        return say(_("From now on I write in English in this room."), undo.hint())


LANGUAGE = command.form(
    "room-language", preview=_show, done=_set, title=lambda ctx, draft: _("the room's language"), makes=quotas.TEAM
)
