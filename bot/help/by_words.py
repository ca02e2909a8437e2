"""What people do to a request by words: found by its number, allowed or refused, said back in one sentence."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from bot.communities.acting import Actor
from bot.communities.rules.roles import Role
from bot.errors import NotNow, UserError
from bot.events.text import Text, bullets
from bot.help import asking, requests, texts_after, texts_before
from bot.help import case as cases
from bot.help.case import Case
from bot.help.exchange import exchange, questions
from bot.help.offers import offers, search, volunteer_answers
from bot.help.rules.cards import OVER
from bot.help.rules.request import Party, Refusal, Status
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


Step = Callable[[Case, set[Party], str, HelpOffer | None], Awaitable[Text | None]]
"""What somebody who is these parties asks for, with these words behind; and the offer that was made to them."""


async def by_words(actor: Actor, number: str, words: str) -> Text | None:
    """`D-12 résolu`: take the step that the words ask for, or say what its status is. Raises UserError."""
    case = await cases.find(actor, number, lock=True)
    offer = await _offer(case.tx, case.request, actor.sender) if case is not None else None
    parties = _parties(actor, case.request, offer) if case is not None else set()
    if case is None or not parties or case.request.status == Status.DRAFT:
        raise UserError(_("I know of no request D-{number} that concerns you.").format(number=number))
    first, _space, rest = words.strip().partition(" ")
    step = _step(first)
    if first and step is None:
        sentence = _("I do not know what you mean by “{word}”. For example: `!expert D-{number} cancel`")
        raise UserError(sentence.format(word=first[:40], number=number))
    if step is None:
        return state(case)
    with explained():
        return await step(case, parties, rest.strip(), offer)


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


def _parties(actor: Actor, request: HelpRequest, offer: HelpOffer | None) -> set[Party]:
    """What the person is to the request at this moment."""
    moderator = (
        request.sent_at is not None  # what never left is its author's alone
        and actor.community is not None
        and actor.community.slug == request.community
        and not {Role.MODERATOR, Role.OPERATOR}.isdisjoint(actor.roles)
    )
    return requests.parties(request, actor.sender, offered=offer is not None, moderator=moderator)


async def _offer(tx: Transaction, request: HelpRequest, person: str) -> HelpOffer | None:
    """The offer of this request to the person, in its present search."""
    rows = await offers.of(tx, request)
    return next((one for one in rows if one.person == person), None)


def state(case: Case) -> Text:
    """The status of a request, as a sentence."""
    return texts_before.standing(case.subject, Status(case.request.status), case.name(case.request.expert))


async def listed(title: str, found: Sequence[Case]) -> Text:
    """Where several requests stand, below a title, in the language that is being spoken."""
    return Text.of(_(title), bullets(*map(state, found)))


async def _take(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text | None:
    return await volunteer_answers.yes(case, _proposed(offer))


async def _decline(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text | None:
    return await volunteer_answers.no(case, _proposed(offer))


def _proposed(offer: HelpOffer | None) -> HelpOffer:
    if offer is None:
        raise UserError(_("This request was not proposed to you."))
    return offer


async def _hand_over(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text:
    await exchange.hand_over(case, by=parties)
    return Text.of(_("It is noted: I am looking for somebody else. Thank you for having been there."))


async def solved(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None = None) -> Text:
    """The request has its answer. Raises NotNow."""
    await exchange.resolve(case, by=parties)
    return Text.of(_("**The request has its answer**: {subject}.").format(subject=case.subject))


async def _reopen(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may reopen a request."))
    await exchange.reopen(case)
    return texts_after.reopened(case.subject, helped=case.request.expert is not None)


async def _cancel(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text:
    await exchange.cancel(case, by=parties, reason=rest)
    request = case.request
    if Party.REQUESTER not in parties:
        key = f"help:{request.id}:cancelled:{request.version}"
        await case.tell(request.requester, lambda: texts_after.cancelled_by_team(case.subject, rest), key=key)
    return Text.of(_("The request {number} is closed.").format(number=texts_before.number(request)))


async def topic(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None = None) -> Text | None:
    """Another topic: of a draft it is shown again, of a request without anybody the search begins anew."""
    request = case.request
    if parties.isdisjoint({Party.REQUESTER, Party.MODERATOR}):
        raise UserError(_("Only whoever asked, or the community's team, may change the topic."))
    if request.status in OVER:
        raise NotNow(Refusal.WRONG_STATUS)
    if request.status not in (Status.DRAFT, Status.OPEN, Status.UNTAKEN):
        raise UserError(_("Volunteers have the request already: its topic does not change any more."))
    await asking.choose_topic(case, rest)
    if request.status == Status.DRAFT:
        return None
    request.wave, request.wave_at = 0, None
    await search.advance(case)
    return state(case)


async def _peers(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may put the question to the room."))
    return await asking.ask_peers(case)


async def _question(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text | None:
    if offer is not None and case.request.status in volunteer_answers.OPEN:
        if rest:
            return await questions.relay(case, rest)
        await questions.ask_for(case, offer.person)
        return None
    await exchange.wait_for_requester(case, by=parties)
    return await questions.ask_detail(case, rest)


async def _answer(case: Case, parties: set[Party], rest: str, offer: HelpOffer | None) -> Text | None:
    if Party.REQUESTER not in parties:
        raise UserError(_("Only whoever asked may answer."))
    if rest:
        return await questions.answer(case, rest)
    await questions.ask_answer(case)
    return None


_WORDS: Final[dict[Step, tuple[str, ...]]] = {
    _take: ("prendre", "oui", "take", "yes"),
    _decline: ("decliner", "non", "decline", "no"),
    _hand_over: ("passer", "transferer", "hand", "pass"),
    solved: ("resolu", "resolue", "resolved"),
    _reopen: ("rouvrir", "reopen"),
    _cancel: ("annuler", "cancel"),
    topic: ("sujet", "topic"),
    _peers: ("collegues", "pairs", "colleagues"),
    _question: ("preciser", "question", "clarify"),
    _answer: ("repondre", "answer"),
}
_LED: Final[dict[Step | None, set[Party]]] = {
    _cancel: {Party.REQUESTER},
    topic: {Party.REQUESTER},
    _hand_over: {Party.EXPERT},
    None: {Party.REQUESTER, Party.EXPERT, Party.OFFERED},
}
"""What the community's team may do to a request too, and to see it (None); with the parties who may in any case."""
STEPS: Final[dict[str, Step]] = {word: step for step, words in _WORDS.items() for word in words}
