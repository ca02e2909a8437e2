"""What happens in rooms, as our own frozen classes; only `bot.matrix.inbound` reads Matrix's JSON."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`event_id` is Matrix's own, except for invitations, which have none."""

    kind: ClassVar[str]
    event_id: str
    room_id: str
    sender: str
    sent_at: datetime

    def details(self) -> dict[str, Any]:
        """What the inbox stores of this event besides the fields that every event has."""
        return {name: getattr(self, name) for name in _OWN_FIELDS[self.kind]}

    @property
    def concerns(self) -> str | None:
        """The event that this one answers, marks or removes."""
        return None


_COMMON = ("event_id", "room_id", "sender", "sent_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Event):
    """`replaces` is set on an edit; `text` is then the new text. `for_bot`: it mentions us; `mentioned`: whom it
    mentions. `late_key`: it arrived in time but its key came only now. `too_long`: how many characters it has, when
    `text` is only its beginning. `beside`: what clients show of it besides its text, for the patient-data rule alone;
    it is never stored."""

    kind = "message"
    text: str
    reply_to: str | None = None
    thread: str | None = None
    replaces: str | None = None
    for_bot: bool = False
    mentioned: tuple[str, ...] = ()
    late_key: bool = False
    beside: str = ""
    too_long: int = 0

    @property
    def concerns(self) -> str | None:
        return self.replaces or self.reply_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Event):
    """What people show without writing to us: the caption and name of a file, the options of a poll.

    Only the patient-data rule looks at its text, so a caption is no command; it is never in the inbox.
    """

    kind = "shown"
    text: str
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown(Event):
    """A file, a picture or the like in a conversation with us alone: that it came, nothing of what it says."""

    kind = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationAsked(Event):
    """Somebody wants to compare keys with us: in a room, or from device to device, which `transaction` then names."""

    kind = "verification"
    device: str
    transaction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed(Event):
    """A message that cannot be read until the key of its session comes. It is never in the inbox."""

    kind = "sealed"
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(Event):
    kind = "reaction"
    target: str
    emoji: str

    @property
    def concerns(self) -> str | None:
        return self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkBegan(Event):
    """Somebody wrote in a room that we opened for others, or a `thread` in which we brought them together.

    What they wrote is not for us.
    """

    kind = "talk"
    thread: str | None = None

    @classmethod
    def by(cls, message: "MessageReceived") -> "TalkBegan":
        """The fact that this message was written, without its words."""
        return cls(
            event_id=message.event_id,
            room_id=message.room_id,
            sender=message.sender,
            sent_at=message.sent_at,
            thread=message.thread,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRemoved(Event):
    """A redaction: of a reaction, of a command, of one of our own messages."""

    kind = "removal"
    target: str

    @property
    def concerns(self) -> str | None:
        return self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChanged(Event):
    """`membership` and `before` are join, invite, leave, ban or knock. `direct`: the invitation that this answers was
    to a conversation between two."""

    kind = "membership"
    member: str
    membership: str
    before: str
    direct: bool = False

    @property
    def left(self) -> bool:
        """Whether a member has left, was removed, or was banned."""
        return self.membership == "ban" or (self.before == "join" and self.membership == "leave")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Event):
    """Somebody asks us into a room. `sender` is who asks."""

    kind = "invitation"
    direct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomUpgraded(Event):
    """A tombstone: the conversation goes on in `replacement`."""

    kind = "upgrade"
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDataSeen(Event):
    """A message that the patient-data rule matched. Holds the rule's name, never the text. `command`: it was for us."""

    kind = "guard"
    rule: str
    command: bool
    thread: str | None = None


_KINDS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        MessageReceived,
        ReactionAdded,
        EventRemoved,
        MembershipChanged,
        Invited,
        RoomUpgraded,
        PatientDataSeen,
        TalkBegan,
        FileShown,
        VerificationAsked,
    )
}
_NOT_KEPT = (*_COMMON, "beside")
_OWN_FIELDS = {
    kind: tuple(field.name for field in fields(cls) if field.name not in _NOT_KEPT) for kind, cls in _KINDS.items()
}


def rebuild(
    kind: str, *, event_id: str, room_id: str, sender: str, sent_at: datetime, details: dict[str, Any]
) -> Event:
    """The event of which `details` are the details; accepts lists, which JSON makes of tuples."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in details.items()}
    return _KINDS[kind](event_id=event_id, room_id=room_id, sender=sender, sent_at=sent_at, **values)
