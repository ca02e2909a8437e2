"""Where we are: invitations, arrivals, departures, upgraded rooms; and the warning about patient data."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.acts import Join, Leave
from bot.domain.events import Invited, MembershipChanged, PatientDataSeen, RoomUpgraded
from bot.domain.messages import Message, Text
from bot.domain.rooms import RoomDirectory
from bot.i18n import DEFAULT, _, speaking
from bot.services import communities, direct_chats, guard, people, rooms
from bot.services.outbox import URGENT, Outbox
from bot.store.database import Transaction


class Presence:
    """What Relais does without being asked by a command."""

    def __init__(
        self,
        outbox: Outbox,
        directory: RoomDirectory,
        *,
        invites_from: Collection[str],
        operators: Collection[str],
    ) -> None:
        self._outbox = outbox
        self._directory = directory
        self._welcome = frozenset(invites_from) | frozenset(operators)

    def may_invite(self, user_id: str) -> bool:
        """By id, by server name, or everybody."""
        return bool(self._welcome & {user_id, user_id.partition(":")[2], "*"})

    async def invited(self, tx: Transaction, event: Invited, *, now: datetime) -> None:
        """Join, or decline at once: an invitation left open looks like a bot that is down."""
        upgraded = await rooms.binding(tx, event.room_id) is not None
        act = Join() if upgraded or self.may_invite(event.sender) else Leave()
        await self._outbox.do(tx, act, key=event.event_id, to=event.room_id, now=now)
        if isinstance(act, Join) and event.direct:
            await direct_chats.opened(tx, self._outbox.account, event.sender, event.room_id)

    async def membership(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """We arrived, or were removed, or somebody came to a direct chat or left it: it is none any more."""
        person = await direct_chats.person_in(tx, self._outbox.account, event.room_id)
        if event.member == self._outbox.account and event.membership == "join":
            if event.before != "join":
                await self._arrived(tx, event, now=now)
        elif event.member != person or event.membership in ("leave", "ban"):
            await direct_chats.closed(tx, self._outbox.account, event.room_id)

    async def _arrived(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """One message in the room, never one to each person in it; a room that we opened is introduced elsewhere."""
        facts = self._directory.facts(event.room_id)
        if facts is not None and facts.members > 2:
            await direct_chats.closed(tx, self._outbox.account, event.room_id)
        ours = facts is not None and facts.marker is not None
        if ours or await direct_chats.person_in(tx, self._outbox.account, event.room_id) is not None:
            return
        binding = await rooms.binding(tx, event.room_id)
        with speaking(binding.language or DEFAULT if binding else DEFAULT):
            text = _linked() if binding else _unlinked([found.slug for found in await communities.every(tx)])
        await self._outbox.say(tx, Message(text), key=f"arrival:{event.event_id}", to=event.room_id, now=now)

    async def upgraded(self, tx: Transaction, event: RoomUpgraded, *, now: datetime) -> None:
        """Follow into the new room, with all that was linked to the old one."""
        if not self.may_follow(event):
            return
        if await rooms.follow(tx, event.room_id, event.replacement):
            await self._outbox.do(tx, Join(), key=event.event_id, to=event.replacement, now=now)

    def may_follow(self, event: RoomUpgraded) -> bool:
        """Only those who may invite us may take us along."""
        return self.may_invite(event.sender)

    async def patient_data(self, tx: Transaction, event: PatientDataSeen, *, now: datetime) -> None:
        """Count it without a name, and tell the author alone, without the value."""
        await guard.note(tx, room_id=event.room_id, rule=event.rule, seen_at=event.sent_at)
        binding = await rooms.binding(tx, event.room_id)
        if binding is not None and binding.protection == "off":
            return
        facts = self._directory.facts(event.room_id)
        language = await people.language_of(tx, event.sender)
        with speaking(language or DEFAULT):
            text = _warning(event.rule, facts.name if facts and facts.name else event.room_id)
        message = Message(text, rings=True, mentioned=(event.sender,))
        key = f"guard:{event.event_id}"
        await self._outbox.say(tx, message, key=key, to=f"dm:{event.sender}", now=now, priority=URGENT)


def _linked() -> Text:
    return Text.of(
        _("Hello everyone. I am Relais, an automatic program."),
        _(
            "I only react to messages that begin with “!” or mention me, and to reactions placed under my messages. "
            "I do not keep your conversations."
        ),
        _("To try: !doc followed by a few words, or !help"),
    )


def _unlinked(slugs: Collection[str]) -> Text:
    return Text.of(
        _(
            "Hello. I am Relais, an automatic program. "
            "This room is linked to no community, so I do nothing here for now."
        ),
        _("An administrator of the room may write, for example: !admin community link {slug}").format(
            slug=next(iter(slugs), "…")
        ),
        _("Communities available: {slugs}").format(slugs=", ".join(slugs)),
    )


def _rule(rule: str) -> str:
    return {
        "nir": _("a social security number"),
        "record_number": _("a patient's record number"),
        "patient_birth": _("a patient's name or date of birth"),
    }.get(rule, _("a patient's data"))


def _warning(rule: str, room: str) -> Text:
    return Text.of(
        _("Your message in the room {room} seems to contain {what}.").format(room=room, what=_rule(rule)),
        _("This is an automatic detection: it may be wrong, and it does not see everything."),
        _("That room is not meant for data about patients or residents. I suggest that you:"),
        _("1. Delete the message: press and hold it, then choose “Delete” or “Remove”, depending on the application."),
        _("2. Ask again without anything that lets the person be recognised."),
        _(
            "3. If it is real data, tell your establishment's data protection officer without delay: "
            "the message may have been read."
        ),
        _("I have neither copied nor kept it. I noted the date, the room and the kind of alert, without your name."),
    )
