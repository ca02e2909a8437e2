"""`!idée communauté "Pharmacie GHT"`: a community that somebody misses; once enough do, the team is asked."""

from functools import partial

from bot import quotas
from bot.communities import communities
from bot.communities.people import people
from bot.communities.rules.roles import Role
from bot.communities.settings import settings
from bot.communities.tell import tell
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.menu.arguments import Rest
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import N_, _
from bot.ideas import Idea, ideas, steps, supports, texts
from bot.ideas.rules.idea import OPEN, WISH, Kind, Party
from bot.ideas.settings import THRESHOLD
from bot.text.quotes import titles
from commands.admin.topics import slug_of
from commands.idee.idea import command as idea
from commands.idee.idea import report

LONGEST_NAME = 80


@idea.verb(
    "communauté",
    "community",
    usage=N_("idea community “Hospital pharmacy”"),
    summary=N_("say which community is missing; others join with ➕"),
    makes=quotas.IDEA,
)
async def community(ctx: Context, words: Rest) -> Reply:
    given = titles(words)
    if len(given) != 1 or not slug_of(given[0]) or len(given[0]) > LONGEST_NAME:
        raise UserError(_("Write its name in a few words. For example: `!idea community “Hospital pharmacy”`"))
    if await communities.get(ctx.tx, slug_of(given[0])) is not None:
        raise UserError(_("There is a community “{slug}” already.").format(slug=slug_of(given[0])))
    return await report(ctx, given[0], Kind.COMMUNITY)


async def ask_team(ctx: Context, found: Idea) -> None:
    """Once enough people miss it, ask each of the team in private, once."""
    if found.kind != Kind.COMMUNITY or found.offered or found.status not in OPEN:
        return
    missed_by = await supports.count(ctx.tx, found) + 1
    if missed_by < await settings.value(ctx.tx, found.community, THRESHOLD):
        return
    found.offered = True
    await ideas.write(ctx.tx, found)
    home = await ideas.community_of(ctx.tx, found)
    for place, person in enumerate(await people.team(ctx.tx, home, ctx.directory, but=ctx.account)):
        await tell(
            ctx,
            person,
            partial(_question, found.text, ideas.number(found), missed_by),
            key=f"idea:{found.id}:wish:{place}",
            language=home.language,
            about=Ref(WISH, str(found.id)),
            gestures=(Gesture.YES, Gesture.NO),
        )


def _question(named: str, number: str, missed_by: int) -> Text:
    return Text.of(
        _("**{count} people miss a community “{name}”** ({number}).").format(
            count=missed_by, name=named, number=number
        ),
        _("It would begin without rooms and without resources. This cannot be taken back."),
        _("Only who administers the main room may say yes. Without an answer it stays a wish."),
        _("**Create it?** ✅ yes, ❌ no"),
    )


idea.belongs(WISH, to=ideas.belongs_to, waits=ideas.waits)


@idea.title(about=WISH)
async def title(ctx: Context, item: str) -> str:
    found = await ideas.get(ctx.tx, item)
    return texts.titled(found) if found is not None else item


@idea.reaction(Gesture.YES, about=WISH, asks_rights=True, makes=quotas.TEAM)
async def create(ctx: Context, item: str) -> Reply | None:
    found = await ideas.get(ctx.tx, item, lock=True)
    if found is None or found.status not in OPEN:
        return None
    await require(ctx, Role.ADMINISTRATOR)
    slug = slug_of(found.text)
    if await communities.get(ctx.tx, slug) is not None:
        raise UserError(_("There is a community “{slug}” already.").format(slug=slug))
    home = await ideas.community_of(ctx.tx, found)
    names = {"fr": found.text, "en": found.text}
    await communities.create(ctx.tx, slug, names, language=home.language, now=ctx.now)
    with steps.explained(found):
        await steps.found(ctx, found, by={Party.ADMINISTRATOR}, person=ctx.sender)
    return say(
        _("**The community “{name}” exists.** Whoever missed it knows.").format(name=found.text),
        _("An operator of this bot links its first room: `!admin community link {slug}`").format(slug=slug),
    )


@idea.reaction(Gesture.NO, about=WISH, asks_rights=True)
async def not_now(ctx: Context, item: str) -> Reply:
    await ctx.outbox.close_cards(ctx.tx, Ref(WISH, item), asker=ctx.sender)
    return say(_("Noted: it stays a wish. To say why: `!idea I-{number} set aside …`").format(number=item))
