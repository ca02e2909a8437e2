"""What is said about a request for help, before somebody accepts it: to its author, to volunteers, to the team."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import emergency
from bot.events.text import Line, Text, bullets, more, quote
from bot.help.rules.request import MAXIMUM_OPEN, MINIMUM_TEXT, Refusal, Status
from bot.help.tables import HelpRequest
from bot.i18n import _, language, ngettext
from bot.markup import code
from bot.resources.search.index import Hit
from bot.time.spoken_dates import say_clock, say_day, say_hours
from bot.volunteers import Profile

LONGEST = 1500
"""Characters of a question: what a volunteer reads on a phone before deciding."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A request as it is named in sentences: `interopérabilité (D-57)`."""

    topic: str
    number: str

    def __str__(self) -> str:
        named = self.topic or _("a question")
        return f"{named} ({self.number})"

    @property
    def by_number(self) -> str:
        """Behind a noun: votre demande `D-57 (interopérabilité)`."""
        return f"{self.number} ({self.topic})" if self.topic else self.number

    @property
    def aside(self) -> str:
        """Between parentheses of a sentence: `D-57, interopérabilité`."""
        return f"{self.number}, {self.topic}" if self.topic else self.number


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
    """What volunteers see of the author before they accept; empty when the author has said nothing."""
    return ", ".join(part for part in (profile.structure, profile.department) if part)


def question(request: HelpRequest, subject: Subject, profile: Profile, *, closest: Hit | None, news_at: str) -> Text:
    """The request as it would leave, with the resource that may answer it already."""
    return Text.of(
        _("**Read it again before it is sent** (nothing has been sent)"),
        quote(quoted(request.text)),
        bullets(
            _("Topic: {topic} (to change it: `topic`)").format(topic=subject.topic) if request.topic else "",
            wish(request.form),
            _seen(request, profile),
            _("News: by {when}").format(when=news_at),
            _already_there(closest) if closest else "",
        ),
        _("Nobody must be recognisable in it."),
        _("**Send it?** ✅ yes, ❌ no"),
    )


def _already_there(hit: Hit) -> Line:
    """Whoever sees no link types the number."""
    label = _("Perhaps an answer: {title} ({number})").format(
        title=hit.document.title[:160], number=code(f"DOC-{hit.document.id}")
    )
    return Line(label, link=hit.document.url)


def _seen(request: HelpRequest, profile: Profile) -> str:
    shown = origin(profile)
    if request.peers:
        return _("Asked in the room, without your name") if request.direct else _("Asked in this room, as you wrote it")
    if not request.direct:
        return _("Volunteers get it without your name; this room has read it")
    if not shown:
        return _("Your name: only for whoever accepts")
    return _("Shown: {origin}; your name only for whoever accepts").format(origin=shown)


def which_topic(topics: str) -> Text:
    """What is asked before a request without a topic can leave: the next message is the answer."""
    return Text.of(
        _("**Which topic?** (nothing has been sent)") + f"\n{topics}",
        _("For example `topic 3`, or `cancel`."),
    )


def too_short(request: HelpRequest) -> Text:
    """What is asked before a few words become a request: the next message completes them."""
    return Text.of(
        _("**What would you like to ask?** (nothing has been sent)"),
        quote(quoted(request.text)),
        _("Write one or two sentences: they complete these words. To give it up: `cancel`"),
    )


def held() -> Text:
    """What is said instead of sending a request that speaks of an emergency."""
    return Text.of(emergency.numbers(), _("If your question can wait, write `continue`."))


def sent(subject: Subject, *, asked: int, asked_at: datetime | None, news_at: datetime, zone: ZoneInfo) -> Text:
    """The request has left; `asked_at`: when volunteers come to work, None when some were asked at once."""
    by = day_and_hour(news_at, zone)
    return Text.of(
        _("**It is sent**: {subject}.").format(subject=subject),
        more(
            _("I write to volunteers from {when}, when their hours begin. News by {by}.").format(
                when=day_and_hour(asked_at, zone), by=by
            )
            if asked_at
            else ngettext(
                "{count} volunteer has it. News by {by}.", "{count} volunteers have it. News by {by}.", asked
            ).format(count=asked, by=by)
        ),
        more(_("To cancel it: `!expert {number} cancel`").format(number=subject.number)),
    )


