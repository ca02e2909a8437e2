"""How forms and lists go on: shown, answered, confirmed, given up. Commands use `begin` and `offer`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.communities.communities import name_in
from bot.communities.rules.roles import Role
from bot.dispatch.answer import form_timeout
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights import gate
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.hear.length import refuse_too_long
from bot.dispatch.menu.form import LIST_LASTS, PREVIEW_LASTS, QUESTION_LASTS, Choice, Draft, Form
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import _
from bot.mailbox import Dialogue, dialogues
from bot.mailbox.sending.outbox import Outbox
from bot.store.database import Transaction
from bot.text.patient_data import patient_data

SAID = "answered"
"""Where the draft of a form with questions has which message answered which."""


async def begin(ctx: Context, form: Form, draft: Draft, *, step: int = 0) -> Reply:
    """Ask the form's question `step`, or show its preview. What the person was filling in here before is given up."""
    lasts = QUESTION_LASTS if form.steps else PREVIEW_LASTS
    number = await _open(ctx, dialogues.FORM, form.name, draft, lasts=lasts, step=step)
    dialogue = await dialogues.get(ctx.tx, str(number))
    assert dialogue is not None
    if form.steps and not form.saves:  # nothing is lost when its time is over, so nobody is told
        await form_timeout.arm(ctx, dialogue)
    return await shown(ctx, form, dialogue)


async def offer(ctx: Context, choice: Choice, data: Draft, text: Text, *, gestures: Sequence[Gesture] = ()) -> Reply:
    """Show a list: for LIST_LASTS the person, and nobody else, may answer it without replying to it."""
    number = await _open(ctx, dialogues.LIST, choice.name, data, lasts=LIST_LASTS)
    return Reply(text, about=Ref(choice.name, str(number)), gestures=tuple(gestures))


async def shown(ctx: Context, form: Form, dialogue: Dialogue) -> Reply:
    """The form's current question, or its preview, as a reply."""
    about = Ref(form.name, str(dialogue.id))
    if asks_words(form, dialogue):
        _listen(ctx, dialogue.expires_at, everything=True)
        text = await form.steps[dialogue.step].ask(ctx, dict(dialogue.data))
        stop = _("To stop: `cancel`. To go back: `back`.") if dialogue.step else _("To stop: `cancel`")
        return Reply(Text.of(text, stop), about=about, waits=True)
    _listen(ctx, dialogue.expires_at)
    text = await form.preview(ctx, _draft(dialogue))
    question = _(form.question) if form.question else ""
    text = Text.of(_which_community(ctx, form), text, question)
    return Reply(text, about=about, gestures=(Gesture.YES, Gesture.NO), waits=True)


def _which_community(ctx: Context, form: Form) -> str:
    """In private, for a team's change in one of several communities, the line that names it; else empty."""
    if form.role is Role.MEMBER or ctx.community is None or not ctx.direct or len(ctx.communities) < 2:
        return ""
    name = name_in(ctx.community, ctx.language)
    return _("In the community {community}:").format(community=name)


def _draft(dialogue: Dialogue) -> Draft:
    """What was answered so far, without where."""
    return {name: value for name, value in dialogue.data.items() if name != SAID}


def asks_words(form: Form, dialogue: Dialogue) -> bool:
    """Whether the form is at a question, which the person answers in their own words."""
    return dialogue.step < len(form.steps)


async def answer(ctx: Context, form: Form, dialogue: Dialogue, text: str) -> Reply | None:
    """Take the answer to the current question and show the next step. Raises UserError for one that does not fit."""
    if ctx.now >= dialogue.expires_at:
        return await too_late(ctx, dialogue)
    refuse_too_long(ctx.event)
    there = await gate.begun(ctx, dialogue)
    if there is None:
        return await _over(ctx, dialogue)
    draft = await gate.take(there, form, dialogue, text, step=dialogue.step)
    _refuse_patient_data(draft)
    said = {**dialogue.data.get(SAID, {}), ctx.event.event_id: dialogue.step}
    return await _to(there, form, dialogue, await _next(there, form, dialogue.step, draft), draft | {SAID: said})


