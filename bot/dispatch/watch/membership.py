"""Where we are: invitations, arrivals, departures, upgraded rooms; and the warning about patient data."""

import logging
from collections.abc import Collection
from datetime import datetime
from functools import partial

from bot import nouns
from bot.communities import RoomBinding, communities, patient_data_log, rooms
from bot.communities.people import people, quota_uses
from bot.communities.rules.room_facts import RoomDirectory, RoomFacts
from bot.communities.rules.serving import Serving
from bot.communities.tell import aloud, language_of, tell, zone
from bot.dispatch.answer.rights.quota import ELSEWHERE, again, today
from bot.dispatch.answer.run_command import unlinked
from bot.dispatch.hear import patient_data
from bot.dispatch.watch import left_behind, third_person
from bot.dispatch.watch.upgrades import Moved, Upgrades
from bot.events.events import Event, EventRemoved, Invited, MembershipChanged, PatientDataSeen, RoomUpgraded
from bot.events.messages import Message
from bot.events.room_actions import Join, Leave, Redact
from bot.events.text import Text
from bot.i18n import DEFAULT, _, speaking
from bot.mailbox import direct_chats
from bot.mailbox.receiving import inbox
from bot.mailbox.sending import daily_limit, delivery, fallbacks
from bot.mailbox.sending.outbox import URGENT, Outbox
from bot.mailbox.sending.voice import Speaker
from bot.mailbox.timers import Timers
from bot.privacy.departures import MEMBER_LEFT
from bot.quotas import INVITATION, Quotas
from bot.store.database import Transaction

logger = logging.getLogger(__name__)

ALONE = 2
"""Members of a conversation with one person."""


