"""`!admin doc`: publish, correct, merge and archive resources, for the team."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot import first_steps, quotas
from bot.communities.rules.roles import Role
from bot.communities.team import undo
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import NOTHING, Rest, Word
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.dispatch.menu.help_pages import unknown
from bot.errors import UserError
from bot.events.text import Text, bullets, link, quote, title
from bot.i18n import N_, _
from bot.markup import strong
from bot.resources import Resource, contributions, resources, undoable, votes
from bot.resources.checks import arm
from bot.resources.resources import ARCHIVED, PROPOSED, PUBLISHED
from bot.resources.resources import Draft as Proposal
from bot.resources.rules.addresses import site_of
from bot.resources.texts import is_one_of, one_line, reference, source_of, titled, value_of, whole
from commands.doc import fields
from commands.doc.freshness import verified
from commands.doc.propose import PUBLISHED_AT_ONCE, alike, title_of

command = Command(
    "doc",
    aliases=("ressource", "ressources", "resource", "resources"),
    under="admin",
    summary=N_("the resources"),
    examples=(N_("admin doc publish DOC-4"), N_("admin doc change DOC-4 title New title")),
    role=Role.MODERATOR,
    place=63,
)
SHOWN = 5
ARCHIVES = ("archivées", "archivés", "archives", "archived")
"""Typed after the command's word, or after “list”."""


@command.verb(*ARCHIVES, usage=N_("admin doc archived"), summary=N_("see what is archived"))
async def archived(ctx: Context) -> Reply:
    rows = await resources.of_community(ctx.tx, the_community(ctx).slug, state=ARCHIVED)
    return Reply(_part(_("Archived ({count})"), rows[::-1])) if rows else say(_("Nothing is archived."))


@command.verb(
    *("lister", "liste", "list"),
    *("périmées", "périmés", "obsolètes", "outdated"),
    usage=N_("admin doc list"),
    summary=N_("see what waits for the team"),
)
async def listed(ctx: Context, which: Rest = NOTHING) -> Reply | None:
    if which and not is_one_of(which, ARCHIVES):
        return say(unknown(ctx, command, which))
    return await (archived if which else overview)(ctx)


@command.run()
async def overview(ctx: Context) -> Reply:
    slug = the_community(ctx).slug
    proposed = await resources.of_community(ctx.tx, slug, state=PROPOSED)
    stale = await resources.to_verify(ctx.tx, slug, today=ctx.now.date(), limit=SHOWN)
    count = await resources.count_to_verify(ctx.tx, slug, today=ctx.now.date())
    if not proposed and not stale:
        return say(_("Nothing waits: no resource is proposed, none is to be verified."))
    return Reply(
        Text.of(
            _part(_("Proposed ({count}), to be read and published"), proposed),
            _("To publish the first: `!admin doc publish DOC-{number}`").format(number=proposed[0].id)
            if proposed
            else "",
            _part(_("To be verified ({count})"), stale, count=count),
            _("Once you have looked at it: `!doc DOC-{number} verified`").format(number=stale[0].id) if stale else "",
        )
    )


def _part(heading: str, rows: Sequence[Resource], *, count: int | None = None) -> Text:
    """A heading with the count, of which `rows` may be the first only, and some of them; empty when there are none."""
    if not rows:
        return Text(())
    count = len(rows) if count is None else count
    more = max(0, count - SHOWN)
    return Text.of(
        title(heading.format(count=count)),
        bullets(*(link(titled(row), row.url) for row in rows[:SHOWN])),
        _("and {count} more").format(count=more) if more else "",
    )


@command.verb(
    "valider",
    "publier",
    "restaurer",
    "publish",
    "validate",
    "restore",
    usage=N_("admin doc publish DOC-4"),
    summary=N_("publish a proposed or archived resource"),
)
async def publish(ctx: Context, which: Rest) -> Reply:
    row = await _named(ctx, which)
    _refuse_state(row, PUBLISHED)
    return await begin(ctx, PUBLISH, {"number": row.id})


