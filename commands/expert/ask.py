"""`!expert`: put a question to volunteers, and follow it."""

import re
from functools import partial
from typing import Any

from bot import quotas
from bot.communities import Community, communities
from bot.dispatch.answer import form_timeout
from bot.dispatch.answer.asking_back.unclear import slip
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.place import own_drafts
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.hear.expected_answers import AFTER_A_COMMAND
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.help import asking, by_words, requests, texts_before
from bot.help import case as cases
from bot.help.asking import Question
from bot.help.case import Case
from bot.help.exchange import exchange, follow_up, questions
from bot.help.noun import NOUN
from bot.help.rules.cards import ANSWERED, BOARD, CALL, HELPING, MEETING, QUESTION, REQUEST, SEARCHING, USEFUL, WENT
from bot.help.rules.request import Party, Status
from bot.i18n import N_, _
from bot.text.plain_text import fold
from commands.expert.phrases import ASK, MINE, SOLVED, is_for_volunteers, is_question, is_solved
from commands.private import privately

command = Command(
    "expert",
    aliases=("demande", "demandes", "question", "experts", "ask"),
    summary=N_("put a question to volunteers"),
    place=20,
    items=NOUN.letter,
    examples=(N_("expert How do we choose a patient record in a nursing home?"), N_("expert mine")),
)

NUMBER = re.compile(r"[dD]\s?-?\s?(\d{1,9})[.,:;]?(?:\s+|$)")
PEERS, ANONYMOUS, ELSEWHERE = (
    frozenset({"collegues", "collegue", "pairs", "colleagues", "peers"}),
    frozenset({"anonyme", "anonymous"}),
    frozenset({"ailleurs", "elsewhere"}),
)
FORM = re.compile(r"(?:par|en|by|in) (\w+)(?:\s+|$)", re.IGNORECASE)
"""How somebody would like to be helped, before the question: `par téléphone`, `en visio`."""
FORMS = {
    "ecrit": "writing",
    "message": "writing",
    "writing": "writing",
    "telephone": "phone",
    "phone": "phone",
    "appel": "phone",
    "visio": "video",
    "video": "video",
}


async def _asks_rights(tx: Any, person: str, words: str) -> bool:
    """As the step behind a number."""
    named = NUMBER.match(words)
    return named is not None and await by_words.asks_rights(tx, person, named[1], words[named.end() :])


@command.run(
    usage=N_("expert <your question>"),
    makes=quotas.REQUEST,
    asks_rights=_asks_rights,
    phrases=ASK,
    fits=is_for_volunteers,
    surely=is_question,
)
async def ask(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    if not words.strip():
        return _which_question(ctx)
    if named := NUMBER.match(words):
        return await _by_words(ctx, named[1], _with_its_mark(ctx, words)[named.end() :])
    if len(words.split()) == 1 and (meant := await slip(ctx, f"{command.word} {words}")) is not None:
        return meant
    community, words = _community(ctx, words)
    question = _question(_with_its_mark(ctx, words))
    if question.anonymous and not ctx.direct:
        raise UserError(
            _("In a room your name stands above your question. Write it to me in private, or put it with your name.")
        )
    return await _draft(ctx, community, question)


def _which_question(ctx: Context) -> Reply:
    """In private the next message is the question; among people it needs the word before it."""
    if not ctx.direct:
        raise UserError(
            _("Write your question after the word, for example: `!{usage}`").format(usage=_(command.examples[0]))
        )
    asked = _("**What is your question?** Write it here; I show it to you before it leaves.")
    return Reply(Text.of(asked), about=Ref(QUESTION, the_community(ctx).slug), waits=True)


command.belongs(QUESTION, to=communities.named_by, waits=asking.question_waits)


@command.answer(
    "ma question", "my question", about=QUESTION, takes_rest=True, makes=quotas.REQUEST, alone=questions.is_said
)
async def question(ctx: Context, item: str, rest: str) -> Reply | None:
    """The question, said alone in private."""
    community = await communities.get(ctx.tx, item)
    if community is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(QUESTION, item), asker=ctx.sender)
    return await _draft(ctx, community, _question(rest))


@command.answer("annuler", "cancel", about=QUESTION)
async def nothing_to_ask(ctx: Context, item: str, rest: str) -> Reply:
    await ctx.outbox.close_cards(ctx.tx, Ref(QUESTION, item), asker=ctx.sender)
    return say(_("All right, I do nothing. Nothing has changed."))


async def _by_words(ctx: Context, number: str, words: str) -> Reply | None:
    """Take a step, or say what the status is; whoever asked in private reads that in private."""
    request = await requests.get(ctx.tx, number) if not words.strip() else None
    if request is not None and request.direct and request.requester == ctx.sender and request.status != Status.DRAFT:
        return await privately(ctx, partial(_state, await cases.of(ctx, request)))
    text = await by_words.by_words(ctx, number, words)
    return Reply(text) if text else None


