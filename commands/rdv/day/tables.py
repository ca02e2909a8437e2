"""`!rdv R-9 table C-2`, or a number below the card: who comes chooses at which challenge they work."""

from collections.abc import Sequence

from bot import quotas
from bot.challenges.days import days
from bot.challenges.days import texts as day_texts
from bot.challenges.days.days import Table
from bot.challenges.rules.day import chosen
from bot.challenges.texts import titled as challenge_titled
from bot.dispatch.answer.cards import number as gesture_of
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.made import made_by
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.errors import UserError
from bot.events.events import ReactionAdded
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.meetups import meetups, rsvps
from bot.meetups.meetups import Meetup
from bot.meetups.rules.rsvp import COMING
from commands.own_words import plain
from commands.rdv.overview import command as rdv
from commands.rdv.texts import titled
from commands.rdv.which import ABOUT, refresh, source_of, which

TABLE = "meetup-table"
"""The tables, shown to somebody, and our answer to whoever chose one."""
BACK = frozenset({"aucune", "aucun", "rendre", "quitter", "non", "none", "no", "leave", "back"})


@rdv.verb(
    "table",
    "tables",
    usage=N_("rdv R-7 table C-2"),
    summary=N_("choose the challenge on which you work there; `table none` gives it back"),
    makes=quotas.ANSWER,
)
async def table(ctx: Context, words: Rest = NOTHING) -> Reply:
    meetup, rest = await which(ctx, words, lock=True)
    return await _said(ctx, meetup, rest)


@rdv.answer("table", about=ABOUT, takes_rest=True, makes=quotas.ANSWER)
async def in_reply(ctx: Context, item: str, rest: str) -> Reply | None:
    """« table 1 » below the card; « table ronde » is talk."""
    meetup = await meetups.get(ctx.tx, int(item), lock=True)
    found = await days.of_meetup(ctx.tx, meetup) if meetup is not None else ()
    meant = chosen(rest, [one.id or 0 for one in found]) is not None or not rest or plain(rest) in BACK
    return await _said(ctx, meetup, rest) if meetup is not None and (meant or ctx.direct) else None


async def _said(ctx: Context, meetup: Meetup, rest: str) -> Reply:
    tables = await days.tables(ctx.tx, meetup)
    if not tables:
        sentence = _("{title} ({reference}) is about no challenge: it has no tables.")
        raise UserError(sentence.format(**titled(meetup)))
    if not rest:
        return await _listed(ctx, meetup, tables)
    if plain(rest) in BACK:
        return await _give_back(ctx, meetup)
    return await _choose(ctx, meetup, tables, rest)


async def _listed(ctx: Context, meetup: Meetup, tables: Sequence[Table]) -> Reply:
    mine = await days.seat(ctx.tx, meetup, ctx.sender) if ctx.direct else None
    own = next((table for table in tables if mine is not None and table.challenge.id == mine.challenge), None)
    text = Text.of(
        _("**The tables** of {title} ({reference}):").format(**titled(meetup)),
        day_texts.listed(tables),
        _("Yours: table {rank}.").format(rank=own.rank) if own is not None else "",
        _("To choose one, answer with its number."),
    )
    return Reply(text, about=Ref(TABLE, str(meetup.id)), waits=not _closed(ctx, meetup))


def _closed(ctx: Context, meetup: Meetup) -> bool:
    return meetup.cancelled or ctx.now >= meetup.over_at