@command.verb(
    "modifier",
    "corriger",
    "change",
    "edit",
    usage=N_("admin doc change DOC-4 <field> <value>"),
    summary=N_("correct a resource"),
)
async def change(ctx: Context, which: Word, field: Word, value: Rest) -> Reply:
    row = await _named(ctx, which)
    column, wanted = fields.read(field, value)
    if column == "url":
        await _refuse_taken(ctx, row, str(wanted))
    _refuse_same(row, column, wanted)
    if column in ("title", "url") and not wanted:
        raise UserError(_("A resource needs a title and an address."))
    if column == "owner":
        return await begin(ctx, OWNER, {"number": row.id, "owner": wanted})
    now = value_of(column, getattr(row, column))
    return await begin(ctx, CHANGE, {"number": row.id, "column": column, "now": now, "value": wanted})


def _refuse_same(row: Resource, column: str, wanted: Any) -> None:
    if getattr(row, column) == wanted:
        raise UserError(_("It is so already: {value}").format(value=value_of(column, wanted)))


def _refuse_state(row: Resource, state: str) -> None:
    """Refuse what is done already, perhaps by somebody else since it was shown."""
    if row.state == state:
        sentences = {PUBLISHED: _("“{title}” can be found already."), ARCHIVED: _("“{title}” is archived already.")}
        raise UserError(sentences[state].format(title=titled(row)))


@command.verb(
    "archiver",
    "retirer",
    "refuser",
    "archive",
    "refuse",
    usage=N_("admin doc archive DOC-4 <reason>"),
    summary=N_("no longer let a resource be found"),
)
async def archive(ctx: Context, which: Rest) -> Reply:
    row = await _named(ctx, which)
    _refuse_state(row, ARCHIVED)
    return await begin(ctx, ARCHIVE, {"number": row.id, "reason": _reason(which)})


def _reason(words: str) -> str:
    """What is written after the number of a resource."""
    found = reference(words) or reference(f"DOC-{words}")
    return one_line(found[1], longest=300) if found else ""


@command.verb(
    "fusionner",
    "merge",
    usage=N_("admin doc merge DOC-4 DOC-7"),
    summary=N_("keep the first of two resources that are the same"),
)
async def merge(ctx: Context, kept: Word, other: Rest) -> Reply:
    first, second = await _named(ctx, kept), await _named(ctx, other)
    if first.id == second.id or first.state != PUBLISHED:
        raise UserError(_("I need two resources; the first stays, so it must be one that is found."))
    return await begin(ctx, MERGE, {"kept": first.id, "other": second.id, "was": second.state})


def _noted(ctx: Context, row: Resource) -> AbstractAsyncContextManager[None]:
    return undo.noted(ctx, undoable.RESOURCE, str(row.id), community=row.community, role=Role.MODERATOR)


async def _show_publish(ctx: Context, draft: Draft) -> Text:
    row = await _named(ctx, str(draft["number"]))
    close = (await alike(ctx, the_community(ctx), row.title))[:1]
    return Text.of(
        _("**Please read it again** (nothing is published yet)"),
        whole(row, ctx.now.date()),
        "" if row.source else _only_its_site(row),
        *(_("Already there and close to it: “{title}”.").format(title=title_of(document)) for document in close),
        _("To keep that one only: `!admin doc merge DOC-{kept} DOC-{other}`").format(kept=close[0].id, other=row.id)
        if close
        else "",
    )


def _only_its_site(row: Resource) -> str:
    sentence = _(
        "As its source I name its site, {site}. To say who made it: `!admin doc change DOC-{number} source ANAP`"
    )
    return sentence.format(site=source_of(row), number=row.id)


async def _publish(ctx: Context, draft: Draft) -> Reply:
    row = await _named(ctx, str(draft["number"]))
    _refuse_state(row, PUBLISHED)
    async with _noted(ctx, row):
        await resources.publish(ctx.tx, row, now=ctx.now)
        await verified(ctx, row)
    await contributions.published(ctx, row, by=ctx.sender)
    await first_steps.look_again(ctx, row.community)
    return Reply(
        Text.of(
            _("It can be found from now on:"),
            whole(row, ctx.now.date()),
            _("To complete it, for example: `!admin doc change DOC-{number} kind tool`").format(number=row.id),
            undo.hint(),
        )
    )