async def _next(ctx: Context, form: Form, step: int, draft: Draft) -> int:
    """The step behind this one; questions that have their answer already are passed over."""
    step += 1
    while step < len(form.steps) and (has := form.steps[step].has_answer) and await has(ctx, draft):
        step += 1
    return step


async def amend(ctx: Context, form: Form, dialogue: Dialogue, text: str) -> Reply | None:
    """The person changed the message that answered an earlier question: take it anew, and go on from here."""
    step = dialogue.data.get(SAID, {}).get(ctx.replaces)
    refuse_too_long(ctx.event)
    there = await gate.begun(ctx, dialogue)
    if step is None or there is None:
        return None
    draft = await gate.take(there, form, dialogue, text, step=step)
    _refuse_patient_data(draft)
    return await _to(there, form, dialogue, dialogue.step, draft)


def amends(dialogue: Dialogue | None, source: str) -> bool:
    """Whether a message answered a question of a form that is still open."""
    return dialogue is not None and dialogue.status == dialogues.OPEN and source in dialogue.data.get(SAID, {})


async def back(ctx: Context, form: Form, dialogue: Dialogue) -> Reply | None:
    """Ask the question before again."""
    if ctx.now >= dialogue.expires_at:
        return await too_late(ctx, dialogue)
    there = await gate.begun(ctx, dialogue)
    if there is None:
        return await _over(ctx, dialogue)
    return await _to(there, form, dialogue, max(0, dialogue.step - 1), dict(dialogue.data))


async def confirm(ctx: Context, form: Form, dialogue: Dialogue) -> Reply | None:
    """Yes to a preview: it is done, if the person still may."""
    if asks_words(form, dialogue):
        return None
    if ctx.now >= dialogue.expires_at:
        return await too_late(ctx, dialogue)
    there = await gate.begun(ctx, dialogue)
    if there is None:
        return await _over(ctx, dialogue)
    try:
        return await _done(there, form, dialogue)
    except UserError as error:
        error.ends = str(dialogue.id)
        raise


async def _done(there: Context, form: Form, dialogue: Dialogue) -> Reply | None:
    await require(there, form.role)
    draft = _draft(dialogue)
    await end(there, dialogue, dialogues.DONE)
    reply = await gate.done(there, form, draft)
    return reply if form.suggests else _instead_of(dialogue, reply)


def _instead_of(dialogue: Dialogue, reply: Reply | None) -> Reply | None:
    """A plain result takes the place of its preview; one that may be answered itself is a message of its own."""
    if reply is None or reply.about is not None or reply.gestures or reply.files is not None:
        return reply
    return replace(reply, instead=Ref(dialogue.name, str(dialogue.id)))


async def failed(tx: Transaction, outbox: Outbox, number: str) -> None:
    """Close a preview by its number: the person said yes, but doing it failed and was rolled back."""
    dialogue = await dialogues.get(tx, number)
    if dialogue is not None and dialogue.status == dialogues.OPEN:
        await outbox.close_cards(tx, Ref(dialogue.name, number))
        await dialogues.close(tx, dialogue, status=dialogues.CANCELLED)


async def too_late(ctx: Context, dialogue: Dialogue) -> Reply:
    """Cancel a form that has expired; returns the sentence that says so."""
    stays = await form_timeout.stays(ctx, ctx.menu, dialogue)
    await end(ctx, dialogue, dialogues.CANCELLED)
    again = _("This has waited for too long and was not done. Please write the command again.")
    return Reply(stays) if stays is not None else say(again)


async def not_tapped(_ctx: Context) -> Reply:
    """The reply to a bare yes among people to a form that has to be `tapped`."""
    return say(_("If this is for me: put ✅ under what I showed you, or reply “yes” to it. Nothing is done yet."))


