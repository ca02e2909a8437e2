"""`!moi profil`: says who one is at work, question by question or at once; nothing of it has to be said."""

from dataclasses import asdict, replace
from functools import partial

from bot import quotas
from bot.communities import communities
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft, Step
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import N_, _
from bot.meetups import rsvps
from bot.text.plain_text import fold
from bot.volunteers import Profile, profiles
from bot.volunteers.rules.profile_words import Given, of_sentence
from commands.moi import profile_fields as fields
from commands.moi.phrases import AT_WORK, WORKPLACE
from commands.private import privately

command = Command(
    "profil",
    under="moi",
    aliases=("profile",),
    summary=N_("say where you work, and as what"),
    examples=(N_("me profile"), N_("me profile profession nurse")),
    listed=False,
)
ABOUT = "profile"
"""The kind of the card that asks in private whether to begin; its item is the community in whose room it was asked."""
PASS = frozenset({"passer", "passe", "je passe", "skip", "pass", "non", "no", "rien", "nothing", "-"})
ERASE = frozenset({"effacer", "efface", "supprimer", "erase", "delete"})


@command.run(usage=N_("me profile nurse, Brittany"), makes=quotas.SETTING, phrases=WORKPLACE)
async def profile(ctx: Context, words: Rest = NOTHING) -> Reply:
    row = await profiles.of(ctx.tx, ctx.sender)
    if not words:
        return await (_ask_on if ctx.direct else _ask_in_private)(ctx, row)
    if fold(words).text.strip(" .!") in ERASE:
        return await begin(ctx, CLEAR, {})
    name, rest = fields.named(words)
    if name is not None and fold(rest).text in ERASE:
        await profiles.clear(ctx.tx, row, name)
    else:
        await _give(ctx, row, fields.read(name, rest) if name is not None else fields.listed(words))
    return await privately(ctx, partial(fields.noted, ctx, row))


async def _give(ctx: Context, row: Profile, given: Given) -> None:
    """Store it, and count the holidays of another territory in the reminders that are planned."""
    before = await profiles.holidays(ctx.tx, ctx.sender)
    await profiles.give(ctx.tx, row, given)
    if await profiles.holidays(ctx.tx, ctx.sender) != before:
        await rsvps.rearm_all(ctx.tx, ctx.timers, ctx.sender, now=ctx.now)


# ── question by question ──────────────────────────────────────────────────────────────────────────────────


async def _ask_on(ctx: Context, row: Profile) -> Reply:
    """In private: what is noted, and the first question that is not answered yet."""
    missing = [step for step, name in enumerate(profiles.FIELDS) if not profiles.has(row, name)]
    if not missing:
        return Reply(await fields.whole(ctx, row))
    question = await begin(ctx, QUESTIONS, {}, step=missing[0])
    given = len(missing) < len(profiles.FIELDS)
    return replace(question, text=Text.of(fields.summary(row), question.text)) if given else question


async def _ask_in_private(ctx: Context, row: Profile) -> Reply:
    """In a room: the questions are asked in private, where they are begun by a yes."""
    lost = _("I cannot write to you in private. Here you can write for example: `!me profile profession nurse`")
    slug = ctx.community.slug if ctx.community is not None else ""
    complete = all(profiles.has(row, name) for name in profiles.FIELDS)
    if complete or not slug:
        return await privately(ctx, partial(fields.whole, ctx, row), never_here=lost)
    return await privately(
        ctx, partial(_offered, row), never_here=lost, about=Ref(ABOUT, slug), gestures=(Gesture.YES, Gesture.NO)
    )


async def _offered(row: Profile) -> Text:
    return Text.of(
        fields.summary(row),
        _("Four short questions, which you may all leave out."),
        _("**Shall we begin?** ✅ yes, ❌ no"),
    )


command.belongs(ABOUT, to=communities.named_by, waits=profiles.offer_waits)


@command.title(about=ABOUT)
async def title(_ctx: Context, _item: str) -> str:
    return _("your profile")


@command.reaction(Gesture.YES, about=ABOUT)
async def begins(ctx: Context, item: str) -> Reply | None:
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item), asker=ctx.sender)
    return await _ask_on(ctx, await profiles.of(ctx.tx, ctx.sender))


@command.reaction(Gesture.NO, about=ABOUT)
async def leaves(ctx: Context, item: str) -> Reply | None:
    await ctx.outbox.close_cards(ctx.tx, Ref(ABOUT, item), asker=ctx.sender)
    return say(_("As you like: nothing of it has to be said. Whenever you want to: `!me profile`"))


def _step(name: str) -> Step:
    async def ask(ctx: Context, _draft: Draft) -> Text:
        row = await profiles.of(ctx.tx, ctx.sender)
        value = fields.value(row, name)
        noted = _("Noted: {value}.").format(value=value) if value else ""
        return Text.of(_(fields.QUESTIONS[name]), noted, _("To leave it out: `skip`"))

    async def take(ctx: Context, draft: Draft, answer: str) -> Draft:
        if fold(answer).text.strip(" .!") not in PASS:
            await _give(ctx, await profiles.of(ctx.tx, ctx.sender), fields.read(name, answer))
        return draft

    return Step(ask, take)


async def _nothing(_ctx: Context, _draft: Draft) -> Text:
    return Text.of()


async def _asked(ctx: Context, _draft: Draft) -> Reply:
    return Reply(await fields.whole(ctx, await profiles.of(ctx.tx, ctx.sender)))


def _title(_ctx: Context, _draft: Draft) -> str:
    return _("your profile")


QUESTIONS = command.form(
    "profile questions",
    steps=tuple(map(_step, profiles.FIELDS)),
    preview=_nothing,
    done=_asked,
    title=_title,
    anywhere=True,
    makes=quotas.SETTING,
    saves=True,
)


# ── said in a sentence, and erased ────────────────────────────────────────────────────────────────────────


def _is_about_work(words: str) -> bool:
    return of_sentence(words) is not None


@command.said(*AT_WORK, fits=_is_about_work)
async def said(ctx: Context, words: Rest) -> Reply | None:
    given = of_sentence(words)
    return await begin(ctx, SAID, asdict(given)) if given is not None else None


async def _shown(_ctx: Context, draft: Draft) -> Text:
    return Text.of(_("**For your profile** (nothing is noted yet)"), bullets(*fields.lines(Given(**draft))))


async def _take(ctx: Context, draft: Draft) -> Reply:
    await _give(ctx, await profiles.of(ctx.tx, ctx.sender), Given(**draft))
    return say(_("It is noted. To see or correct it: `!me profile`"))


async def _cleared(_ctx: Context, _draft: Draft) -> Text:
    return Text.of(
        _("**Your profile will be erased**: profession, territory, kind of structure, establishment."),
        _("What you agreed to stays: `!me agreements`"),
    )


async def _clear(ctx: Context, _draft: Draft) -> Reply:
    await profiles.clear(ctx.tx, await profiles.of(ctx.tx, ctx.sender))
    await rsvps.rearm_all(ctx.tx, ctx.timers, ctx.sender, now=ctx.now)
    return say(_("Your profile is erased. Backups forget it within 30 days."))


SAID = command.form("profile said", preview=_shown, done=_take, title=_title, anywhere=True, makes=quotas.SETTING)
CLEAR = command.form(
    "profile erased",
    preview=_cleared,
    done=_clear,
    title=_title,
    question=N_("**Erase it?** ✅ yes, ❌ no"),
    anywhere=True,
    makes=quotas.SETTING,
)
