"""What people do to a request by words: found by its number, allowed or refused, said back in one sentence."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from bot.communities.acting import Actor
from bot.communities.rules.roles import Role
from bot.communities.tell import name
from bot.errors import NotNow, UserError
from bot.events.messages import Text
from bot.help import asking, exchange, offers, questions, replies, requests, search, texts_before
from bot.help.about import subject
from bot.help.rules.request import Party, Refusal, Status, Trigger
from bot.help.tables import HelpOffer, HelpRequest
from bot.i18n import _
from bot.store.database import Transaction
from bot.text.plain_text import fold


@contextmanager
def explained() -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts_before.refused(Refusal(error.why))) from None


Step = Callable[[Actor, HelpRequest, set[Party], str], Awaitable[Text | None]]


async def by_words(actor: Actor, number: str, words: str) -> Text | None:
    """`D-12 résolu`: the step that the words ask for, or where the request stands. Raises UserError."""
    request = await requests.get(actor.tx, number, lock=True)
    parties = await parties_of(actor, request) if request is not None else set()
    if request is None or not parties or request.status == Status.DRAFT:
        raise UserError(_("I know of no request D-{number} that concerns you.").format(number=number))
    first, _space, rest = words.strip().partition(" ")
    step = _step(first)
    if first and step is None:
        sentence = _("I do not know what “{word}” does to a request. For example: !expert D-{number} cancel")
        raise UserError(sentence.format(word=first[:40], number=number))
    if step is None:
        return await state(actor, request)
    with explained():
        return await step(actor, request, parties, rest.strip())


def _step(word: str) -> Step | None:
    return STEPS.get(fold(word).text.strip(" .,;:!?"))


async def asks_rights(tx: Transaction, person: str, number: str, words: str) -> bool:
    """Whether only somebody of the team may take this step: what a person may do as a party to the request needs no
    right of theirs."""
    request, first = await requests.get(tx, number), words.strip().partition(" ")[0]
    step = _step(first)
    if request is None or step not in _LED or (first and step is None):
        return False
    offered = await _offer(tx, request, person) is not None
    own = requests.parties(request, person, offered=offered, moderator=False)
    return own.isdisjoint(_LED[step])


async def parties_of(actor: Actor, request: HelpRequest) -> set[Party]:
    """What the person is to the request at this moment."""
    offered = await own_offer(actor, request) is not None
    moderator = (
        request.sent_at is not None  # what never left is its author's alone
        and actor.community is not None
        and actor.community.slug == request.community
        and not {Role.MODERATOR, Role.OPERATOR}.isdisjoint(actor.roles)
    )
    return requests.parties(request, actor.sender, offered=offered, moderator=moderator)


async def own_offer(actor: Actor, request: HelpRequest) -> HelpOffer | None:
    """The offer of this request to the person, in its present search."""
    return await _offer(actor.tx, request, actor.sender)


async def _offer(tx: Transaction, request: HelpRequest, person: str) -> HelpOffer | None:
    rows = await offers.of(tx, request)
    return next((one for one in rows if one.person == person), None)


async def state(actor: Actor, request: HelpRequest) -> Text:
    """Where a request stands."""
    community = await requests.community_of(actor.tx, request)
    about = (await subject(actor.tx, request))()
    helper = name(actor, request.expert, community) if request.expert else ""
    return texts_before.standing(about, Status(request.status), helper)


async def _take(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text | None:
    offer = await own_offer(actor, request)
    if offer is None:
        raise UserError(_("This request was not proposed to you."))
    return await replies.yes(actor, request, offer)


async def _decline(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text | None:
    offer = await own_offer(actor, request)
    if offer is None:
        raise UserError(_("This request was not proposed to you."))
    return await replies.no(actor, request, offer)


async def hand_over(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    await exchange.hand_over(actor, request, by=parties)
    return Text.of(_("It is noted: I am looking for somebody else. Thank you for having been there."))


async def solved(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    await exchange.resolve(actor, request, by=parties)
    about = (await subject(actor.tx, request))()
    return Text.of(_("The request has its answer: {subject}.").format(subject=about))


async def _reopen(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may reopen a request."))
    await exchange.reopen(actor, request)
    return Text.of(
        _("Your request is open again: {number}. I first ask the person who helped you.").format(
            number=texts_before.number(request)
        )
    )


async def cancel(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    await exchange.cancel(actor, request, by=parties, reason=rest)
    if Party.REQUESTER not in parties:
        await replies.tell_cancelled(actor, request, rest)
    return Text.of(_("The request {number} is closed.").format(number=texts_before.number(request)))


async def topic(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text | None:
    """Another topic: of a draft it is shown again, of a request without anybody the search begins anew."""
    if parties.isdisjoint({Party.REQUESTER, Party.MODERATOR}):
        raise UserError(_("Only whoever asked, or the community's team, may change the topic."))
    if request.status in OVER:
        raise NotNow(Refusal.WRONG_STATUS)
    if request.status not in (Status.DRAFT, Status.OPEN, Status.UNTAKEN):
        raise UserError(_("Volunteers have the request already: its topic does not change any more."))
    await asking.choose_topic(actor, request, rest)
    if request.status == Status.DRAFT:
        return None
    request.wave, request.wave_at = 0, None
    await search.advance(actor, request)
    return await state(actor, request)


async def _peers(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may put the question to the room."))
    return await asking.ask_peers(actor, request)


async def _question(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    if Party.OFFERED in parties and request.status in exchange.OPEN:
        await requests.move(actor, request, Trigger.ASK_BEFORE, by=parties)
        return await questions.relay(actor, request, rest)
    await exchange.wait_for_requester(actor, request, by=parties)
    return await questions.ask_detail(actor, request, rest)


async def _answer(actor: Actor, request: HelpRequest, parties: set[Party], rest: str) -> Text:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may answer."))
    if request.status == Status.AWAITING_REQUESTER:
        await requests.move(actor, request, Trigger.ANSWER, by=parties)
    return await questions.answer(actor, request, rest)


OVER = (Status.RESOLVED, Status.CLOSED, Status.CANCELLED)
_WORDS: Final[dict[Step, tuple[str, ...]]] = {
    _take: ("prendre", "oui", "take", "yes"),
    _decline: ("decliner", "non", "decline", "no"),
    hand_over: ("passer", "transferer", "hand", "pass"),
    solved: ("resolu", "resolue", "resolved"),
    _reopen: ("rouvrir", "reopen"),
    cancel: ("annuler", "cancel"),
    topic: ("sujet", "topic"),
    _peers: ("collegues", "pairs", "colleagues"),
    _question: ("preciser", "question", "clarify"),
    _answer: ("repondre", "answer"),
}
_LED: Final[dict[Step | None, set[Party]]] = {
    cancel: {Party.REQUESTER},
    topic: {Party.REQUESTER},
    hand_over: {Party.EXPERT},
    None: {Party.REQUESTER, Party.EXPERT, Party.OFFERED},
}
"""What the community's team may do to a request too, and to see it (None); with the parties who may in any case."""
STEPS: Final[dict[str, Step]] = {word: step for step, words in _WORDS.items() for word in words}
