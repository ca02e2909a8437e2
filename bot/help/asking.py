"""From a question to a request: drafted, shown before it is sent, sent to colleagues or to volunteers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.communities import Community, communities, rooms
from bot.communities.acting import Hands
from bot.errors import UserError
from bot.events.text import Text
from bot.help import case as cases
from bot.help import requests, texts_before
from bot.help.case import Case
from bot.help.offers import room_call, search
from bot.help.rules.request import MAXIMUM_OPEN, MINIMUM_TEXT, Party, Refusal, Status, Trigger
from bot.help.rules.timers import Timer
from bot.help.tables import HelpRequest
from bot.i18n import _, language
from bot.mailbox.sending.outbox import Card
from bot.resources.library import Library
from bot.resources.search.index import Hit
from bot.store.database import Transaction
from bot.text.emergency import speaks_of_emergency
from bot.volunteers import profiles, topics

WITHOUT_TOPIC = ""
"""Of a request in a community that has no topics: generalists are asked."""

DRAFT_KEPT = timedelta(hours=24)
DRAFT_TIMER = "help_draft"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, and how."""

    text: str
    peers: bool = False
    anonymous: bool = False
    other_establishment: bool = False
    form: str = ""


async def draft(
    hands: Hands,
    question: Question,
    *,
    community: Community,
    by: str,
    room_id: str,
    thread: str | None,
    source: str,
    begun: bool = False,
) -> Case:
    """Keep a question as a draft; the same event edited changes the same draft. Raises UserError for what is none.

    `thread` is that of a question asked in a room; in private there is none. `begun`: a few words, to be completed.
    """
    _check(question.text, begun=begun)
    known = await requests.of_source(hands.tx, hands.account, source)
    if known is not None and known.status != Status.DRAFT:
        raise UserError(_("This request is sent already, so I do not change it. You may write a new one."))
    request = known or HelpRequest(
        account=hands.account,
        community=community.slug,
        requester=by,
        room_id=room_id,
        direct=thread is None,
        source=source,
        thread=thread,
        text="",
        status=Status.DRAFT,
        asked_at=hands.now,
    )
    case = await cases.of(hands, request)
    request.text, request.topic = question.text.strip(), _topic(case, question.text)
    request.peers, request.anonymous = question.peers, question.anonymous
    request.other_establishment, request.form = question.other_establishment, question.form
    request.held = speaks_of_emergency(question.text)
    await case.write()
    await hands.timers.set(hands.tx, DRAFT_TIMER, str(request.id), due_at=hands.now + DRAFT_KEPT)
    return case


def _topic(case: Case, words: str) -> str | None:
    """The topic that the words are about, if they say; none at all is needed where the community has none."""
    found = topics.inferred(words, case.topics)
    if found is None:
        return None if case.topics else WITHOUT_TOPIC
    return found.slug


async def is_missing(tx: Transaction, number: str, words: str) -> bool:
    """Whether these words, said alone in private, are what a draft lacks: more of the question, or a topic."""
    request = await requests.get(tx, number)
    if request is None or request.status != Status.DRAFT or request.held:
        return False
    known = await communities.topics_of(tx, request.community)
    return _is_begun(request) or (request.topic is None and topics.named(words, known) is not None)


async def fill(case: Case, words: str) -> None:
    """The topic, if just that is missing and named; else more words of the question. Raises UserError."""
    is_topic = _wants_topic(case) and not _is_begun(case.request) and topics.named(words, case.topics) is not None
    await (choose_topic(case, words) if is_topic else complete(case, words))


async def complete(case: Case, words: str) -> None:
    """More words for a draft. Raises UserError for what is none, or too long."""
    request = case.request
    text = f"{request.text} {words}".strip()
    _check(text)
    request.text, request.held = text, request.held or speaks_of_emergency(words)
    request.topic = request.topic or _topic(case, text)
    await case.write()


async def rewrite(case: Case, words: str) -> None:
    """Other words for a draft; its topic follows them if they name one. Raises UserError for what is none."""
    _check(words)
    request = case.request
    request.text, request.held = words, speaks_of_emergency(words)
    request.topic = _topic(case, words) or request.topic
    await case.write()


def _check(text: str, *, begun: bool = False) -> None:
    """`begun`: a few words that will be completed."""
    length = len(text.strip())
    if length < MINIMUM_TEXT and not begun:
        raise UserError(texts_before.refused(Refusal.TOO_SHORT))
    if length > texts_before.LONGEST:
        raise UserError(
            _(
                "Your question is too long to be read on a phone: {length} characters, at most {most}. "
                "Keep the essence."
            ).format(length=length, most=texts_before.LONGEST)
        )


