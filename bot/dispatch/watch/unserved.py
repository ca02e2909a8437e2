"""Rooms whose community the account serves no more: they are unlinked, so that another account can be linked there."""

import logging

from bot.communities import RoomBinding, communities, rooms
from bot.communities.rules.serving import Serving
from bot.events.messages import Message
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox.sending.voice import Voice

logger = logging.getLogger(__name__)


async def unlink(voice: Voice, serving: Serving) -> None:
    """Unlink those rooms of the account, and say so there."""
    for bound in await rooms.of_account(voice.tx, voice.outbox.account):
        if not serving.serves(bound.community):
            await _unlink(voice, bound)
            logger.warning("a room is unlinked: RELAIS_SERVES no longer has its community %s", bound.community)


async def _unlink(voice: Voice, bound: RoomBinding) -> None:
    community = await communities.get(voice.tx, bound.community)
    language = bound.language or (community.language if community else "")
    name = communities.name_in(community, language) if community else bound.community
    await rooms.unlink(voice.tx, bound)
    with speaking(language):
        text = Text.of(
            _("This room is no longer linked to {name}. I do nothing here from now on.").format(name=name),
        )
    key = f"unserved:{bound.room_id}:{voice.now.isoformat()}"
    await voice.outbox.say(voice.tx, Message(text), key=key, to=bound.room_id, now=voice.now)