async def _state(case: Case) -> Text:
    return by_words.state(case)


def _community(ctx: Context, words: str) -> tuple[Community, Rest]:
    """The only community here; in private, of several, the one that the first word names."""
    if ctx.community is not None:
        return ctx.community, Rest(words)
    first, _space, rest = words.partition(" ")
    for community in ctx.communities:
        if first.lower() == community.slug:
            return community, Rest(rest)
    return the_community(ctx), Rest(words)


def _with_its_mark(ctx: Context, words: str) -> str:
    """The question mark that stood behind a space is part of what volunteers read."""
    typed = ctx.text.rstrip()
    behind = typed.partition(words)[2].lstrip()
    marked = typed.endswith("?") or behind.startswith("?")
    return f"{words} ?" if marked and not words.endswith("?") else words


def _question(words: str) -> Question:
    """The question without the options that stand before it."""
    chosen: set[str] = set()
    form, rest = "", words.strip()
    while rest:
        named = FORM.match(rest)
        if named is not None and (wished := FORMS.get(fold(named[1]).text)):
            form, rest = wished, rest[named.end() :]
            continue
        first, _space, after = rest.partition(" ")
        option = next((kind for kind in (PEERS, ANONYMOUS, ELSEWHERE) if fold(first).text in kind), None)
        if option is None:
            break
        chosen |= option
        rest = after.strip()
    return Question(rest, bool(chosen & PEERS), bool(chosen & ANONYMOUS), bool(chosen & ELSEWHERE), form)


async def _draft(ctx: Context, community: Community, question: Question) -> Reply:
    await asking.may_ask(ctx, ctx.sender)
    source = ctx.replaces or ctx.event.event_id
    await give_way(ctx, source)
    thread = None if ctx.direct else ctx.thread or source
    case = await asking.draft(
        ctx,
        question,
        community=community,
        by=ctx.sender,
        room_id=ctx.room_id,
        thread=thread,
        source=source,
        begun=ctx.direct,
    )
    if question.peers:
        asking.check_room(case)
    return await shown(ctx, case)


async def give_way(ctx: Context, source: str) -> None:
    """One draft in a place: an earlier one of the person there is forgotten for what they ask now."""
    for item in {card.about.id for card in await own_drafts(ctx) if card.about}:
        earlier = await _mine(ctx, item, Status.DRAFT)
        if earlier is not None and earlier.request.source != source:
            await exchange.cancel(earlier, by={Party.SYSTEM})


async def shown(ctx: Context, case: Case) -> Reply:
    text = await asking.shown(case, ctx.library)
    gestures = (Gesture.YES, Gesture.NO) if asking.is_whole(case) else ()
    until = ctx.now + AFTER_A_COMMAND
    ctx.tx.after_commit.append(partial(ctx.listening.expect, ctx.room_id, ctx.sender, until=until, words=True))
    return Reply(text, about=case.about(REQUEST), gestures=gestures, waits=True)


async def _mine(ctx: Context, item: str, *statuses: Status) -> Case | None:
    """The author's own request in one of these statuses; anybody else's gesture is left without an answer."""
    case = await cases.find(ctx, item, lock=True)
    if case is None or case.request.requester != ctx.sender:
        return None
    return case if not statuses or case.request.status in statuses else None


async def is_draft(tx: Any, person: str, item: str) -> bool:
    request = await requests.get(tx, item)
    return request is not None and request.requester == person and request.status == Status.DRAFT


command.belongs(REQUEST, to=requests.belongs_to, waits=requests.waits, draft=is_draft)


@command.title(about=REQUEST)
@command.title(about=CALL)
@command.title(about=BOARD)
@command.title(about=MEETING)
@command.title(about=ANSWERED)
@command.title(about=WENT)
@command.title(about=USEFUL)
async def title(ctx: Context, item: str) -> str:
    case = await cases.find(ctx, item)
    if case is None or case.request.topic is None:
        return _("a question ({number})").format(number=f"D-{item}")
    return str(case.subject)


@command.reaction(Gesture.YES, about=REQUEST)
async def send(ctx: Context, item: str) -> Reply | None:
    case = await _mine(ctx, item)
    request = case.request if case is not None else None
    if request is not None and request.status == Status.CANCELLED and request.sent_at is None:
        return say(_("This question is no longer waiting, and nothing was sent. Write it again to ask it."))
    if case is None or case.request.held or case.request.status != Status.DRAFT:
        return None
    with by_words.explained():
        text = await asking.send(case)
    this = Ref(REQUEST, item)
    return Reply(text, about=this, instead=this) if text else None


@command.reaction(Gesture.NO, about=REQUEST)
async def drop(ctx: Context, item: str) -> Reply | None:
    case = await _mine(ctx, item, Status.DRAFT)
    return await _cancelled(case) if case else None


@command.answer("continuer", "continue", about=REQUEST, makes=quotas.REQUEST)
async def go_on(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item, Status.DRAFT)
    if case is None:
        return None
    case.request.held = False
    await case.write()
    return await shown(ctx, case)


