"""The programme of a meet-up: its agenda, and accounts of experience that members propose."""

from datetime import timedelta
from functools import partial

from bot import quotas
from bot.communities.people import members
from bot.communities.tell import Words, tell, worded
from bot.contributors import returns
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets, quote
from bot.i18n import N_, _
from bot.meetups import MeetupNote, meetups, notes
from bot.meetups.meetups import Meetup
from commands.rdv.changes.change import unchangeable
from commands.rdv.members import is_gone
from commands.rdv.overview import command as rdv
from commands.rdv.texts import Present, titled, when
from commands.rdv.which import (
    ABOUT_RETEX,
    its_language,
    may_lead,
    present,
    refresh,
    require_lead,
    source_of,
    take_reference,
    which,
)

SAID = "retex-said"
"""The answer to whoever proposed something: changing or deleting their message changes or withdraws it."""
MOST_LINES = 10
LATEST = timedelta(days=366)


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    """Adding to the programme needs a right; reading it does not."""
    return bool(take_reference(words)[1])


@rdv.verb(
    "odj",
    "programme",
    "agenda",
    usage=N_("rdv R-7 agenda sorting of waste"),
    summary=N_("add to the programme"),
    led=True,
    makes=quotas.CHANGE,
    asks_rights=_asks_rights,
)
async def agenda(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, text = await which(ctx, words)
    if not text:
        return await _programme(ctx, meetup)
    await require_lead(ctx, meetup)
    source = source_of(ctx.event)
    earlier = await notes.by_source(ctx.tx, source)
    if earlier is not None:
        await notes.rewrite(ctx.tx, earlier, notes.AGENDA, text)
    else:
        await notes.add(ctx.tx, meetup, notes.AGENDA, text, author=ctx.sender, source=source, now=ctx.now)
    await refresh(ctx, meetup, cause=ctx.event.event_id)
    return await _programme(ctx, meetup)


async def _programme(ctx: Context, meetup: Meetup) -> Reply:
    lines = await notes.programme(ctx.tx, meetup)
    sentence = (
        _("On the programme of **{title}** ({reference}):")
        if lines
        else _("Nothing is on the programme of {title} ({reference}) yet.")
    )
    return say(sentence.format(**titled(meetup)), bullets(*lines[:MOST_LINES]))


@rdv.verb(
    "retex",
    "témoignage",
    "experience",
    usage=N_("rdv R-7 retex our sorting of waste"),
    summary=N_("offer to share your experience"),
    makes=quotas.RETEX,
)
async def retex(ctx: Context, words: Rest) -> Reply:
    meetup, text = await which(ctx, words)
    if meetup.cancelled or meetup.start <= ctx.now:
        raise UserError(unchangeable(meetup, ctx.now))
    if not text:
        raise UserError(
            _("Tell it in a few words. For example: `!rdv {reference} retex our sorting of waste`").format(
                reference=meetup.reference
            )
        )
    members.require(ctx.directory, meetup.series.room_id)
    if not ctx.directory.has_member(meetup.series.room_id, meetup.series.organiser):
        raise UserError(
            _(
                "The person who organised it has left this room. Somebody of the team may take over: `!rdv "
                "{reference} takeover`"
            ).format(reference=meetup.reference)
        )
    source = source_of(ctx.event)
    note = await notes.by_source(ctx.tx, source)
    if note is not None and note.status != notes.PROPOSED:
        sentence = _("That was decided already: changing your message changes nothing.")
        return Reply(Text.of(sentence), about=Ref(SAID, str(note.id)))
    if note is not None:
        await notes.rewrite(ctx.tx, note, notes.RETEX, text)
        await _show_organiser(ctx, meetup, note)
    else:
        note = await _propose(ctx, meetup, text, source)
    return Reply(
        Text.of(
            _("Thank you. I ask the person who organises; you will hear from me in private."),
            quote(note.text),
            _("To change it, edit your message; to withdraw it, delete it."),
        ),
        about=Ref(SAID, str(note.id)),
    )


async def _propose(ctx: Context, meetup: Meetup, text: str, source: str) -> MeetupNote:
    await notes.add(
        ctx.tx, meetup, notes.RETEX, text, author=ctx.sender, source=source, now=ctx.now, status=notes.PROPOSED
    )
    note = await notes.by_source(ctx.tx, source)
    assert note is not None
    words, language = await _proposal(ctx, meetup, note), await its_language(ctx, meetup)
    about, yes_no = Ref(ABOUT_RETEX, str(note.id)), (Gesture.YES, Gesture.NO)
    await returns.given(ctx.tx, about, ctx.sender, community=meetup.series.community, now=ctx.now)
    await tell(ctx, meetup.series.organiser, words, key=_asked(note), language=language, about=about, gestures=yes_no)
    return note


def _asked(note: MeetupNote) -> str:
    """The key of what the organiser is asked."""
    return f"retex:{note.id}"


async def _proposal(ctx: Context, meetup: Meetup, note: MeetupNote) -> Words:
    now = await present(ctx, meetup)

    def words() -> Text:
        who = ctx.directory.name_of(meetup.series.room_id, note.author)
        return Text.of(
            _("**{who}** offers to share an experience at {title} ({reference}), {when}:").format(
                who=who, **titled(meetup), when=when(meetup, now)
            ),
            quote(note.text),
            _("Without an answer it stays a proposal."),
            _("**Put it on the programme?** ✅ yes, ❌ no"),
        )

    return words


async def _show_organiser(ctx: Context, meetup: Meetup, note: MeetupNote, *, withdrawn: bool = False) -> None:
    """What the organiser was asked follows the message of whoever proposed it."""
    words = partial(_taken_back, meetup) if withdrawn else await _proposal(ctx, meetup, note)
    language = await its_language(ctx, meetup)
    message = await worded(ctx.tx, meetup.series.organiser, words, language=language, rings=True)
    key = f"{_asked(note)}:{ctx.event.event_id}"
    await ctx.outbox.edit(ctx.tx, message, key=key, of=_asked(note), now=ctx.now)


def _taken_back(meetup: Meetup) -> Text:
    return Text.of(
        _("The account of experience proposed for {title} ({reference}) is withdrawn.").format(**titled(meetup))
    )


@rdv.taken_back(SAID)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes what they proposed, or noted in a meet-up's thread, takes it back."""
    mine = await notes.of_message(ctx.tx, source)
    for note in mine:
        meetup = await meetups.get(ctx.tx, note.meetup)
        await notes.remove(ctx.tx, note)
        if meetup is not None:
            await _take_off(ctx, meetup, note)
    return Text.of(_("It is withdrawn.")) if mine else None


async def _take_off(ctx: Context, meetup: Meetup, note: MeetupNote) -> None:
    about = Ref(ABOUT_RETEX, str(note.id))
    await ctx.outbox.close_cards(ctx.tx, about)
    await returns.taken_back(ctx.tx, about)
    if note.status == notes.PROPOSED:
        await _show_organiser(ctx, meetup, note, withdrawn=True)
    elif note.kind in (notes.AGENDA, notes.RETEX):
        await refresh(ctx, meetup, cause=f"back:{ctx.event.event_id}:{note.id}")


rdv.belongs(ABOUT_RETEX, to=notes.belongs_to, waits=notes.waits)


@rdv.reaction(Gesture.YES, about=ABOUT_RETEX, asks_rights=True, makes=quotas.CHANGE)
async def accept(ctx: Context, item: str) -> Reply | None:
    return await _decide(ctx, item, notes.KEPT)


@rdv.reaction(Gesture.NO, about=ABOUT_RETEX, asks_rights=True, makes=quotas.CHANGE)
async def decline(ctx: Context, item: str) -> Reply | None:
    return await _decide(ctx, item, notes.DECLINED)


async def _decide(ctx: Context, item: str, status: str) -> Reply | None:
    note = await notes.get(ctx.tx, int(item))
    meetup = await meetups.get(ctx.tx, note.meetup) if note is not None else None
    if note is None or meetup is None or note.status != notes.PROPOSED or not await may_lead(ctx, meetup):
        return None
    await notes.settle(ctx.tx, note, status)
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT_RETEX, item))
    if status == notes.KEPT:
        await refresh(ctx, meetup, cause=f"retex:{item}")
    if not await is_gone(ctx, meetup, note.author):
        words = partial(_decided, meetup, await present(ctx, meetup), status)
        await returns.ended(ctx, Ref(ABOUT_RETEX, item), status, words)
    return say(
        _("Done: it is on the programme, and the person who proposed it knows.")
        if status == notes.KEPT
        else _("Noted: it is not on the programme, and the person who proposed it knows.")
    )


def _decided(meetup: Meetup, now: Present, status: str) -> Text:
    sentence = (
        _("Your account of experience is on the programme of “{title}” ({reference}), {when}. Thank you.")
        if status == notes.KEPT
        else _(
            "Your account of experience is not on this programme: “{title}” ({reference}), {when}. "
            "Thank you for proposing it."
        )
    )
    return Text.of(sentence.format(**titled(meetup), when=when(meetup, now)))