async def _show_new(ctx: Context, draft: Draft) -> Text:
    close = (await alike(ctx, the_community(ctx), draft["title"]))[:1]
    return Text.of(
        _("**Please read it again** (nothing is published yet)"),
        link(strong(draft["title"]), draft["url"]),
        _("Source: {source}").format(source=draft.get("source") or site_of(draft["url"])),
        *(_("Already there and close to it: “{title}”.").format(title=title_of(document)) for document in close),
    )


async def _publish_new(ctx: Context, draft: Draft) -> Reply:
    """Propose and publish in one, for the team reads what it proposes itself."""
    slug = the_community(ctx).slug
    known = await resources.known_as(ctx.tx, slug, draft["url"])
    if known is not None:
        raise UserError(_("“{title}” is there already.").format(title=titled(known)))
    proposal = Proposal(title=draft["title"], url=draft["url"], source=draft.get("source", ""))
    row = await resources.propose(ctx.tx, slug, proposal, by=ctx.sender)
    return await _publish(ctx, {"number": row.id})


async def _show_change(ctx: Context, draft: Draft) -> Text:
    row, column = await _named(ctx, str(draft["number"])), draft["column"]
    return Text.of(
        strong(titled(row)),
        bullets(
            _("**Now**: {value}").format(value=value_of(column, getattr(row, column))),
            _("**From then on**: {value}").format(value=value_of(column, draft["value"])),
        ),
    )


async def _change(ctx: Context, draft: Draft) -> Reply:
    row, column = await _named(ctx, str(draft["number"])), draft["column"]
    if column == "url":
        await _refuse_taken(ctx, row, draft["value"])
    _refuse_same(row, column, draft["value"])
    if value_of(column, getattr(row, column)) != draft.get("now"):
        sentence = _("This has been changed meanwhile, so I changed nothing. To see it: `!doc DOC-{number}`")
        raise UserError(sentence.format(number=row.id))
    async with _noted(ctx, row):
        await resources.change(ctx.tx, row, **{column: draft["value"]})
    await arm(ctx, row)
    return Reply(Text.of(_("Corrected:"), whole(row, ctx.now.date()), undo.hint()))


async def _show_archive(ctx: Context, draft: Draft) -> Text:
    row = await _named(ctx, str(draft["number"]))
    return Text.of(
        _("“{title}” could no longer be found.").format(title=titled(row)), _show_reason(row, draft.get("reason", ""))
    )


def _show_reason(row: Resource, reason: str) -> Text:
    """What whoever proposed the resource would read; how to give a reason to somebody who waits for an answer."""
    if reason:
        return Text.of(_("Whoever proposed it would read as the reason:"), quote(reason))
    if row.state != PROPOSED:
        return Text(())
    sentence = _("Whoever proposed it learns it. To give a reason: `!admin doc archive DOC-{number} <reason>`")
    return Text.of(sentence.format(number=row.id))


async def _archive(ctx: Context, draft: Draft) -> Reply:
    row = await _named(ctx, str(draft["number"]))
    _refuse_state(row, ARCHIVED)
    before = row.state
    async with _noted(ctx, row):
        await resources.change(ctx.tx, row, state=ARCHIVED)
    await arm(ctx, row)
    await contributions.archived(ctx, row, before=before, reason=draft.get("reason", ""))
    return say(
        _("“{title}” is no longer found.").format(title=titled(row)),
        _("To bring it back: `!admin doc publish DOC-{number}`").format(number=row.id),
    )


async def _show_merge(ctx: Context, draft: Draft) -> Text:
    first, second = await _named(ctx, str(draft["kept"])), await _named(ctx, str(draft["other"]))
    return Text.of(
        _("“{title}” would stay, with the keywords and votes of both.").format(title=titled(first)),
        _("“{title}” would be archived. Votes cannot be told apart afterwards, so this cannot be taken back.").format(
            title=titled(second)
        ),
    )


