"""A linked room was closed for another one, which we may not enter: the team learns it, and how to let us in."""

from datetime import timedelta

from bot.communities import communities, rooms
from bot.communities.tell import tell_team
from bot.dispatch.answer.context import Moment
from bot.events.text import Text
from bot.i18n import _

KIND = "left-behind"
"""The kind of the timer; its item is the closed room."""
AFTER = timedelta(minutes=10)
"""How long we wait for somebody to invite us."""


async def tell_the_team(moment: Moment, room_id: str) -> None:
    """Say so, unless we have moved meanwhile, or are about to, or the room is open again."""
    bound, facts = await rooms.binding(moment.tx, room_id), moment.directory.facts(room_id)
    successor = facts.replacement if facts is not None else None
    if bound is None or successor is None or moment.directory.facts(successor) is not None:
        return
    community = await communities.get(moment.tx, bound.community)
    if community is None:
        return

    def words() -> Text:
        sentence = _("The room {room} was replaced by another one, which I may not enter: I can do nothing there.")
        return Text.of(
            sentence.format(room=rooms.called(moment.directory, room_id)),
            _("Invite me into the new room: I go on there as in the old one."),
        )

    await tell_team(moment, community, words, key=f"{KIND}:{room_id}:{successor}")