@command.answer(
    *("sujet", "sujets", "topic", "topics", "changer de sujet", "autre sujet", "change topic", "change the topic"),
    about=REQUEST,
    takes_rest=True,
    makes=quotas.REQUEST,
)
async def change_topic(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item)
    if case is None:
        return None
    if not rest and case.request.status == Status.DRAFT:
        await asking.ask_topic(case)
        return await shown(ctx, case)
    with by_words.explained():
        text = await by_words.topic(case, {Party.REQUESTER}, rest)
    return Reply(text, about=Ref(REQUEST, item)) if text else await shown(ctx, case)


@command.answer(
    *("compléter", "completer", "complete"),
    about=REQUEST,
    takes_rest=True,
    makes=quotas.REQUEST,
    alone=asking.is_missing,
)
async def complete(ctx: Context, item: str, rest: str) -> Reply | None:
    """More words for a draft, behind those it has; in private what it lacks needs no word before it."""
    case = await _mine(ctx, item, Status.DRAFT)
    if case is None:
        return None
    await asking.fill(case, rest)
    return await shown(ctx, case)


@command.answer("forme", "form", about=REQUEST, takes_rest=True, makes=quotas.REQUEST)
async def form(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item, Status.DRAFT)
    if case is None:
        return None
    wished = next((FORMS[word] for word in fold(rest).text.split() if word in FORMS), None)
    if wished is None:
        raise UserError(_("For example: `form telephone`, `form video` or `form writing`"))
    case.request.form = wished
    await case.write()
    return await shown(ctx, case)


@command.answer("collègues", "collegues", "pairs", "colleagues", about=REQUEST, makes=quotas.REQUEST)
async def peers(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item)
    if case is None:
        return None
    asking.check_room(case)
    if case.request.status == Status.DRAFT:
        case.request.peers = True
        await case.write()
        return await shown(ctx, case)
    with by_words.explained():
        return Reply(await asking.ask_peers(case), about=Ref(REQUEST, item))


@command.answer("garder", "continuer à chercher", "keep", "go on", about=REQUEST, makes=quotas.REQUEST)
async def keep(ctx: Context, item: str, rest: str) -> Reply | None:
    """The author still wants an answer."""
    case = await _mine(ctx, item, *SEARCHING, *HELPING)
    return Reply(await follow_up.keep(case), about=Ref(REQUEST, item)) if case else None


@command.answer("annuler", "cancel", about=REQUEST)
async def cancel(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item)
    return await _cancelled(case) if case else None


async def _cancelled(case: Case) -> Reply:
    was_draft = case.request.status == Status.DRAFT
    with by_words.explained():
        await exchange.cancel(case, by={Party.REQUESTER})
    if was_draft:
        text = Text.of(_("**Nothing was sent**, and your question is forgotten."))
        return Reply(text, instead=case.about(REQUEST))
    return say(_("Your request {number} is closed.").format(number=texts_before.number(case.request)))


@command.answer(*SOLVED, reads=is_solved, about=REQUEST)
async def solved(ctx: Context, item: str, rest: str) -> Reply | None:
    case = await _mine(ctx, item)
    if case is None:
        return None
    with by_words.explained():
        return Reply(await by_words.solved(case, {Party.REQUESTER}, rest))


@command.reaction(Gesture.HAND_OVER, about=REQUEST, makes=quotas.REQUEST)
async def somebody_else(ctx: Context, item: str) -> Reply | None:
    """The author whose exchange never began asks for somebody else."""
    case = await _mine(ctx, item, *HELPING)
    if case is None:
        return None
    with by_words.explained():
        await exchange.hand_over(case, by={Party.SYSTEM})
    return say(_("I am looking for somebody else."))


@command.verb(
    "mes", "mienne", "miennes", "mine", usage=N_("expert mine"), summary=N_("see your requests"), phrases=MINE
)
async def mine(ctx: Context) -> Reply:
    asked = await requests.of_person(ctx.tx, ctx.sender)
    if not asked:
        return say(_("You have no open request. To ask: `!expert` followed by your question"))

    found = [await cases.of(ctx, request) for request in asked]

    told = partial(by_words.listed, N_("Your open requests:"), found)
    asked_here = all(not request.direct for request in asked)
    return Reply(await told()) if asked_here else await privately(ctx, told)


@command.timer(asking.DRAFT_TIMER)
async def forget_draft(moment: Moment, item: str) -> None:
    """Forget a draft that nobody sent, and say so to its author, who may believe that it has left."""
    request = await requests.free(moment.tx, item)
    if request is None or request.status != Status.DRAFT:
        return
    await exchange.cancel(await cases.of(moment, request), by={Party.SYSTEM})
    if request.requester:
        key, person = f"{asking.DRAFT_TIMER}:{item}", request.requester
        await form_timeout.tell(moment, key, room_id=request.room_id, person=person, community=request.community)
