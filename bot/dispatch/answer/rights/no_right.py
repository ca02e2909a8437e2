"""Commands in a room where we may not write. Nothing is done there: nobody would read the answer, nor could say yes.

The person is asked in private, once a day for a room, to write to us there instead.
"""

from bot.communities import rooms
from bot.communities.tell import tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.rights.quota import ELSEWHERE, today
from bot.events.text import Text
from bot.i18n import _


def is_silent(ctx: Context) -> bool:
    """Whether what we answer here could be read by nobody."""
    return not ctx.direct and not rooms.may_write(ctx.directory, ctx.room_id)


async def ask_in_private(ctx: Context) -> None:
    """Ask the person to write to us in private."""
    room = rooms.called(ctx.directory, ctx.room_id)

    def words() -> Text:
        sentence = _("I may not write in the room {room}, so I did nothing there of what you asked me.")
        return Text.of(
            sentence.format(room=room),
            _("Write it to me here."),
            _("Somebody who administers that room can give me this right, “Send messages”."),
        )

    key = f"no-right:{ctx.room_id}:{ctx.sender}:{today(ctx.now, ELSEWHERE)}"
    await tell(ctx, ctx.sender, words, key=key, language=ctx.language, rings=False)
