"""Finds what a message made: the item that our answer to it is about."""

from bot.dispatch.answer.context import Context


async def made_by(ctx: Context, source: str, kind: str) -> str | None:
    """The id of the item of this kind that the message of this event id made; None if it made none."""
    answer = await ctx.outbox.answer_to(ctx.tx, source, room_id=ctx.room_id)
    found, _colon, item = ((answer and answer.about) or "").partition(":")
    return item if found == kind else None
