"""From a question to a request: drafted, shown before it is sent, sent to colleagues or to volunteers."""

from dataclasses import dataclass
from datetime import timedelta

from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.tell import zone
from bot.errors import UserError
from bot.events.messages import Text
from bot.help import requests, room_call, search, settings, texts_before
from bot.help.about import subject
from bot.help.rules.request import MAXIMUM_OPEN, MINIMUM_TEXT, Party, Refusal, Status, Trigger
from bot.help.tables import HelpRequest
from bot.i18n import _, language
from bot.resources.library import Library
from bot.resources.search.index import Hit
from bot.text.emergency import speaks_of_emergency
from bot.volunteers import profiles, topics, volunteers

DRAFT_KEPT = timedelta(hours=24)
DRAFT_TIMER = "help_draft"
SHOWN_FIRST = 3


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
) -> HelpRequest:
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
    found = topics.inferred(question.text, await volunteers.topics(hands.tx, community.slug))
    request.text, request.topic = question.text.strip(), found.slug if found else None
    request.peers, request.anonymous = question.peers, question.anonymous
    request.other_establishment, request.form = question.other_establishment, question.form
    request.held = speaks_of_emergency(question.text)
    await requests.write(hands.tx, request)
    await hands.timers.set(hands.tx, DRAFT_TIMER, str(request.id), due_at=hands.now + DRAFT_KEPT)
    return request


async def complete(hands: Hands, request: HelpRequest, words: str) -> None:
    """More words for a draft. Raises UserError for what is none, or too long."""
    text = f"{request.text} {words}".strip()
    _check(text)
    request.text, request.held = text, request.held or speaks_of_emergency(words)
    if request.topic is None:
        found = topics.inferred(text, await volunteers.topics(hands.tx, request.community))
        request.topic = found.slug if found else None
    await requests.write(hands.tx, request)


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


async def may_ask(hands: Hands, person: str) -> None:
    """Raises UserError for somebody who has as many requests open as anybody may."""
    if len(await requests.of_person(hands.tx, person)) >= MAXIMUM_OPEN:
        raise UserError(texts_before.refused(Refusal.TOO_MANY_OPEN))


async def shown(hands: Hands, request: HelpRequest, library: Library) -> Text:
    """A draft: as it would leave, or why it goes nowhere."""
    return texts_before.emergency() if request.held else await preview(hands, request, library)


async def preview(hands: Hands, request: HelpRequest, library: Library) -> Text:
    """The request as it would leave, after what may answer it already."""
    community = await requests.community_of(hands.tx, request)
    manner = await settings.of(hands.tx, community)
    profile = await profiles.of(hands.tx, request.requester or "")
    about, found = await subject(hands.tx, request), await _found(hands, request, library)
    news_at = requests.news_after(hands.now, manner)
    listed = topics.numbered(await volunteers.topics(hands.tx, request.community), language())
    question = texts_before.question(request, about(), profile, topics=listed)
    first = texts_before.found(found, beside=question)
    return Text.of(first, question, texts_before.promise(news_at, zone(community), found=bool(first.lines)))


async def _found(hands: Hands, request: HelpRequest, library: Library) -> list[Hit]:
    answer = await library.ask(
        hands.tx, request.text, community=request.community, today=hands.now.date(), limit=SHOWN_FIRST
    )
    return [] if answer.partial else list(answer.hits)


async def choose_topic(hands: Hands, request: HelpRequest, words: str) -> None:
    """Another topic for a request. Raises UserError when the words name none."""
    known = await volunteers.topics(hands.tx, request.community)
    found = topics.named(words, known)
    if found is None:
        raise UserError(
            _("I do not know which topic you mean. Write topic followed by its number:")
            + f"\n{topics.numbered(known, language())}"
        )
    request.topic = found.slug
    await requests.write(hands.tx, request)


async def send(hands: Hands, request: HelpRequest) -> Text | None:
    """The author says yes: it leaves, to colleagues or to volunteers. Raises NotNow.

    None where the author has just been told in this very conversation that nobody is available.
    """
    await requests.move(hands, request, Trigger.SEND, by={Party.REQUESTER})
    request.sent_at = hands.now
    await hands.timers.cancel(hands.tx, DRAFT_TIMER, str(request.id))
    if request.peers:
        return await ask_peers(hands, request)
    await search.advance(hands, request)
    told = request.direct and request.status == Status.UNTAKEN
    return None if told else await sent_text(hands, request)


async def sent_text(hands: Hands, request: HelpRequest) -> Text:
    """What the author is told: since when volunteers are asked, and by when there is news."""
    community = await requests.community_of(hands.tx, request)
    about = await subject(hands.tx, request)
    if request.status == Status.UNTAKEN:
        return texts_before.kept(about())
    waits_until = request.opens_at if request.status == Status.OPEN else None
    return texts_before.sent(about(), asked_at=waits_until, news_at=request.news_at or hands.now, zone=zone(community))


async def ask_peers(hands: Hands, request: HelpRequest) -> Text:
    """Put the question to the room, without a name. Raises NotNow."""
    community = await requests.community_of(hands.tx, request)
    if not await room_call.post(hands, request):
        raise UserError(_("This community has no room yet in which I could ask your colleagues."))
    await requests.move(hands, request, Trigger.ASK_PEERS, by={Party.REQUESTER})
    about = await subject(hands.tx, request)
    return texts_before.asked_peers(about(), news_at=request.news_at or hands.now, zone=zone(community))