async def _merge(ctx: Context, draft: Draft) -> Reply:
    first, second = await _named(ctx, str(draft["kept"])), await _named(ctx, str(draft["other"]))
    if first.state != PUBLISHED:
        raise UserError(_("I need two resources; the first stays, so it must be one that is found."))
    if draft.get("was") != ARCHIVED:
        _refuse_state(second, ARCHIVED)
    await resources.merge(ctx.tx, first, second)
    assert first.id is not None
    assert second.id is not None
    await votes.move(ctx.tx, second.id, first.id)
    await arm(ctx, second)
    await contributions.replaced(ctx, second, first)
    return say(
        _("“{title}” stays, with the keywords and votes of both.").format(title=titled(first)),
        _("DOC-{other} is archived: who asks for it is shown DOC-{number}.").format(other=second.id, number=first.id),
    )


async def _show_owner(ctx: Context, draft: Draft) -> Text:
    row = await _named(ctx, str(draft["number"]))
    who = ctx.directory.name_of(ctx.room_id, draft["owner"]) if draft["owner"] else ""
    return Text.of(
        _("{person} would answer for “{title}” from then on.").format(person=who, title=titled(row))
        if who
        else _("Nobody would answer for “{title}” any more.").format(title=titled(row)),
        _("This cannot be taken back: I do not keep who answered for it before."),
    )


async def _set_owner(ctx: Context, draft: Draft) -> Reply:
    row = await _named(ctx, str(draft["number"]))
    _refuse_same(row, "owner", draft["owner"])
    await resources.change(ctx.tx, row, owner=draft["owner"])
    await arm(ctx, row)
    return Reply(Text.of(_("Corrected:"), whole(row, ctx.now.date())))


def _form_title(_ctx: Context, draft: Draft) -> str:
    return f"DOC-{draft.get('number') or draft['kept']}"


PUBLISH = command.form(
    "resource-publish",
    preview=_show_publish,
    done=_publish,
    title=_form_title,
    question=N_("**Publish it?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)
NEW = command.form(
    PUBLISHED_AT_ONCE,
    preview=_show_new,
    done=_publish_new,
    title=lambda ctx, draft: str(draft["title"]),
    question=N_("**Publish it?** ✅ yes, ❌ no"),
    makes=quotas.TEAM,
)
CHANGE = command.form("resource-change", preview=_show_change, done=_change, title=_form_title, makes=quotas.TEAM)
ARCHIVE = command.form("resource-archive", preview=_show_archive, done=_archive, title=_form_title, makes=quotas.TEAM)
OWNER = command.form("resource-owner", preview=_show_owner, done=_set_owner, title=_form_title, makes=quotas.TEAM)
MERGE = command.form("resource-merge", preview=_show_merge, done=_merge, title=_form_title, makes=quotas.TEAM)


async def _named(ctx: Context, which: str) -> Resource:
    """The resource of this community that was named. Raises UserError when there is none."""
    found = reference(which) or reference(f"DOC-{which}")
    row = await resources.whatever(ctx.tx, found[0], community=the_community(ctx).slug) if found else None
    if row is None:
        raise UserError(
            _("I know no resource “{name}” in this community. Its number looks like DOC-4.").format(name=which[:40])
        )
    if row.origin:  # what it says, and whether it is found, is decided where it was made
        raise UserError(
            _("{title} is changed where it was made: `!{number}`").format(title=titled(row), number=row.origin)
        )
    return row


async def _refuse_taken(ctx: Context, row: Resource, address: str) -> None:
    other = await resources.known_as(ctx.tx, row.community, address)
    if other is not None and other.id != row.id:
        sentence = _("This page is “{title}” already. To keep one of both: `!admin doc merge DOC-{number} DOC-{other}`")
        raise UserError(sentence.format(title=titled(other), number=other.id, other=row.id))
