"""The page of the mailbox: what is known of it elsewhere."""

from bot.i18n import N_
from bot.mailbox import dialogues, forgetting
from bot.mailbox.receiving import inbox, reactions
from bot.mailbox.sending import delivery, held
from bot.mailbox.tables import (
    Dialogue,
    DirectChat,
    InboxEvent,
    OutboxMessage,
    Reaction,
    SyncGap,
    SyncState,
    Timer,
    UnreadableEvent,
)
from bot.noun import Noun
from bot.person_columns import SETTINGS, PersonColumns
from bot.readers import Reader, Reads
from bot.store.versions import TableVersion

EXCHANGES = N_("exchanges with me")

NOUN = Noun(
    people=(
        PersonColumns(DirectChat, SETTINGS, gone=("person",)),
        PersonColumns(Dialogue, EXCHANGES, gone=("person",), ends=forgetting.impossible),
        PersonColumns(Timer, EXCHANGES, within=("item",), fragile=True),
        PersonColumns(Reaction, EXCHANGES, gone=("sender",)),
        PersonColumns(InboxEvent, EXCHANGES, named=("sender",), ends=forgetting.unread),
        PersonColumns(
            OutboxMessage,
            EXCHANGES,
            named=("recipient", "asker"),
            within=("key", "parent", "lane", "about"),
            keys=("key", "parent", "lane", "about", "answers", "thread", "event_id", "room_id"),
            ends=forgetting.unsaid,
        ),
    ),
    nobody=(SyncState, SyncGap, UnreadableEvent, TableVersion),
    follow=(dialogues.follow,),
    forget_old=(inbox.forget_old, held.forget_old, delivery.forget_old, reactions.forget_old, dialogues.forget_old),
    erase=forgetting.leave_chat,
    read=(
        Reads(Reader.MEMBERS, N_("what Relais answers in this room")),
        Reads(Reader.PERSON, N_("what Relais answers them")),
    ),
)
