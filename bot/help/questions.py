"""Questions before deciding, and details asked afterwards: passed on, never kept."""

from collections.abc import Callable

from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import offers, requests
from bot.help.case import Case
from bot.help.rules.cards import OFFER, REQUEST
from bot.help.tables import HelpRequest
from bot.help.texts_before import LONGEST, number, quoted
from bot.i18n import _

Words = Callable[[str, str, HelpRequest], Text]


def how(request: HelpRequest) -> Text:
    """What to write after 🤔."""
    return Text.of(
        _("Write your question after these words, I pass it on without your name: `!expert {number} clarify`").format(
            number=number(request)
        ),
        _("The request stays proposed to you meanwhile."),
    )


async def relay(case: Case, words: str) -> Text:
    """A volunteer's question to the author, before deciding; neither learns who the other is."""
    if not words:
        return how(case.request)
    await _to_requester(case, words, _asks_before)
    return Text.of(_("Your question is passed on, without your name. I send you the answer."))


async def ask_detail(case: Case, words: str) -> Text:
    """The question of whoever helps already."""
    await _to_requester(case, words, _asks_detail)
    return Text.of(_("I have told the person who asked that you wait for a detail."))


def _asks_before(about: str, words: str, request: HelpRequest) -> Text:
    return Text.of(
        _("A volunteer has a question before deciding ({subject}):").format(subject=about),
        quoted(words),
        _("To answer: `!expert {number} answer` followed by your words. Nothing about a patient.").format(
            number=number(request)
        ),
        _("Without an answer the request goes on as planned."),
    )


def _asks_detail(about: str, words: str, request: HelpRequest) -> Text:
    return Text.of(
        _("The person who helps you waits for a detail ({subject}).").format(subject=about),
        quoted(words) if words else "",
        _("Answer in your private conversation, or: `!expert {number} answer` followed by your words").format(
            number=number(request)
        ),
    )


async def _to_requester(case: Case, words: str, text: Words) -> None:
    _readable(words)
    key = f"help:{case.request.id}:question:{case.request.version}"
    author, about = case.request.requester, case.about(REQUEST)
    await case.tell(author, lambda: text(case.subject.aside, words, case.request), key=key, about=about)


async def answer(case: Case, words: str) -> Text:
    """The author's answer goes to whoever helps, or to the volunteers who are being asked."""
    _readable(words)
    request = case.request
    if not words:
        raise UserError(
            _("Write your answer after the word: `!expert {number} answer …`").format(number=number(request))
        )

    def told() -> Text:
        return Text.of(_("About the request {subject}, its author adds:").format(subject=case.subject), quoted(words))

    concerned = await _concerned(case)
    if not concerned:
        raise UserError(_("Nobody waits for an answer to this request at the moment."))
    for person, offer in concerned:
        key = f"help:{request.id}:answer:{request.version}:{offer}:{int(case.now.timestamp())}"
        await case.tell(person, told, key=key, about=Ref(OFFER, str(offer)) if offer else None)
    return Text.of(_("It is passed on."))


async def _concerned(case: Case) -> list[tuple[str, int | None]]:
    if case.request.expert is not None and case.request.status in requests.CARRIED:
        return [(case.request.expert, None)]
    return [(one.person, one.id) for one in await case.offers() if one.status in offers.WAITING]


def _readable(words: str) -> None:
    if len(words) > LONGEST:
        raise UserError(_("That is too long to be read on a phone. Keep the essence."))
