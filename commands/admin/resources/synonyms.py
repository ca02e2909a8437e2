"""`!admin synonyme`: sets words that mean the same in this community."""

from collections.abc import Sequence

from bot import quotas
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets, title
from bot.i18n import N_, _
from bot.resources import failed_searches, synonyms, undoable
from bot.resources.search.lexicon import LONGEST
from bot.resources.texts import one_line

command = Command(
    "synonyme",
    aliases=("synonymes", "synonym", "synonyms"),
    under="admin",
    summary=N_("words that mean the same"),
    place=71,
    examples=(N_("admin synonym CSR = social responsibility"), N_("admin synonym list")),
    role=Role.MODERATOR,
)
MOST = 6
SHOWN = 20
LONGEST_WORDS = 80


@command.run(usage=N_("admin synonym CSR = social responsibility"))
async def add(ctx: Context, words: Rest) -> Reply:
    the_community(ctx)
    return await begin(ctx, ADD, {"words": _group(words)})


async def _show_add(ctx: Context, draft: Draft) -> Text:
    known = await synonyms.group(ctx.tx, the_community(ctx).slug, draft["words"][0]) or []
    return Text.of(
        _("From then on these would mean the same in this community: {words}").format(words=_told(draft["words"])),
        _("Known so far: {words}").format(words=_told(known)) if known else "",
    )


async def _add(ctx: Context, draft: Draft) -> Reply:
    community, wanted = the_community(ctx), draft["words"]
    async with undo.noted(
        ctx, undoable.SYNONYM, synonyms.key(wanted[0]), community=community.slug, role=Role.MODERATOR
    ):
        group = await synonyms.add(ctx.tx, community.slug, wanted)
    noted = sum([await failed_searches.settle(ctx.tx, community.slug, word) for word in group])
    return say(
        _("In this community these mean the same from now on: {words}").format(words=_told(group)),
        _("They had been searched for {count} times without a result; I took them off the list.").format(count=noted)
        if noted
        else "",
        undo.hint(),
    )


@command.verb("lister", "liste", "list", usage=N_("admin synonym list"), summary=N_("see these words"))
async def overview(ctx: Context) -> Reply:
    groups = await synonyms.of_community(ctx.tx, the_community(ctx).slug)
    if not groups:
        return say(_("This community has no words of its own yet; those shipped with me hold everywhere."))
    return say(title(_("Words that mean the same here")), bullets(*map(_told, groups[:SHOWN])))


@command.verb(
    "retirer", "supprimer", "remove", usage=N_("admin synonym remove CSR"), summary=N_("take such words back")
)
async def remove(ctx: Context, word: Rest) -> Reply:
    if await synonyms.group(ctx.tx, the_community(ctx).slug, word) is None:
        raise _none(word)
    return await begin(ctx, REMOVE, {"words": [word]})


async def _show_remove(ctx: Context, draft: Draft) -> Text:
    known = await synonyms.group(ctx.tx, the_community(ctx).slug, draft["words"][0]) or []
    return Text.of(_("From then on these would no longer mean the same: {words}").format(words=_told(known)))


async def _remove(ctx: Context, draft: Draft) -> Reply:
    slug, (word,) = the_community(ctx).slug, draft["words"]
    async with undo.noted(ctx, undoable.SYNONYM, synonyms.key(word), community=slug, role=Role.MODERATOR):
        had = await synonyms.remove(ctx.tx, slug, word)
    if not had:
        raise _none(word)
    return say(_("“{word}” no longer has other words in this community.").format(word=one_line(word)), undo.hint())


def _none(word: str) -> UserError:
    return UserError(_("No words of this community begin with “{word}”.").format(word=one_line(word, longest=40)))


def _title(_ctx: Context, draft: Draft) -> str:
    return _("the synonyms of “{word}”").format(word=one_line(draft["words"][0], longest=40))


ADD = command.form("synonym-add", preview=_show_add, done=_add, title=_title, makes=quotas.TEAM)
REMOVE = command.form("synonym-remove", preview=_show_remove, done=_remove, title=_title, makes=quotas.TEAM)


def _group(text: str) -> list[str]:
    """The expressions separated by `=`. Raises UserError if they are too few, too many or too long."""
    group = [" ".join(part.strip(" «»“”\"'\u00a0").split()) for part in text.split("=")]
    if not 2 <= len(group) <= MOST or not all(group):
        raise UserError(
            _("I need words on both sides. Write for example: `!admin synonym CSR = social responsibility`")
        )
    if any(len(part) > LONGEST_WORDS or len(part.split()) > LONGEST for part in group):
        raise UserError(_("An expression has at most {count} words.").format(count=LONGEST))
    return group


def _told(group: Sequence[str]) -> str:
    return " = ".join(group)