def say_where() -> str:
    """The line for an author of whom volunteers see nothing."""
    return _("Volunteers do not see from where you ask. To tell them, next time: `!me profile`")


def offer(
    subject: Subject, request: HelpRequest, profile: Profile, *, next_at: datetime | None, zone: ZoneInfo
) -> Text:
    """A request as a volunteer sees it: never a name, never an establishment.

    `next_at`: when others are asked too, None after the last group.
    """
    return Text.of(
        _("**A question for you**: {subject}").format(subject=subject),
        quote(quoted(request.text)),
        _from(request, profile),
        _answers(),
        _("Not available? Nothing to do: {when}, I write to others. A pause: `!me pause`").format(
            when=day_and_hour(next_at, zone)
        )
        if next_at
        else _("Not available? Nothing to do. A pause: `!me pause`"),
    )


def _from(request: HelpRequest, profile: Profile) -> str:
    """Who asks, as far as volunteers see it, and how they would like to be helped."""
    how = wish(request.form) or _("In writing or by video, as it suits you.")
    who = origin(profile) or _("A member of the community")
    return f"{who}. {how}"


def _answers() -> Text:
    return bullets(
        _("✅ **yes**: I open a conversation for you two"),
        _("❌ **no**: without giving a reason"),
        _("🤔 **clarify**: a question before deciding"),
    )


def untaken(
    subject: Subject, request: HelpRequest, *, asked: int, news_at: datetime, zone: ZoneInfo, published: bool
) -> Text:
    """Nobody is available: the truth, and what the author may do. `published`: colleagues cannot be asked any more."""
    return Text.of(
        _("**Nobody is available yet**: {subject}.").format(subject=subject),
        _written_to(asked),
        _("The team knows. News by {when}.").format(when=day_and_hour(news_at, zone)),
        _choices(request, published=published),
        _("Else it stays open."),
    )


def _written_to(asked: int) -> str:
    """To how many volunteers we have written since the request was sent; empty for nobody, which is said already."""
    if not asked:
        return ""
    return ngettext("I have written to {count} volunteer.", "I have written to {count} volunteers.", asked).format(
        count=asked
    )


def _choices(request: HelpRequest, *, published: bool, kept: bool = False) -> Text:
    """What the author of a request for which nobody is there may write."""
    colleagues = _("`colleagues`: your question in the room, without your name")
    openly = _("`colleagues`: your question to everybody in the room")
    return bullets(
        _("`keep`: I go on looking") if kept else "",
        "" if published else colleagues if request.direct else openly,
        _("`cancel`: I close the request"),
    )


def team_notice(subject: Subject, *, declined: int, silent: int) -> Text:
    """To the team: counts, no name."""
    return Text.of(
        _("**A request that nobody has taken**: {subject}").format(subject=subject),
        _("Asked: {count}. Not this time: {declined}. No answer: {silent}.").format(
            count=declined + silent, declined=declined, silent=silent
        )
        if declined + silent
        else "",
        _("Whom one might ask, and why: `!admin simulate {number}`").format(number=subject.number),
    )


def refused(refusal: Refusal) -> str:
    """Why a request cannot be moved so, and the way out."""
    elsewhere = _("That is not possible for this request any more, or not yet; nothing has changed.")
    return {
        Refusal.WRONG_STATUS: elsewhere,
        Refusal.ACCEPTED_LONG_AGO: elsewhere,
        Refusal.TAKEN: elsewhere,
        Refusal.NOT_ALLOWED: _("Only the people concerned by this request may do that."),
        Refusal.TOO_SHORT: _("Your question is very short: write it in at least {count} characters.").format(
            count=MINIMUM_TEXT
        ),
        Refusal.NO_TOPIC: _("Choose a topic first, for example: `topic 3`"),
        Refusal.TOO_MANY_OPEN: _("You have {count} requests open. Close one first: `!expert mine`").format(
            count=MAXIMUM_OPEN
        ),
        Refusal.NOBODY_ELSE: _("Nobody else can be asked at the moment. You may talk to the community's team."),
        Refusal.REASON_MISSING: _("Say why after the word: whoever asked will read it."),
        Refusal.CLOSED_LONG_AGO: _(
            "It is too late for that. You may send a new request: `!expert` followed by your question"
        ),
        Refusal.TOO_OFTEN: _(
            "This request was reopened twice already. Send a new one: `!expert` followed by your question"
        ),
    }[refusal]