async def give_up(ctx: Context, dialogue: Dialogue) -> Reply | None:
    """Cancel a form after no or `annuler`; returns the sentence that says so."""
    form = ctx.menu.form(dialogue.name)
    if form is not None and form.saves:
        return await _saved(ctx, form, dialogue)
    stays = await form_timeout.stays(ctx, ctx.menu, dialogue)
    await end(ctx, dialogue, dialogues.CANCELLED)
    return _instead_of(dialogue, Reply(stays or Text.of(_("All right, I do nothing. Nothing has changed."))))


async def _saved(ctx: Context, form: Form, dialogue: Dialogue) -> Reply | None:
    """End a form whose answers are stored already."""
    draft = dict(dialogue.data)
    await end(ctx, dialogue, dialogues.DONE)
    return await gate.done(ctx, form, draft)


async def end(ctx: Context, dialogue: Dialogue, status: str) -> None:
    """End a dialogue with this status: close its cards, cancel its timer, stop expecting its answer."""
    await ctx.outbox.close_cards(ctx.tx, Ref(dialogue.name, str(dialogue.id)))
    await dialogues.close(ctx.tx, dialogue, status=status)
    if _has_questions(ctx, dialogue.name):
        await form_timeout.disarm(ctx, dialogue)
    ctx.tx.after_commit.append(partial(ctx.listening.answered, dialogue.room_id, dialogue.person))


async def _over(ctx: Context, dialogue: Dialogue) -> Reply | None:
    """Cancel a dialogue whose person has left the community in which they began it."""
    await end(ctx, dialogue, dialogues.CANCELLED)
    return gate.outside(ctx)


async def _to(ctx: Context, form: Form, dialogue: Dialogue, step: int, draft: Draft) -> Reply | None:
    lasts = QUESTION_LASTS if step < len(form.steps) else PREVIEW_LASTS
    await dialogues.move(ctx.tx, dialogue, step=step, data=draft, expires_at=ctx.now + lasts)
    if form.saves:
        return await (shown if asks_words(form, dialogue) else _saved)(ctx, form, dialogue)
    await form_timeout.arm(ctx, dialogue)
    return await shown(ctx, form, dialogue)


async def _open(ctx: Context, kind: str, name: str, data: Draft, *, lasts: timedelta, step: int = 0) -> int:
    await _give_way(ctx, kind)
    until = ctx.now + lasts
    number = await dialogues.start(
        ctx.tx,
        account=ctx.account,
        room_id=ctx.room_id,
        person=ctx.sender,
        kind=kind,
        name=name,
        data=data,
        opened_at=min(ctx.event.sent_at, ctx.now),  # the homeserver's clock dates the answer too
        expires_at=until,
        community=ctx.community.slug if ctx.community else None,
        step=step,
    )
    _listen(ctx, until)
    return number


def _has_questions(ctx: Context, name: str) -> bool:
    form = ctx.menu.form(name)
    return form is not None and bool(form.steps)


async def _give_way(ctx: Context, kind: str) -> None:
    """End the person's earlier form or list here. A list has no open cards, timer or own words to end with it."""
    if kind == dialogues.LIST:
        await dialogues.replace(ctx.tx, ctx.account, ctx.room_id, ctx.sender, kind)
        return
    earlier = await dialogues.current(ctx.tx, ctx.account, ctx.room_id, ctx.sender, kind)
    if earlier is not None:
        await end(ctx, earlier, dialogues.REPLACED)


def _listen(ctx: Context, until: datetime, *, everything: bool = False) -> None:
    expect = partial(ctx.listening.expect, ctx.room_id, ctx.sender, until=until, everything=everything)
    ctx.tx.after_commit.append(expect)


def _refuse_patient_data(draft: Draft) -> None:
    """Raise UserError if the answers together hold patient data, as a name in one and a date of birth in another."""
    if patient_data.check("\n".join(value for value in draft.values() if isinstance(value, str))):
        raise UserError(_("Together, your answers seem to hold data about a patient. Please answer without it."))
