"""What is said about a request for help, before somebody accepts it: to its author, to volunteers, to the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import emergency
from bot.events.text import Line, Text
from bot.help.rules.request import MAXIMUM_OPEN, MINIMUM_TEXT, Refusal, Status
from bot.help.tables import HelpRequest
from bot.i18n import _, language, ngettext
from bot.resources.search.index import Hit
from bot.time.spoken_dates import say_clock, say_day, say_hours
from bot.volunteers import Profile

LONGEST = 1500
"""Characters of a question: what a volunteer reads on a phone before deciding."""

ROOM_FOR_BOTH = 9
"""Lines of a request and of what may answer it: of twelve, three are for the dates and for what to do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A request as it is named in sentences: `interopérabilité (D-57)`."""

    topic: str
    number: str

    def __str__(self) -> str:
        return f"{self.topic} ({self.number})"

    @property
    def aside(self) -> str:
        """Between parentheses of a sentence: `D-57, interopérabilité`."""
        return f"{self.number}, {self.topic}"


def number(request: HelpRequest) -> str:
    """The request's name."""
    return f"D-{request.id}"


def day_and_hour(moment: datetime, zone: ZoneInfo) -> str:
    """`vendredi 8 janvier à 18 h 00`."""
    day = say_day(moment, zone=zone, language=language(), year=False)
    return f"{day} {say_hours(moment, None, zone=zone, language=language())}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """`vendredi 8 janvier`."""
    return say_day(moment, zone=zone, language=language(), year=False)


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """`18 h 00`."""
    return say_clock(moment, zone=zone, language=language())


def quoted(text: str) -> str:
    """The question on one line, in the quotes of the language."""
    return _("“{text}”").format(text=" ".join(text.split()))


def origin(profile: Profile) -> str:
    """What volunteers see of the author before they accept; empty when nothing was told."""
    return ", ".join(part for part in (profile.structure, profile.department) if part)


def question(request: HelpRequest, subject: Subject, profile: Profile, *, topics: str) -> Text:
    """The request as it would leave; the dates follow in `promise`."""
    return Text.of(
        _("Your request, before it is sent. Topic: {topic} (to change it: topic followed by the word).").format(
            topic=subject.topic
        )
        if request.topic
        else _("Your request, before it is sent.")
        if not topics
        else Text.of(_("Your request, before it is sent. Which topic? Write topic followed by its number."), topics),
        quoted(request.text),
        wish(request.form),
        _seen(request, profile),
        _("Read it again: nothing may let a patient, a resident or a colleague be recognised."),
    )


def found(hits: Sequence[Hit], *, beside: Text) -> Text:
    """What may answer it already: as many as a phone shows together with the request, each on two lines."""
    lines: list[str | Line] = [_("These may answer it already:")]
    hits = hits[: (ROOM_FOR_BOTH - len(beside.lines) - 1) // 2]
    for place, hit in enumerate(hits, 1):
        lines.append(Line(f"{place}. {hit.document.title[:160]} (DOC-{hit.document.id})", link=hit.document.url))
        lines.append(Line(hit.document.url, plain_only=True))
    return Text.of(*lines if hits else ())


def _seen(request: HelpRequest, profile: Profile) -> str:
    shown = origin(profile)
    if request.peers:
        return _("Your colleagues will see it in the room, without your name.")
    if not shown:
        return _("Volunteers will see your question only. Your name and establishment go to whoever accepts, alone.")
    return _(
        "Volunteers will see: {origin}. Your name and establishment will be shown only to the person who accepts."
    ).format(origin=shown)


def promise(news_at: datetime, zone: ZoneInfo, *, found: bool) -> Text:
    """When the author hears from us, and the one gesture that is asked."""
    return Text.of(
        _(
            "Nobody is on call here: count on some days. You hear from me by {when}, even if nobody has answered."
        ).format(when=day_and_hour(news_at, zone)),
        _("Send it? Answer “yes” (✅), or “no” (❌) if you have found what you need.")
        if found
        else _("Send it? Answer “yes” (✅) or “no” (❌)."),
    )


def held() -> Text:
    """What is said instead of sending a request that speaks of an emergency."""
    return Text.of(emergency.numbers(), _("If your question can wait, write “continue”."))


def sent(subject: Subject, *, asked_at: datetime | None, news_at: datetime, zone: ZoneInfo) -> Text:
    """The request has left; `asked_at`: when volunteers come to work, None when some were asked at once."""
    return Text.of(
        _("Your request is sent: {subject}.").format(subject=subject),
        _("I ask volunteers from {when}, when their hours begin.").format(when=day_and_hour(asked_at, zone))
        if asked_at
        else _("I have asked the first volunteers."),
        _("You hear from me by {when}, even if nobody has answered. To give it up: `!expert {number} cancel`").format(
            when=day_and_hour(news_at, zone), number=subject.number
        ),
    )


def offer(
    subject: Subject,
    name: str,
    request: HelpRequest,
    profile: Profile,
    *,
    asked: int,
    next_at: datetime | None,
    zone: ZoneInfo,
) -> Text:
    """A request as a volunteer sees it: never a name, never an establishment.

    `next_at`: when others are asked too, None after the last group.
    """
    shown = origin(profile)
    return Text.of(
        _("Hello {name}. A request for help is about one of your topics: {subject}.").format(
            name=name, subject=subject
        ),
        _("From: a member of the community, {origin}.").format(origin=shown)
        if shown
        else _("From: a member of the community."),
        quoted(request.text),
        _("It is one voluntary exchange, in writing or by video, as it suits you."),
        wish(request.form),
        ngettext(
            "Can you help? {count} volunteer receives this request.",
            "Can you help? {count} volunteers receive this request; the first “yes” is enough.",
            asked,
        ).format(count=asked),
        _("“yes” (✅): I open a private conversation between you two"),
        _("“no” (❌): without giving a reason"),
        _("“clarify” (🤔): you ask a question before deciding"),
        _("If you are not available, you have nothing to do: {when}, I will write to other volunteers too.").format(
            when=day_and_hour(next_at, zone)
        )
        if next_at
        else _("If you are not available, you have nothing to do."),
        _("To take a break: `!me pause`"),
    )


def untaken(
    subject: Subject, name: str, *, asked: int, since: datetime, news_at: datetime, zone: ZoneInfo, published: bool
) -> Text:
    """Nobody is available: the truth, and what the author may do. `published`: colleagues were asked already."""
    return Text.of(
        _("{name}, I have not found anybody available for your request {subject} yet.").format(
            name=name, subject=subject
        ),
        ngettext(
            "I have written to {count} volunteer since {day}. This does not call your question into doubt.",
            "I have written to {count} volunteers since {day}. This does not call your question into doubt.",
            asked,
        ).format(count=asked, day=day(since, zone))
        if asked
        else _("Nobody volunteers for this topic at the moment. This does not call your question into doubt."),
        _("The community's team knows. You hear from me again by {when}, whatever happens.").format(
            when=day_and_hour(news_at, zone)
        ),
        ""
        if published
        else Text.of(
            _("I can also put the question to your colleagues, in the room and without your name."),
            _("“colleagues”: I publish the question in the room"),
        ),
        _("“cancel”: I close the request"),
        _("Without an answer it stays open.")
        if published
        else _("Without an answer it stays open, and nothing is published."),
    )


def team_notice(subject: Subject, *, declined: int, silent: int) -> Text:
    """To the team: counts, no name."""
    return Text.of(
        _("Nobody is available yet for a request for help: {subject}.").format(subject=subject),
        _("Asked: {count}. Not this time: {declined}. No answer yet: {silent}.").format(
            count=declined + silent, declined=declined, silent=silent
        )
        if declined + silent
        else _("I could write to nobody about this topic."),
        _("To see who might be asked, and why: `!admin simulate {number}`").format(number=subject.number),
    )


def refused(refusal: Refusal) -> str:
    """Why a request cannot be moved so, and the way out."""
    elsewhere = _("This request is no longer at that point; nothing has changed.")
    return {
        Refusal.WRONG_STATUS: elsewhere,
        Refusal.ACCEPTED_LONG_AGO: elsewhere,
        Refusal.TAKEN: elsewhere,
        Refusal.NOT_ALLOWED: _("Only the people concerned by this request may do that."),
        Refusal.TOO_SHORT: _("Your question is very short. Tell in at least {count} characters what you need.").format(
            count=MINIMUM_TEXT
        ),
        Refusal.NO_TOPIC: _("Choose a topic first: write topic followed by its number."),
        Refusal.TOO_MANY_OPEN: _("You have {count} requests open. Close one first: `!expert mine`").format(
            count=MAXIMUM_OPEN
        ),
        Refusal.NOBODY_ELSE: _("Nobody else can be asked at the moment. You may talk to the community's team."),
        Refusal.NO_EXPERT: _("Nobody had accepted this request: send a new one."),
        Refusal.REASON_MISSING: _("Say why after the word, so that the author may read it."),
        Refusal.CLOSED_LONG_AGO: _(
            "It is too late for that. You may send a new request: `!expert` followed by your question"
        ),
        Refusal.TOO_OFTEN: _(
            "This request was reopened twice already. Send a new one: `!expert` followed by your question"
        ),
    }[refusal]


def news(subject: Subject, name: str, *, asked: int, news_at: datetime, zone: ZoneInfo) -> Text:
    """What was promised for today, though nobody may have accepted."""
    return Text.of(
        _("{name}, here is where your request stands: {subject}.").format(name=name, subject=subject),
        ngettext(
            "I have written to {count} volunteer; nobody has accepted yet.",
            "I have written to {count} volunteers; nobody has accepted yet.",
            asked,
        ).format(count=asked)
        if asked
        else _("I could write to nobody about this topic."),
        _("I go on looking. You hear from me again by {when}.").format(when=day_and_hour(news_at, zone)),
        _("“cancel”: I close the request"),
    )


def kept(subject: Subject) -> Text:
    """The request has left, and nobody can be asked: what comes next is said in private."""
    return Text.of(
        _("Your request is kept: {subject}.").format(subject=subject),
        _("I write to you about what comes next."),
    )


def call(subject: Subject, request: HelpRequest) -> Text:
    """The question as the room sees it: no name."""
    return Text.of(
        _("A colleague asks for help: {subject}.").format(subject=subject),
        quoted(request.text),
        _("If you can help, answer “I can help” (🙋): I open a private conversation between you two."),
        _("Without anybody, volunteers are asked later."),
    )


def board(subject: Subject, request: HelpRequest, profile: Profile) -> Text:
    """The question as volunteers see it in their own room: no name, no establishment."""
    shown = origin(profile)
    return Text.of(
        _("A request for help has found nobody yet: {subject}.").format(subject=subject),
        _("From: a member of the community, {origin}.").format(origin=shown)
        if shown
        else _("From: a member of the community."),
        quoted(request.text),
        wish(request.form),
        _("Can you help? The first “yes” is enough."),
        _("“yes” (✅): I open a private conversation between you two"),
        _("“no” (❌): without giving a reason"),
        _("“clarify” (🤔): you ask a question before deciding"),
        _("If you are not available, you have nothing to do."),
    )


def wish(form: str) -> str:
    """How the author would like to be helped; empty when they did not say."""
    return {
        "writing": _("If possible: in writing."),
        "phone": _("If possible: by telephone."),
        "video": _("If possible: by video."),
    }.get(form, "")


def call_closed(subject: Subject) -> Text:
    """The card in the room when it waits no more."""
    return Text.of(_("This question no longer waits for an answer: {subject}. Thank you.").format(subject=subject))


def asked_peers(subject: Subject, *, news_at: datetime, zone: ZoneInfo) -> Text:
    """To the author: the question is in the room."""
    return Text.of(
        _("Your question is in the room, without your name: {subject}.").format(subject=subject),
        _("If no colleague can help within one working day, I ask volunteers."),
        _("You hear from me by {when}, even if nobody has answered. To give it up: `!expert {number} cancel`").format(
            when=day_and_hour(news_at, zone), number=subject.number
        ),
    )


def standing(subject: Subject, status: Status, helper: str) -> Text:
    """Where a request stands, in one sentence."""
    sentence = {
        Status.DRAFT: _("it is not sent yet."),
        Status.OPEN: _("volunteers are asked as soon as their hours begin."),
        Status.WITH_PEERS: _("colleagues are asked in the room."),
        Status.SEEKING: _("volunteers have been asked; nobody has accepted yet."),
        Status.UNTAKEN: _("nobody is available yet; the team knows."),
        Status.ACCEPTED: _("{helper} has accepted; the exchange is about to begin.").format(helper=helper),
        Status.UNDER_WAY: _("the exchange with {helper} is under way.").format(helper=helper),
        Status.AWAITING_REQUESTER: _("{helper} waits for a detail.").format(helper=helper),
        Status.RESOLVED: _("it has its answer."),
        Status.CLOSED: _("it is closed."),
        Status.CANCELLED: _("it was given up."),
    }[status]
    return Text.of(_("{subject}: {sentence}").format(subject=subject, sentence=sentence))