def news(subject: Subject, *, asked: int, news_at: datetime, zone: ZoneInfo) -> Text:
    """What was promised for today, though nobody may have accepted."""
    return Text.of(
        _("**News of your request**: {subject}").format(subject=subject),
        _written_to(asked),
        _("Nobody has accepted yet; I go on looking. News by {when}.").format(when=day_and_hour(news_at, zone)),
        more(_("To cancel it: `!expert {number} cancel`").format(number=subject.number)),
    )


def last_news(
    subject: Subject, request: HelpRequest, *, asked: int, ends_at: datetime, zone: ZoneInfo, published: bool
) -> Text:
    """After two news without anybody: a choice, and when it ends without one."""
    return Text.of(
        _("**I find nobody**: {subject}. What shall I do?").format(subject=subject),
        _written_to(asked),
        _choices(request, published=published, kept=True),
        _("Without an answer I close it {when}.").format(when=day_and_hour(ends_at, zone)),
    )


def goes_on(subject: Subject, *, news_at: datetime, zone: ZoneInfo) -> Text:
    """The author wants the search to go on."""
    return Text.of(
        _("I go on looking: {subject}. News by {when}.").format(subject=subject, when=day_and_hour(news_at, zone))
    )


def kept(subject: Subject) -> Text:
    """The request has left, and nobody can be asked: what comes next is said in private."""
    return Text.of(
        _("Your request is noted: {subject}.").format(subject=subject),
        more(_("I write to you in private about what comes next.")),
    )


def call(subject: Subject, request: HelpRequest) -> Text:
    """The question as the room sees it: no name."""
    return Text.of(
        _("**A colleague asks for help**: {subject}").format(subject=subject),
        quote(quoted(request.text)),
        bullets(
            _("🙋 **I can help**: I open a conversation for you two"),
            _("or answer in the thread of this message"),
        ),
    )


def answered(subject: Subject) -> Text:
    """To the author: a colleague has written in the thread."""
    return Text.of(
        _("**Somebody answers in the thread of your question**: {subject}.").format(subject=subject),
        _("Do you have your answer? ✅ yes: I close the request, ❌ no: it stays open"),
    )


def board(subject: Subject, request: HelpRequest, profile: Profile) -> Text:
    """The question as volunteers see it in their own room: no name, no establishment."""
    return Text.of(
        _("**A request has found nobody yet**: {subject}").format(subject=subject),
        quote(quoted(request.text)),
        _from(request, profile),
        _answers(),
        _("Not available? Nothing to do."),
    )


def wish(form: str) -> str:
    """How the author would like to be helped; empty when they did not say."""
    return {
        "writing": _("If possible in writing."),
        "phone": _("If possible by telephone."),
        "video": _("If possible by video."),
    }.get(form, "")


def call_closed(subject: Subject) -> Text:
    """The card in the room when it waits no more."""
    return Text.of(_("This question is no longer waiting: {subject}. Thank you.").format(subject=subject))


def _volunteers_next(days: int) -> str:
    return ngettext(
        "If no colleague can help within {days} working day, I write to volunteers.",
        "If no colleague can help within {days} working days, I write to volunteers.",
        days,
    ).format(days=days)


def asked_peers(
    subject: Subject, request: HelpRequest, *, news_at: datetime, zone: ZoneInfo, volunteers_in: int | None
) -> Text:
    """To the author: the question is in the room. `volunteers_in`: the working days until they are asked, if any."""
    return Text.of(
        _("**Your question is in the room**, without your name: {subject}.").format(subject=subject)
        if request.direct
        else _("**Your question is in the room**: {subject}.").format(subject=subject),
        _volunteers_next(volunteers_in) if volunteers_in else "",
        _("News by {when}.").format(when=day_and_hour(news_at, zone)),
        more(_("To cancel it: `!expert {number} cancel`").format(number=subject.number)),
    )


def standing(subject: Subject, status: Status, helper: str) -> Text:
    """The status of a request, in one sentence."""
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
