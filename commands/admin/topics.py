"""`!admin sujet`: the topics that volunteers of the community choose and that questions are about."""

import re

from bot import quotas
from bot.communities import Topic, communities, undoable
from bot.communities.communities import spoken
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest, Word
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, numbered, title
from bot.i18n import N_, _
from bot.resources.texts import one_line
from bot.text.plain_text import fold
from bot.text.quotes import titles
from bot.volunteers import signup, topics, volunteers

command = Command(
    "sujet",
    aliases=("sujets", "topic", "topics"),
    under="admin",
    shown=N_("admin topic"),
    summary=N_("the topics"),
    examples=(N_("admin topic add Palliative care"), N_("admin topic remove 3")),
    role=Role.MODERATOR,
    place=65,
)
MOST, LONGEST = 40, 80
_MARKS = str.maketrans("", "", "*`~#")
"""What people type for bold or code, which a topic has none of."""


@command.run(usage=N_("admin topic"))
async def overview(ctx: Context) -> Reply:
    known = await communities.topics_of(ctx.tx, the_community(ctx).slug)
    return say(
        title(_("The community's topics")) if known else _("The community has no topic yet: every volunteer is asked."),
        numbered(spoken(topic.name, ctx.language) for topic in known),
        _("To add one: `!admin topic add Palliative care`"),
    )


@command.verb("ajouter", "add", usage=N_("admin topic add Palliative care"), summary=N_("add a topic"))
async def add(ctx: Context, words: Rest) -> Reply:
    names = names_of(words)
    await _refuse_known(ctx, names)
    return await begin(ctx, ADD, {"names": names})


@command.verb("retirer", "supprimer", "remove", usage=N_("admin topic remove 3"), summary=N_("take a topic away"))
async def remove(ctx: Context, which: Rest) -> Reply:
    topic = await _named(ctx, which)
    await _refuse_with_others_below(ctx, topic)
    return await begin(ctx, REMOVE, {"slug": topic.slug, "names": topic.name})


@command.verb("renommer", "rename", usage=N_("admin topic rename 3 New name"), summary=N_("give a topic another name"))
async def rename(ctx: Context, which: Word, words: Rest) -> Reply:
    topic, names = await _named(ctx, which), names_of(words)
    await _refuse_known(ctx, names, but=topic.slug)
    return await begin(ctx, RENAME, {"slug": topic.slug, "names": names, "before": topic.name})


# ── what is typed ─────────────────────────────────────────────────────────────────────────────────────────


async def _named(ctx: Context, which: str) -> Topic:
    """The topic of this number or name. Raises UserError when there is none."""
    known = await communities.topics_of(ctx.tx, the_community(ctx).slug)
    found = topics.named(which, known)
    if found is None:
        raise UserError(
            _("I know no topic “{topic}” here. To see them, by number: `!admin topic`").format(
                topic=one_line(which, longest=40)
            )
        )
    return found


def names_of(words: str) -> dict[str, str]:
    """The name in French and in English: one for both, or two between quotes. Raises UserError for one too long."""
    given = [one_line(name.translate(_MARKS).strip(), longest=LONGEST + 1) for name in titles(words)]
    if not given or any(len(name) > LONGEST or not slug_of(name) for name in given):
        raise UserError(_("Write the topic's name in a few words, such as: `!admin topic add Palliative care`"))
    return {"fr": given[0], "en": given[-1]}


def slug_of(name: str) -> str:
    """The short name under which a topic is stored; empty when nothing of the name can be part of it."""
    letters = re.sub(r"[^a-z0-9]+", "-", fold(name).text).strip("-")
    return (letters if letters[:1].isalpha() or not letters else f"sujet-{letters}")[:40].rstrip("-")


async def _refuse_known(ctx: Context, names: Draft, *, but: str = "") -> None:
    known = await communities.topics_of(ctx.tx, the_community(ctx).slug)
    if len(known) >= MOST and not but:
        raise UserError(_("A community has {most} topics at most. Remove one first.").format(most=MOST))
    others = [topic for topic in known if topic.slug != but]
    taken = {fold(name).text for topic in others for name in topic.name.values()}
    if taken & {fold(name).text for name in names.values()} or (
        not but and slug_of(names["fr"]) in {topic.slug for topic in others}
    ):
        raise UserError(_("There is a topic “{topic}” already.").format(topic=names["fr"]))


