"""Every error that Relais raises on purpose.

RelaisError
├── StartRefused     before anything started: settings, files, accounts; one sentence for the operator, exit 2
│   └── InUse        another process has what we need; it may soon let it go
├── UserError        told to the member as it is, in their language
│   └── NotAllowed   the member lacks the right; not told to somebody who only put an emoji somewhere
├── NotNow           a thing cannot go this way from where it is; whoever asked for it finds the words
├── OverBudget       handling an event took too long; ended with a reference, as other faults are
└── MatrixError      what the homeserver or the network answered
    ├── TryLater     429, 5xx, network: the same request may pass later
    ├── Refused      any other 4xx: the same request never passes
    └── TokenLost    401: the access token is not valid any more
"""

from collections.abc import Sequence
from dataclasses import dataclass


class RelaisError(Exception):
    """The root of the tree above."""


class StartRefused(RelaisError):
    """Relais does not start; `str()` is one clear sentence for the operator."""


class InUse(StartRefused):
    """Another process works on the folder or on the database."""


class UserError(RelaisError):
    """A member asked for what cannot be done; `str()` is in their language and says what they can do.

    `ends` is the number of the preview that ends with it: the person had said yes to it.
    `command` is the label of the command that refused, for the metrics.
    """

    ends: str | None = None
    command: str | None = None


class NotAllowed(UserError):
    """The member lacks the right for this."""


class SeveralCommunities(UserError):
    """A member of several communities asked in private without naming one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of several that may be meant: the reference that names it alone, its title, what it may be `called`."""

    reference: str
    title: str
    called: str


class SeveralMeant(UserError):
    """A member's words may mean each of these things; none if there are none. `str()` is the question."""

    def __init__(self, question: str, things: Sequence[Thing] = ()) -> None:
        super().__init__(question)
        self.things = things


class NotNow(RelaisError):
    """A step that no row of a `Lifecycle` allows; `why` names the rule against it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class OverBudget(RelaisError):
    """Handling an event took more processor time, or more time, than any event may."""


class MatrixError(RelaisError):
    """A request that failed.

    `status` is the HTTP status (0 when no answer came) and `errcode` Matrix's name of the error
    (Client-Server API, "Standard error response").
    """

    def __init__(self, status: int, errcode: str, message: str = "", body: dict[str, object] | None = None) -> None:
        super().__init__(f"{status} {errcode} {message}".strip())
        self.status = status
        self.errcode = errcode
        self.message = message
        self.body = body or {}


class TryLater(MatrixError):
    """`retry_after` is the number of seconds that the server asks for, or None."""

    def __init__(self, status: int, errcode: str, message: str = "", retry_after: float | None = None) -> None:
        super().__init__(status, errcode, message)
        self.retry_after = retry_after


class Refused(MatrixError):
    """The server understood and said no."""


class MembersUnknown(Exception):
    """What is being done depends on who is in this room, and since the start nobody has asked.

    The transaction is rolled back, the members are loaded, and it is done anew.
    """

    def __init__(self, room_id: str) -> None:
        super().__init__(room_id)
        self.room_id = room_id


class MessageUnread(Exception):
    """What is being done depends on what somebody wrote, which is read from the homeserver, and then done anew."""

    def __init__(self, room_id: str, event_id: str) -> None:
        super().__init__(room_id, event_id)
        self.room_id = room_id
        self.event_id = event_id


class TokenLost(MatrixError):
    """M_UNKNOWN_TOKEN: only an operator can mend this."""