class Presence:
    """What Relais does without being asked by a command."""

    def __init__(
        self,
        outbox: Outbox,
        timers: Timers,
        directory: RoomDirectory,
        upgrades: Upgrades,
        *,
        invites_from: Collection[str],
        operators: Collection[str],
        serving: Serving,
        quotas: Quotas,
    ) -> None:
        self._invitations = quotas.of(INVITATION)
        self._operators = frozenset(operators)
        self._serving = serving
        self._outbox = outbox
        self._timers = timers
        self._directory = directory
        self._upgrades = upgrades
        self._welcome = frozenset(invites_from) | frozenset(operators)

    def may_invite(self, user_id: str) -> bool:
        """Whether this person may invite us: listed by id or by server name, or everybody may (`*`)."""
        return bool(self._welcome & {user_id, user_id.partition(":")[2], "*"})

    async def invited(self, tx: Transaction, event: Invited, *, now: datetime) -> None:
        """Join, or decline at once: an invitation left open looks like a bot that is down."""
        known = await rooms.binding(tx, event.room_id) is not None or await self._upgrades.expects(tx, event.room_id)
        welcome = known or (self.may_invite(event.sender) and await self._may_invite_today(tx, event, now=now))
        act = Join() if welcome else Leave()
        await self._outbox.do(tx, act, key=event.event_id, to=event.room_id, now=now)

    async def _may_invite_today(self, tx: Transaction, event: Invited, *, now: datetime) -> bool:
        """Count the invitation; False past the day's limit, which we say once, if there is a direct chat already."""
        if event.sender in self._operators:
            return True
        day, quota = today(now, ELSEWHERE), self._invitations
        if await quota_uses.one_more(tx, event.sender, quota.kind, day=day, most=quota.most):
            return True
        chat = await direct_chats.room_of(tx, self._outbox.account, event.sender)
        if chat is not None and await quota_uses.first_refusal(tx, event.sender, quota.kind, day=day):
            with speaking(await people.language_of(tx, event.sender) or DEFAULT):
                sentence = _("I did not enter the room to which you invited me: {most} a day and person at most.")
                text = Text.of(sentence.format(most=quota.most), again(day, ELSEWHERE))
            await self._outbox.say(tx, Message(text), key=f"declined:{event.event_id}", to=chat, now=now)
        return False

    async def membership(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """Handle that we arrived or were removed, or that somebody joined, declined or left a direct chat or a room."""
        ours = event.member == self._outbox.account
        came, went = event.membership == "join" and event.before != "join", event.membership in ("leave", "ban")
        person, status = await direct_chats.in_room(tx, self._outbox.account, event.room_id)
        if ours and came:
            await self._arrived(tx, event, now=now)
        elif ours and went:
            await self._removed(tx, event, now=now)
        elif event.member == person:
            came = came and status == direct_chats.INVITED
            await self._in_direct_chat(tx, event, came=came, went=went, now=now)
        elif person is not None:
            await third_person.moved(tx, self._outbox, self._directory, event, person, now=now)
        elif not ours:
            await self._gone(tx, event, now=now)

    async def _gone(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """Set a timer that checks whether somebody who left a linked room is still a member of its community.

        Of a room that we opened, whoever declines to enter leaves it too.
        """
        if event.membership not in ("leave", "ban"):
            return
        binding = await rooms.binding(tx, event.room_id)
        if binding is not None and binding.kind == rooms.OWN:
            for opened in (opened for noun in nouns.NOUNS for opened in noun.opens if opened.left):
                await self._timers.set(tx, opened.left, f"{event.room_id} {event.member}", due_at=now)
        elif binding is not None and event.left:
            await self._timers.set(tx, MEMBER_LEFT, f"{binding.community} {event.member}", due_at=now)

    async def _in_direct_chat(
        self, tx: Transaction, event: MembershipChanged, *, came: bool, went: bool, now: datetime
    ) -> None:
        """Note that the person came or went. If they declined, send fallbacks in rooms, and never invite them again."""
        account = self._outbox.account
        if came:
            await direct_chats.accepted(tx, account, event.room_id)
            await fallbacks.accepted(tx, account, event.room_id)
        elif went and event.before == "invite":
            await direct_chats.refused(tx, account, event.room_id)
            self._outbox.wake(tx, await fallbacks.take(tx, account, event.room_id, now=now))
        elif went:
            await direct_chats.closed(tx, account, event.room_id)

    async def _removed(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """Drop what was to be sent there, and inform the team. The room stays linked, in case we are invited again."""
        await direct_chats.closed(tx, self._outbox.account, event.room_id)
        await delivery.drop(tx, self._outbox.account, event.room_id)
        binding = await rooms.binding(tx, event.room_id)
        community = await communities.get(tx, binding.community) if binding else None
        main = community.main_room if community else None
        if community is None or main is None or main == event.room_id or event.sender == self._outbox.account:
            return
        words = partial(_removed_from, self._directory.facts(event.room_id))
        key = f"{daily_limit.PREFIX}removed:{event.room_id}:{today(now, zone(community))}"
        later = await daily_limit.next_turn(tx, self._outbox.account, main, now=now, zone=zone(community))
        team = await people.team(tx, community, self._directory, but=self._outbox.account) if later else []
        voice = Speaker(tx, now, self._outbox)
        for place, person in enumerate(team):
            await tell(voice, person, words, key=f"{key}:{place}", language=community.language, rings=False)
        if later is None:
            with speaking(community.language):
                message = Message(words())
            await self._outbox.say(tx, message, key=f"{key}:0", to=main, now=now)

    async def _arrived(self, tx: Transaction, event: MembershipChanged, *, now: datetime) -> None:
        """Introduce ourselves in one message, or leave a refused successor. Rooms that we opened have their own."""
        if (key := await self._opened_under(tx, event.room_id)) is not None:
            await self._opened(tx, event.room_id, key, now=now)
            return
        if self._is_of_server(event.room_id):
            return
        moved = await self._upgrades.arrived(tx, event.room_id, now=now)
        if moved is Moved.REFUSED:
            await self._outbox.do(tx, Leave(), key=f"left:{event.event_id}", to=event.room_id, now=now)
        elif not await self._is_direct(tx, event):
            await self._introduce(tx, event.room_id, key=f"arrival:{event.event_id}", now=now)

    async def _opened_under(self, tx: Transaction, room_id: str) -> str | None:
        """The key under which our account made the room: it bears the transaction id of that row. None for others."""
        facts = self._directory.facts(room_id)
        marker = facts.marker if facts is not None else None
        return await delivery.made(tx, self._outbox.account, marker) if marker is not None else None

    async def _opened(self, tx: Transaction, room_id: str, key: str, *, now: datetime) -> None:
        """Let the noun that wanted the room know that it exists."""
        for noun in nouns.NOUNS:
            for opened in noun.opens:
                if key.startswith(opened.keys):
                    await self._timers.set(tx, opened.made, room_id, due_at=now)

    def _is_of_server(self, room_id: str) -> bool:
        """Whether the homeserver tells our account its news in the room."""
        facts = self._directory.facts(room_id)
        if facts is None or not facts.has_notices:
            return False
        logger.warning("the homeserver writes notices to this account; whoever operates it should read them")
        return True

    async def _is_direct(self, tx: Transaction, event: MembershipChanged) -> bool:
        """Whether the room is a direct chat with our inviter, declared as one and with nobody else. Records it."""
        account, room_id = self._outbox.account, event.room_id
        facts, binding = self._directory.facts(room_id), await rooms.binding(tx, room_id)
        inviter = await inbox.last_sender(tx, account, room_id, Invited.kind)
        alone = facts is not None and facts.members <= ALONE
        if not (event.direct and alone and binding is None and inviter is not None):
            await direct_chats.closed(tx, account, room_id)
            return False
        if not self._directory.has_member(room_id, inviter):
            return False
        await direct_chats.opened(tx, account, inviter, room_id)
        return True

    async def _introduce(self, tx: Transaction, room_id: str, *, key: str, now: datetime) -> None:
        binding = await self._binding(tx, room_id, now=now)
        community = await communities.get(tx, binding.community) if binding else None
        language = binding.language if binding else None
        with speaking(language or (community.language if community else DEFAULT)):
            text = (
                _linked(await self._inviter(tx, room_id))
                if binding
                else unlinked(await communities.slugs(tx, self._serving))
            )
        await self._outbox.say(tx, Message(text), key=key, to=room_id, now=now)

    async def _binding(self, tx: Transaction, room_id: str, *, now: datetime) -> RoomBinding | None:
        """The room's link; links a room that a community's file lists, if it is not linked yet."""
        bound, home = await rooms.binding(tx, room_id), self._serving.home(room_id)
        community = await communities.get(tx, home.slug) if bound is None and home is not None else None
        if community is None or home is None:
            return bound
        account = self._outbox.account
        return await rooms.link(tx, room_id, community, account=account, by=account, now=now, main=home.main)

    async def _inviter(self, tx: Transaction, room_id: str) -> str | None:
        """The name of the person who invited us, if that is known."""
        mxid = await inbox.last_sender(tx, self._outbox.account, room_id, Invited.kind)
        return self._directory.name_of(room_id, mxid) if mxid else None

    async def upgraded(self, tx: Transaction, event: RoomUpgraded, *, now: datetime) -> None:
        """Move what was linked to the old room to the new one, if both rooms say so and the sender has the right."""
        moved = await self._upgrades.closed(tx, event, now=now)
        if moved is Moved.DONE:
            await self._introduce(tx, event.replacement, key=f"arrival:{event.event_id}", now=now)
        elif moved is Moved.NOT_YET and await rooms.binding(tx, event.room_id) is not None:
            await self._timers.set(tx, left_behind.KIND, event.room_id, due_at=now + left_behind.AFTER)

    async def removed(self, tx: Transaction, event: EventRemoved) -> None:
        """Cancel the move of a room if the removed event had closed it."""
        await self._upgrades.reopened(tx, event.target)

    async def asks(self, tx: Transaction, event: Event) -> set[tuple[str, str]]:
        """The rooms, and the people in them, about whom to ask the homeserver before this event is handled."""
        return await self._upgrades.asks(tx, event)

    async def patient_data(self, tx: Transaction, event: PatientDataSeen, *, now: datetime) -> None:
        """Count the match without a name, and warn the author, in private if possible, without quoting the value.

        In a room without this protection, write only to authors of commands: what they asked for was not done.
        """
        await patient_data_log.note(tx, room_id=event.room_id, rule=event.rule, seen_at=event.sent_at)
        binding = await rooms.binding(tx, event.room_id)
        warned = binding is None or binding.protection != rooms.OFF
        removed = await self._remove(tx, event, binding, now=now)
        if not warned and not event.command:
            return
        here = await rooms.language(tx, event.room_id)

        def words() -> Text:
            room = rooms.known_as(self._directory, event.room_id)
            return Text.of(
                patient_data.warning(event.rule, room, removed=removed) if warned else "",
                patient_data.not_run() if event.command else "",
            )

        # No reply: clients show the message that a reply is to.
        otherwise = aloud(
            event.room_id,
            partial(patient_data.in_public, for_us=event.command, removed=removed),
            event.sender,
            language=here or await language_of(tx, event.sender, DEFAULT),
            thread=event.thread,
        )
        await tell(
            Speaker(tx, now, self._outbox),
            event.sender,
            words,
            key=f"private:{event.event_id}",
            language=here or DEFAULT,
            urgent=True,
            otherwise=otherwise,
        )

    async def _remove(
        self, tx: Transaction, event: PatientDataSeen, binding: RoomBinding | None, *, now: datetime
    ) -> bool:
        """Remove the message, where the team wants it and the room's power lets us; whether it is removed."""
        facts = self._directory.facts(event.room_id)
        if binding is None or binding.protection != rooms.REMOVE or facts is None or not facts.may_remove:
            return False
        key = f"removed:{event.event_id}"
        await self._outbox.do(tx, Redact(event.event_id), key=key, to=event.room_id, now=now, priority=URGENT)
        return True


def _removed_from(room: RoomFacts | None) -> Text:
    """What the team reads. The sync that reports the removal may have made us forget the room's name."""
    named = _("I was removed from a room of this community ({room}). What I was to say there is dropped.")
    nameless = _("I was removed from a room of this community. What I was to say there is dropped.")
    return Text.of(
        named.format(room=room.name) if room and room.name else nameless,
        _("If I am invited again, that room is linked as before."),
    )


def _linked(inviter: str | None) -> Text:
    return Text.of(
        _("Hello everyone. I am Relais, an automatic program invited by {name}.").format(name=inviter)
        if inviter
        else _("Hello everyone. I am Relais, an automatic program."),
        _(
            "I only react to messages that begin with “!” or mention me, and to reactions placed under my messages."
            " I do not keep your conversations. Details: `!me privacy`"
        ),
        _("To try: `!doc` followed by a few words, or `!help`"),
    )