async def _refuse_with_others_below(ctx: Context, topic: Topic) -> None:
    known = await communities.topics_of(ctx.tx, topic.community)
    below = [spoken(one.name, ctx.language) for one in known if one.parent == topic.slug]
    if below:
        sentence = _("“{topic}” has other topics below it: {below}. Remove those first.")
        raise UserError(sentence.format(topic=spoken(topic.name, ctx.language), below=", ".join(below)))


# ── previews, and what a yes does ─────────────────────────────────────────────────────────────────────────


def _name(ctx: Context, draft: Draft) -> str:
    return spoken(draft["names"], ctx.language)


async def _show_add(ctx: Context, draft: Draft) -> Text:
    return Text.of(_("A new topic for questions and volunteers: “{topic}”.").format(topic=_name(ctx, draft)))


async def _add(ctx: Context, draft: Draft) -> Reply:
    await _refuse_known(ctx, draft["names"])
    slug, new = the_community(ctx).slug, slug_of(draft["names"]["fr"])
    await volunteers.forget_topic(ctx.tx, slug, new)
    async with undo.noted(ctx, undoable.TOPIC, new, community=slug, role=Role.MODERATOR):
        await communities.put_topic(ctx.tx, slug, new, draft["names"])
    return say(
        _("The topic “{topic}” is there. Volunteers choose it by: `!me topics`").format(topic=_name(ctx, draft)),
        undo.hint(),
    )


async def _show_remove(ctx: Context, draft: Draft) -> Text:
    answering = await volunteers.of_topic(ctx.tx, the_community(ctx).slug, draft["slug"])
    return Text.of(
        _("The topic “{topic}” would no longer exist.").format(topic=_name(ctx, draft)),
        _("{count} of the volunteers chose it: I tell them.").format(count=len(answering)) if answering else "",
        _("Questions that are open go on."),
    )


async def _remove(ctx: Context, draft: Draft) -> Reply:
    community, topic = the_community(ctx), await _still_there(ctx, draft)
    await _refuse_with_others_below(ctx, topic)
    async with undo.noted(ctx, undoable.TOPIC, topic.slug, community=community.slug, role=Role.MODERATOR):
        await communities.remove_topic(ctx.tx, community.slug, topic.slug)
    for expert in await volunteers.of_topic(ctx.tx, community.slug, draft["slug"]):
        await signup.tell_topic_gone(ctx, community, _name(ctx, draft), expert)
    return say(_("The topic “{topic}” is removed.").format(topic=_name(ctx, draft)), undo.hint())


async def _show_rename(ctx: Context, draft: Draft) -> Text:
    return Text.of(
        _("The topic “{topic}” would be called “{name}”. Whoever chose it keeps it.").format(
            topic=spoken(draft["before"], ctx.language), name=_name(ctx, draft)
        )
    )


async def _rename(ctx: Context, draft: Draft) -> Reply:
    slug, topic = the_community(ctx).slug, await _still_there(ctx, draft)
    await _refuse_known(ctx, draft["names"], but=topic.slug)
    async with undo.noted(ctx, undoable.TOPIC, topic.slug, community=slug, role=Role.MODERATOR):
        await communities.put_topic(ctx.tx, slug, topic.slug, draft["names"])
    return say(_("The topic is called “{name}” now.").format(name=_name(ctx, draft)), undo.hint())


async def _still_there(ctx: Context, draft: Draft) -> Topic:
    found = await communities.topic(ctx.tx, the_community(ctx).slug, draft["slug"])
    if found is None:
        raise UserError(_("This topic has been removed meanwhile."))
    return found


ADD = command.form("topic-add", preview=_show_add, done=_add, title=_name, makes=quotas.TEAM)
REMOVE = command.form("topic-remove", preview=_show_remove, done=_remove, title=_name, makes=quotas.TEAM)
RENAME = command.form("topic-rename", preview=_show_rename, done=_rename, title=_name, makes=quotas.TEAM)