async def _choose(ctx: Context, meetup: Meetup, tables: Sequence[Table], words: str) -> Reply:
    """Sit down at one table, and at no other. Raises UserError."""
    if _closed(ctx, meetup):
        raise UserError(_("This meet-up is over or cancelled: tables are chosen no more."))
    number = chosen(words, [table.challenge.id or 0 for table in tables])
    meant = next((table for table in tables if table.challenge.id == number), None)
    if meant is None:
        raise UserError(
            _("Which table? By its number: `!rdv {reference} table 1`. To see them: `!rdv {reference} table`").format(
                reference=meetup.reference
            )
        )
    if not meant.is_open:
        sentence = _("{challenge} is given up: this table is closed. The others: `!rdv {reference} table`")
        challenge = challenge_titled(meant.challenge)
        raise UserError(sentence.format(challenge=challenge, reference=meetup.reference))
    mine = (await rsvps.roster(ctx.tx, meetup)).of(ctx.sender)
    if mine is None or mine.status not in COMING:
        raise UserError(
            _("Whoever comes chooses a table. First say that you come: `!rdv {reference} yes`").format(
                reference=meetup.reference
            )
        )
    await days.sit(ctx.tx, meetup, meant.challenge, ctx.sender, source=source_of(ctx.event), now=ctx.now)
    await refresh(ctx, meetup, cause=f"table:{ctx.event.event_id}")
    text = Text.of(
        _("**Noted**: table {rank}, {challenge}, at {title} ({reference}).").format(
            rank=meant.rank, challenge=challenge_titled(meant.challenge), **titled(meetup)
        ),
        _("To change it, choose another one; to give it back: `!rdv {reference} table none`").format(
            reference=meetup.reference
        ),
    )
    return Reply(text, about=Ref(TABLE, str(meetup.id)))


async def _give_back(ctx: Context, meetup: Meetup) -> Reply:
    if not await days.stand(ctx.tx, meetup, ctx.sender):
        return say(_("You had chosen no table at {title} ({reference}).").format(**titled(meetup)))
    await refresh(ctx, meetup, cause=f"table:{ctx.event.event_id}")
    return say(_given_back(meetup))


def _given_back(meetup: Meetup) -> str:
    sentence = _("Your table at {title} ({reference}) is given back. You still come.")
    return sentence.format(**titled(meetup))


rdv.belongs(TABLE, to=meetups.belongs_to, waits=meetups.waits)


@rdv.title(about=TABLE)
async def title(ctx: Context, item: str) -> str:
    found = await meetups.get(ctx.tx, int(item))
    return _("the tables, {title}").format(title=found.title) if found is not None else item


@rdv.taken_back(TABLE)
async def withdrawn(ctx: Context, source: str) -> Text | None:
    """Whoever deletes the message by which they chose a table gives it back, unless they chose again since."""
    number = await made_by(ctx, source, TABLE)
    meetup = await meetups.get(ctx.tx, int(number), lock=True) if number is not None else None
    mine = await days.seat(ctx.tx, meetup, ctx.sender) if meetup is not None else None
    if meetup is None or mine is None or mine.source != source:
        return None
    await days.stand(ctx.tx, meetup, ctx.sender)
    await refresh(ctx, meetup, cause=f"back:{ctx.event.event_id}")
    return Text.of(_given_back(meetup))


# ── by a number below the card ────────────────────────────────────────────────────────────────────────────


async def _tapped(ctx: Context, item: str, rank: int) -> Reply | None:
    """In a room the card alone answers a number below it; what is wrong with it is said to words, and in private."""
    meetup = await meetups.get(ctx.tx, int(item), lock=True)
    tables = await days.tables(ctx.tx, meetup) if meetup is not None else ()
    if meetup is None or not tables:
        return None
    silent = isinstance(ctx.event, ReactionAdded) and not ctx.direct
    try:
        reply = await _choose(ctx, meetup, tables, str(rank))
    except UserError:
        if silent:
            return None
        raise
    return None if silent else reply


async def _untapped(ctx: Context, item: str, rank: int) -> None:
    meetup = await meetups.get(ctx.tx, int(item), lock=True)
    found = await days.of_meetup(ctx.tx, meetup) if meetup is not None else ()
    mine = await days.seat(ctx.tx, meetup, ctx.sender) if meetup is not None else None
    if meetup is None or mine is None or rank > len(found) or mine.challenge != found[rank - 1].id:
        return
    await days.stand(ctx.tx, meetup, ctx.sender)
    await refresh(ctx, meetup, cause=ctx.event.event_id)


def _declare(rank: int) -> None:
    gesture = gesture_of(rank)
    for kind in (ABOUT, TABLE):

        @rdv.reaction(gesture, about=kind, makes=quotas.ANSWER, bare=kind == TABLE)
        async def tapped(ctx: Context, item: str) -> Reply | None:
            return await _tapped(ctx, item, rank)

        @rdv.reaction(gesture, about=kind, removed=True)
        async def untapped(ctx: Context, item: str) -> None:
            await _untapped(ctx, item, rank)


for _rank in range(1, 10):
    _declare(_rank)
