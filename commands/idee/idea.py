"""`!idée`, `!idée irritant`: tell what gets in the way, an idea; shown before others read it."""

import re
from functools import partial

from bot import quotas
from bot.communities import Community, communities, rooms
from bot.communities.tell import name, zone
from bot.contributors import returns
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply
from bot.dispatch.answer.rights.quota import today, within
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.ideas import cards, ideas, texts
from bot.ideas.noun import NOUN
from bot.ideas.rules.idea import IDEA, Kind
from bot.ideas.rules.line import LONGEST, IdeaLine, read_line
from bot.ideas.similar import similar
from bot.registers import territories
from bot.resources.texts import one_line
from bot.volunteers import profiles
from commands.defi.challenge import NUMBER as CHALLENGE
from commands.defi.numbered import by_number as challenge_by_number
from commands.idee.numbered import asks_rights, by_number
from commands.idee.phrases import HAVE_AN_IDEA, REPORT
from commands.idee.shown import LISTED, overview
from commands.own_words import asks_help, checked, source_of

command = Command(
    "idée",
    aliases=("idea", "ideas"),
    shown=N_("idea"),
    summary=N_("tell what gets in the way, an idea"),
    place=45,
    items=NOUN.letter,
    examples=(N_("idea irritant Too many double entries"), N_("idea I-4 me too")),
)
command.choices.append(LISTED)
NUMBER = re.compile(r"[iI]\s?[-‐‑–]\s?(\d{1,9})[.,:;]?(?:\s+|\Z)")


async def _asks_rights(_tx: object, _person: str, words: str) -> bool:
    named = NUMBER.match(words)
    return named is not None and await asks_rights(words[named.end() :].strip())


@command.run(
    usage=N_("idea <words>"),
    summary=N_("tell an idea; alone: what was reported; by its number: me too, withdraw, territory"),
    asks_rights=_asks_rights,
    phrases=HAVE_AN_IDEA,
)
async def idea(ctx: Context, words: Rest = NOTHING) -> Reply | None:
    """By its number; without words the list; else a new idea."""
    if named := NUMBER.match(words):
        return await by_number(ctx, named[1], words[named.end() :].strip())
    if of_challenge := CHALLENGE.match(words):
        return await challenge_by_number(ctx, of_challenge[1], words[of_challenge.end() :].strip())
    if not words:
        return await overview(ctx)
    if asks_help(words):
        return Reply(help_pages.about(ctx, command) or help_pages.overview(ctx))
    return await within(ctx, quotas.IDEA, partial(report, ctx, words, Kind.IDEA))


@command.verb(
    "irritant",
    "irritants",
    "frein",
    usage=N_("idea irritant <words>"),
    summary=N_("tell what gets in the way; in private also `discreet`, without your name"),
    makes=quotas.IDEA,
    phrases=REPORT,
)
async def irritant(ctx: Context, words: Rest) -> Reply:
    return await report(ctx, words, Kind.IRRITANT)


async def report(ctx: Context, words: str, kind: Kind) -> Reply:
    """The preview of what somebody reports. Raises UserError."""
    community, line = the_community(ctx), read_line(words)
    checked(line.text, LONGEST)
    if line.discreet and not ctx.direct:
        raise UserError(
            _(
                "Everybody here reads that you wrote it. "
                "For it to be discreet, delete this message and write to me alone."
            )
        )
    room_id = where(ctx, community)
    draft = {
        "kind": kind.value,
        "text": line.text,
        "discreet": line.discreet,
        "territorial": line.territorial,
        "territory": line.territory or await own_territory(ctx, discreet=line.discreet),
        "source": source_of(ctx),
        "room_id": room_id,
        "community": community.slug,
    }
    return await begin(ctx, NOTE, draft)


def where(ctx: Context, community: Community) -> str:
    """The room that reads it: this one, if all of the community may come in, else the main room. Raises UserError."""
    public = ctx.binding is not None and ctx.binding.kind == rooms.PUBLIC
    room_id = ctx.room_id if public and not ctx.direct else community.main_room
    if room_id is None:
        raise UserError(_("This community has no room yet in which it could be read."))
    return room_id


async def own_territory(ctx: Context, *, discreet: bool) -> str | None:
    """Where its author works, as they said; of what is discreet no more than the region, so that nobody guesses."""
    place = profiles.place(await profiles.of(ctx.tx, ctx.sender))
    if place is None or not discreet:
        return place.code if place else None
    around = [one.code for one in territories.around(place.code)]
    return next((code for code in around if code.startswith("R")), None)


def _line(draft: Draft) -> IdeaLine:
    return IdeaLine(draft["text"], draft["discreet"], draft["territorial"], draft["territory"])


async def _preview(ctx: Context, draft: Draft) -> Text:
    community = await communities.get(ctx.tx, draft["community"])
    assert community is not None
    day = today(ctx.now, zone(community))
    alike = await similar(ctx.tx, ctx.library, community.slug, draft["text"], kind=draft["kind"], today=day)
    room = rooms.called(ctx.directory, draft["room_id"])
    own = "" if draft["discreet"] else name(ctx, ctx.sender, community)
    shown = texts.preview(
        _line(draft), Kind(draft["kind"]), name=own, room=room, alike=await cards.shown_each(ctx, alike)
    )
    return Text.of(shown, rooms.waits_for_right(ctx.directory, draft["room_id"]))


async def _note(ctx: Context, draft: Draft) -> Reply:
    made = await ideas.note(
        ctx,
        draft["community"],
        ctx.sender,
        _line(draft),
        kind=Kind(draft["kind"]),
        source=draft["source"],
        room_id=draft["room_id"],
    )
    await returns.given(ctx.tx, Ref(IDEA, str(made.id)), ctx.sender, community=made.community, now=ctx.now)
    return Reply(texts.noted(made, shown_at_once=await cards.put(ctx, made)))


NOTE = command.form(
    "idea-note",
    preview=_preview,
    done=_note,
    title=lambda _ctx, draft: one_line(draft["text"], longest=60),
    question=N_("**Show it?** ✅ yes, ❌ no"),
    afterwards=N_("It is noted already. To change it, withdraw it and write it anew: `!idea`, its number, “withdraw”."),
    makes=quotas.IDEA,
)

command.belongs(IDEA, to=ideas.belongs_to, waits=ideas.waits)


@command.title(about=IDEA)
async def title(ctx: Context, item: str) -> str:
    found = await ideas.get(ctx.tx, item)
    return texts.titled(found) if found is not None else item