async def question_waits(tx: Transaction, card: Card, item: str, now: datetime) -> bool:
    """Whether what somebody writes next is still their question."""
    return now < card.since + DRAFT_KEPT


async def may_ask(hands: Hands, person: str) -> None:
    """Raises UserError for somebody who has as many requests open as anybody may."""
    if len(await requests.of_person(hands.tx, person)) >= MAXIMUM_OPEN:
        raise UserError(texts_before.refused(Refusal.TOO_MANY_OPEN))


def is_whole(case: Case) -> bool:
    """Whether a draft can leave as it is: a yes to it does what it says."""
    request = case.request
    return not request.held and not _is_begun(request) and not _wants_topic(case)


def _is_begun(request: HelpRequest) -> bool:
    return len(request.text.strip()) < MINIMUM_TEXT


def _wants_topic(case: Case) -> bool:
    """In a community without topics whoever answers on everything is asked."""
    return case.request.topic is None and bool(case.topics)


async def shown(case: Case, library: Library) -> Text:
    """A draft as it would leave, with what may answer it already; or what is missing before it can."""
    request = case.request
    if request.held:
        return texts_before.held()
    if _is_begun(request):
        return texts_before.too_short(request)
    if _wants_topic(case):
        return texts_before.which_topic(topics.numbered(case.topics, language()))
    news_at = texts_before.day_and_hour(requests.news_after(case.now, case.manner), case.zone)
    closest = await _closest(case, library)
    return texts_before.question(request, case.subject, case.profile, closest=closest, news_at=news_at)


async def _closest(case: Case, library: Library) -> Hit | None:
    """The resource that may answer it already."""
    asked, community = case.request.text, case.request.community
    answer = await library.ask(case.tx, asked, community=community, today=case.now.date(), limit=1)
    return next(iter(answer.hits), None) if not answer.partial else None


async def ask_topic(case: Case) -> None:
    """Leave the topic of a draft open, so that its author is asked for one."""
    case.request.topic = None
    await case.write()


async def choose_topic(case: Case, words: str) -> None:
    """Another topic for a request. Raises UserError when the words name none."""
    found = topics.named(words, case.topics)
    if found is None:
        raise UserError(
            (_("I do not know the topic “{word}”.").format(word=words.strip()[:40]) + "\n" if words.strip() else "")
            + _("Which topic? Answer with its number, for example: `topic 3`")
            + f"\n{topics.numbered(case.topics, language())}"
        )
    case.request.topic = found.slug
    await case.write()


async def send(case: Case) -> Text | None:
    """The author says yes: it leaves, to colleagues or to volunteers. Raises NotNow.

    None where the author has just been told in this very conversation that nobody is available.
    """
    request = case.request
    await case.move(Trigger.SEND, by={Party.REQUESTER})
    request.sent_at = case.now
    await case.timers.cancel(case.tx, DRAFT_TIMER, str(request.id))
    if request.peers:
        return await ask_peers(case)
    await search.advance(case)
    if request.status == Status.UNTAKEN:
        return None if request.direct else texts_before.kept(case.subject)
    waits_until = request.opens_at if request.status == Status.OPEN else None
    news_at, asked = request.news_at or case.now, len(await case.offers())
    sent = texts_before.sent(case.subject, asked=asked, asked_at=waits_until, news_at=news_at, zone=case.zone)
    return Text.of(sent, await _say_where(case))


async def _say_where(case: Case) -> str:
    """Once, to somebody of whose work volunteers see nothing: that they may say where it is."""
    request = case.request
    if not request.direct or request.requester is None or texts_before.origin(case.profile):
        return ""
    return texts_before.say_where() if await profiles.first_asked(case.tx, request.requester) else ""


async def ask_peers(case: Case) -> Text:
    """Put the question to the room, without a name. Raises NotNow."""
    check_room(case)
    waits = case.request.status == Status.OPEN
    days = case.manner.days[Timer.PEERS_TO_VOLUNTEERS] if waits else None
    await case.move(Trigger.ASK_PEERS, by={Party.REQUESTER})
    await room_call.post(case)
    news_at = case.request.news_at or case.now
    return texts_before.asked_peers(case.subject, case.request, news_at=news_at, zone=case.zone, volunteers_in=days)


def check_room(case: Case) -> None:
    """Raises UserError when there is no room in which colleagues could be asked, or none in which we may write."""
    room_id = room_call.place(case)
    if room_id is None:
        raise UserError(_("This community has no room yet in which I could ask your colleagues."))
    if not rooms.may_write(case.directory, room_id):
        raise UserError(_("I may not write in the room in which I would ask your colleagues. You may tell its team."))
