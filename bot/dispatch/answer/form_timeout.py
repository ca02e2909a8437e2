"""Closes a form with questions when its time is over, and says so to the person once."""

from bot.communities import communities, rooms
from bot.communities.acting import Hands
from bot.communities.people import people
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.menu.menu import Menu
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import _, speaking
from bot.mailbox import Dialogue, dialogues, direct_chats

OVER = "form-over"
"""The kind of the timer."""


async def arm(ctx: Context, dialogue: Dialogue) -> None:
    """Set the timer that closes the form when it expires."""
    await ctx.timers.set(ctx.tx, OVER, str(dialogue.id), due_at=dialogue.expires_at)


async def disarm(ctx: Context, dialogue: Dialogue) -> None:
    """Cancel the timer of a form that has ended."""
    await ctx.timers.cancel(ctx.tx, OVER, str(dialogue.id))


async def stays(hands: Hands, menu: Menu, dialogue: Dialogue) -> Text | None:
    """What its person reads of what stays of a form that they leave; None if nothing does."""
    form = menu.form(dialogue.name)
    return await form.left(hands, dict(dialogue.data)) if form is not None and form.left is not None else None


async def over(moment: Moment, item: str) -> None:
    """Close the form (`item`: its dialogue's number), unless it has ended, and say so in its room."""
    dialogue = await dialogues.get(moment.tx, item)
    if dialogue is None or dialogue.status != dialogues.OPEN:
        return
    room_id, person, community = dialogue.room_id, dialogue.person, dialogue.community
    with speaking(await _language(moment, room_id, person, community)):
        kept = await stays(moment, moment.menu, dialogue)
    await moment.outbox.close_cards(moment.tx, Ref(dialogue.name, item))
    await dialogues.close(moment.tx, dialogue, status=dialogues.CANCELLED)
    await tell(moment, f"{OVER}:{item}", room_id=room_id, person=person, community=community, stays=kept)


async def tell(
    moment: Moment, key: str, *, room_id: str, person: str, community: str | None, stays: Text | None = None
) -> None:
    """Say to the person, in the room where they began it, that the form is closed, or what stays of it."""
    with speaking(await _language(moment, room_id, person, community)):
        name = moment.directory.name_of(room_id, person)
        text = stays or Text.of(
            _(
                "{name}, what you had begun to write waited too long for an answer: I closed it. Nothing was done."
            ).format(name=name),
            _("To begin again, write the command again."),
        )
    message = Message(text, mentioned=(person,))
    await moment.outbox.say(moment.tx, message, key=key, to=room_id, now=moment.now)


async def _language(moment: Moment, room_id: str, person: str, begun_in: str | None) -> str:
    """The person's language in private, the room's in a room; else that of the community."""
    bound = await rooms.binding(moment.tx, room_id)
    slug = bound.community if bound else begun_in
    community = await communities.get(moment.tx, slug) if slug else None
    private = await direct_chats.person_in(moment.tx, moment.account, room_id) == person
    own = await people.language_of(moment.tx, person) if private else None
    return own or (bound.language if bound else None) or (community.language if community else "")
