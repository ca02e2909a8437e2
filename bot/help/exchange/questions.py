"""Questions before deciding, and details asked afterwards: a conversation through us, passed on and not stored."""

from bot.communities.tell import Words
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text, quote
from bot.help import requests
from bot.help.case import Case
from bot.help.offers import offers
from bot.help.rules.cards import CLARIFY, DETAIL, OFFER
from bot.help.rules.request import Party, Status, Trigger
from bot.help.texts_before import LONGEST, quoted
from bot.i18n import _
from bot.store.database import Transaction
from bot.text.emergency import speaks_of_emergency


def how(case: Case) -> Text:
    """What a volunteer reads after 🤔: their next message is the question."""
    return Text.of(
        _("**What is your question?** ({subject})").format(subject=case.subject.aside),
        _("Write it here, nothing about a patient. I show it to you, then pass it on without your name."),
    )


async def ask_for(case: Case, person: str) -> None:
    """Ask a volunteer in private what they would like to know."""
    key = f"help:{case.request.id}:clarify:{int(case.now.timestamp())}"
    await case.tell(person, lambda: how(case), key=key, about=case.about(CLARIFY), alone=True)


async def is_said(_tx: Transaction, _number: str, words: str) -> bool:
    """Whether a private message is what one was asked for; a cry for help is not passed on."""
    return bool(words.strip()) and not speaks_of_emergency(words)


def preview(case: Case, words: str) -> Text:
    """A volunteer's question before it is passed on."""
    return Text.of(
        _("**Your question, before I pass it on** ({subject})").format(subject=case.subject.aside),
        quote(quoted(words)),
    )


async def relay(case: Case, words: str) -> Text:
    """Pass a volunteer's question on before they decide; neither learns who the other is. Raises NotNow."""
    _check(words)
    await case.move(Trigger.ASK_BEFORE, by={Party.OFFERED})

    def text() -> Text:
        return Text.of(
            _("**A volunteer asks you before deciding** ({subject}):").format(subject=case.subject.aside),
            quote(quoted(words)),
            _("Your next message here is the answer, without your name. Nothing about a patient."),
        )

    await _to_requester(case, text)
    return Text.of(_("It is passed on, without your name. I send you the answer; you may still say yes or no."))


async def ask_detail(case: Case, words: str) -> Text:
    """Pass on the question of whoever helps already."""
    _check(words)

    def text() -> Text:
        return Text.of(
            _("**The person who helps you waits for a detail** ({subject}).").format(subject=case.subject.aside),
            quote(quoted(words)) if words else "",
            _("Your next message here is the answer; or talk in your conversation for two."),
        )

    await _to_requester(case, text)
    return Text.of(_("I have told the person who asked that you wait for a detail."))


async def _to_requester(case: Case, text: Words) -> None:
    key = f"help:{case.request.id}:question:{case.request.version}:{int(case.now.timestamp())}"
    await case.tell(case.request.requester, text, key=key, about=case.about(DETAIL))


async def ask_answer(case: Case) -> None:
    """Ask the author in private for the answer that they want to give."""

    def text() -> Text:
        return Text.of(
            _("**What is your answer?** ({subject})").format(subject=case.subject.aside),
            _("Your next message here is the answer, without your name. Nothing about a patient."),
        )

    await _to_requester(case, text)


async def answer(case: Case, words: str) -> Text:
    """The author's answer goes to whoever helps, or to the volunteers who are being asked. Raises UserError."""
    _check(words)
    if case.request.status == Status.AWAITING_REQUESTER:
        await case.move(Trigger.ANSWER, by={Party.REQUESTER})
    concerned = await _concerned(case)
    if not concerned:
        raise UserError(_("Nobody waits for an answer to this request at the moment."))

    def told() -> Text:
        return Text.of(
            _("**An answer from the person who asks** ({subject}):").format(subject=case.subject.aside),
            quote(quoted(words)),
            _("Can you help? ✅ yes, ❌ no, 🤔 another question") if case.request.expert is None else "",
        )

    for person, offer in concerned:
        key = f"help:{case.request.id}:answer:{case.request.version}:{offer}:{int(case.now.timestamp())}"
        await case.tell(person, told, key=key, about=Ref(OFFER, str(offer)) if offer else None)
    await case.outbox.close_cards(case.tx, case.about(DETAIL))
    return Text.of(_("It is passed on:"), quote(quoted(words)))


async def _concerned(case: Case) -> list[tuple[str, int | None]]:
    if case.request.expert is not None and case.request.status in requests.CARRIED:
        return [(case.request.expert, None)]
    return [(one.person, one.id) for one in await case.offers() if one.status in offers.WAITING]


def _check(words: str) -> None:
    if len(words) > LONGEST:
        raise UserError(_("That is too long to be read on a phone. Keep the essence."))
