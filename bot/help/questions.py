"""Questions before deciding, and details asked afterwards: passed on, never kept."""

from collections.abc import Callable

from bot.communities.acting import Actor, Hands
from bot.errors import UserError
from bot.events.messages import Ref, Text
from bot.help import offers, requests
from bot.help.about import subject, tell
from bot.help.rules.cards import OFFER, REQUEST
from bot.help.tables import HelpRequest
from bot.help.texts_before import LONGEST, number, quoted
from bot.i18n import _

Words = Callable[[str, str, HelpRequest], Text]


def how(request: HelpRequest) -> Text:
    """What to write after 🤔."""
    return Text.of(
        _("Write your question after these words, I pass it on without your name: !expert {number} clarify").format(
            number=number(request)
        ),
        _("The request stays proposed to you meanwhile."),
    )


async def relay(actor: Actor, request: HelpRequest, words: str) -> Text:
    """A volunteer's question to the author, before deciding; neither learns who the other is."""
    if not words:
        return how(request)
    await _to_requester(actor, request, words, _asks_before)
    return Text.of(_("Your question is passed on, without your name. I send you the answer."))


async def ask_detail(actor: Actor, request: HelpRequest, words: str) -> Text:
    """The question of whoever helps already."""
    await _to_requester(actor, request, words, _asks_detail)
    return Text.of(_("I have told the person who asked that you wait for a detail."))


def _asks_before(about: str, words: str, request: HelpRequest) -> Text:
    return Text.of(
        _("A volunteer has a question before deciding ({subject}):").format(subject=about),
        quoted(words),
        _("To answer: !expert {number} answer followed by your words. Nothing about a patient.").format(
            number=number(request)
        ),
        _("Without an answer the request goes on as planned."),
    )


def _asks_detail(about: str, words: str, request: HelpRequest) -> Text:
    return Text.of(
        _("The person who helps you waits for a detail ({subject}).").format(subject=about),
        quoted(words) if words else "",
        _("Answer in your private conversation, or: !expert {number} answer followed by your words").format(
            number=number(request)
        ),
    )


async def _to_requester(actor: Actor, request: HelpRequest, words: str, text: Words) -> None:
    _readable(words)
    if request.requester is None:
        return
    community = await requests.community_of(actor.tx, request)
    about = await subject(actor.tx, request)
    await tell(
        actor,
        request.requester,
        community,
        lambda: text(about().aside, words, request),
        key=f"help:{request.id}:question:{request.version}",
        about=Ref(REQUEST, str(request.id)),
        of=request,
    )


async def answer(actor: Actor, request: HelpRequest, words: str) -> Text:
    """The author's answer goes to whoever helps, or to the volunteers who are being asked."""
    _readable(words)
    if not words:
        raise UserError(_("Write your answer after the word: !expert {number} answer …").format(number=number(request)))
    community = await requests.community_of(actor.tx, request)
    about = await subject(actor.tx, request)

    def told() -> Text:
        return Text.of(_("About the request {subject}, its author adds:").format(subject=about()), quoted(words))

    concerned = await _concerned(actor, request)
    if not concerned:
        raise UserError(_("Nobody waits for an answer to this request at the moment."))
    for person in concerned:
        about_offer = Ref(OFFER, str(person[1])) if person[1] else None
        key = f"help:{request.id}:answer:{request.version}:{person[1]}:{int(actor.now.timestamp())}"
        await tell(actor, person[0], community, told, key=key, about=about_offer, of=request)
    return Text.of(_("It is passed on."))


async def _concerned(hands: Hands, request: HelpRequest) -> list[tuple[str, int | None]]:
    if request.expert is not None and request.status in requests.CARRIED:
        return [(request.expert, None)]
    return [(one.person, one.id) for one in await offers.of(hands.tx, request) if one.status in offers.WAITING]


def _readable(words: str) -> None:
    if len(words) > LONGEST:
        raise UserError(_("That is too long to be read on a phone. Keep the essence."))
