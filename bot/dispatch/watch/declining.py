"""What we cannot read or do in a conversation is said there, in a line a day: files, and requests to compare keys."""

from datetime import datetime, timedelta

from bot.communities.people import people
from bot.dispatch.answer.rights.quota import ELSEWHERE, today
from bot.dispatch.hear.intake import OLDEST
from bot.events.events import Event, FileShown, VerificationAsked
from bot.events.messages import Message
from bot.events.room_actions import DeclineVerification
from bot.events.text import Text
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import dialogues, direct_chats
from bot.mailbox.sending.outbox import URGENT, Outbox
from bot.store.database import Transaction

ASKED_FOR = timedelta(minutes=10)
"""How long a request to compare keys lasts (Client-Server API, "Key verification framework")."""


async def file(tx: Transaction, outbox: Outbox, event: FileShown, *, now: datetime) -> None:
    """Say that we read text only: once a day, and in private for each of our questions that a file was to answer."""
    if now - event.sent_at > OLDEST:
        return
    question = await dialogues.current(tx, outbox.account, event.room_id, event.sender, dialogues.FORM)
    if question is None or question.expires_at <= now or not await _is_alone(tx, outbox, event):
        await _say_once_a_day(tx, outbox, event, "file", now)
        return
    with speaking(await _language(tx, event)):
        text = Text.of(_text_only(), _("My question still waits: answer it in a few words."))
    key = f"cannot:file:{question.id}:{question.step}"
    await outbox.say(tx, Message(text), key=key, to=event.room_id, now=now)


async def verification(tx: Transaction, outbox: Outbox, event: VerificationAsked, *, now: datetime) -> None:
    """Decline the request, and say so if the person has a direct chat with us."""
    if now - event.sent_at > ASKED_FOR:
        return
    with speaking(await _language(tx, event)):
        reason = Text.of(_cannot_compare()).plain
    act = DeclineVerification(event.sender, event.device, event.event_id, event.transaction, reason)
    await outbox.do(tx, act, key=f"declined:{event.event_id}", to=event.room_id, now=now, priority=URGENT)
    await _say_once_a_day(tx, outbox, event, "verification", now)


async def _say_once_a_day(tx: Transaction, outbox: Outbox, event: Event, kind: str, now: datetime) -> None:
    """In the direct chat in which it came, else in the one that the person has with us."""
    here = await _is_alone(tx, outbox, event)
    room_id = event.room_id if here else await direct_chats.room_of(tx, outbox.account, event.sender)
    if room_id is None:
        return
    with speaking(await _language(tx, event)):
        asks = _("Write your request to me in a few words, or `help`.")
        says = _("You may go on writing to me.")
        text = Text.of(_text_only(), asks) if kind == "file" else Text.of(_cannot_compare(), says)
    key = f"cannot:{kind}:{room_id}:{today(now, ELSEWHERE)}"
    await outbox.say(tx, Message(text), key=key, to=room_id, now=now)


async def _is_alone(tx: Transaction, outbox: Outbox, event: Event) -> bool:
    """Whether it came in the direct chat of whoever sent it."""
    return await direct_chats.person_in(tx, outbox.account, event.room_id) == event.sender


async def _language(tx: Transaction, event: Event) -> str:
    return await people.language_of(tx, event.sender) or DEFAULT


def _text_only() -> str:
    return _("I read text only: no pictures, no files, no voice messages, nor what is written beside them.")


def _cannot_compare() -> str:
    return _("I am a program and cannot compare keys: I declined your request to verify me.")
