"""`!appui candidater blocs opératoires @ana @ben`: a team applies; its need and its project in a few questions."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot import quotas
from bot.communities import Community
from bot.communities.acting import Hands
from bot.communities.people import members as known_members
from bot.communities.tell import tell, waits_in_private
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.form import Draft, Step
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text, bullets
from bot.i18n import N_, _, language
from bot.mailbox import direct_chats
from bot.programmes import (
    SupportApplication,
    SupportTheme,
    applications,
    catalogue,
    members,
    shown,
    steps,
    texts,
    texts_team,
    themes,
)
from bot.programmes.catalogue import Theme
from bot.programmes.rules import team as rules
from bot.programmes.rules.application import START, Refusal, Status
from bot.volunteers import profiles
from commands.appui.numbered import step
from commands.appui.support import command as support
from commands.appui.whom import person, require_members, team_and_approver
from commands.moi import profile_fields
from commands.own_words import checked

LONGEST = 800
"""Characters of an answer."""


@support.verb(
    "candidater",
    "postuler",
    "apply",
    usage=N_("support apply <theme> @… @…"),
    summary=N_("apply as a team of 3 to 5, you counted; who approves may follow: `agreement @…`"),
    makes=quotas.APPLICATION,
)
async def apply(ctx: Context, words: Rest) -> Reply:
    community = the_community(ctx)
    found, rest = catalogue.at_beginning(words)
    theme = await open_theme(ctx, community.slug, found)
    return await apply_for(ctx, theme, rest, challenge=None)


async def open_theme(ctx: Context, community: str, found: Sequence[Theme]) -> SupportTheme:
    """The theme that is meant, if it takes applications. Raises UserError."""
    rows = await themes.open_ones(ctx.tx, community, now=ctx.now)
    meant = [row for row in rows if row.theme in {one.slug for one in found}]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UserError(texts_team.which([one for one in found if one.slug in {row.theme for row in meant}]))
    names = ", ".join(map(texts.theme_name, rows))
    if not rows:
        raise UserError(_("No theme takes applications at the moment: the community's team opens them."))
    if found:
        theme = catalogue.titled(found[0].slug, language())
        raise UserError(
            _("The theme {theme} takes no applications now. Open: {names}").format(theme=theme, names=names)
        )
    raise UserError(
        _("Which theme? Its name comes first: `!support apply <theme> @… @…`. Open: {names}").format(names=names)
    )


async def apply_for(ctx: Context, theme: SupportTheme, words: str, *, challenge: int | None) -> Reply:
    """A draft with this team. Raises UserError for one that cannot be."""
    community = await themes.community_of(ctx.tx, theme)
    known_members.require(ctx.directory, community.main_room)  # before it gets its number
    people, approver = team_and_approver(ctx, words)
    await _require_team(ctx, community, people, approver)
    await themes.get(ctx.tx, theme.id or 0, lock=True)
    await require_no_other(ctx, theme)
    application = await applications.begin(ctx, theme, ctx.sender, challenge=challenge)
    for one in (ctx.sender, *people):
        await members.ask(ctx.tx, application, one, now=ctx.now)
    application.approver = approver
    await applications.write(ctx.tx, application)
    await known_of(ctx, application)
    return await go_on(ctx, application)


async def _require_team(ctx: Context, community: Community, people: Sequence[str], approver: str | None) -> None:
    count = 1 + len(people)
    if (wrong := rules.size(count)) is not None:
        raise UserError(texts.wrong_size(wrong, count))
    if approver == ctx.sender:
        raise UserError(own_approval())
    await require_members(ctx, community, [*people, *([approver] if approver else [])])


def own_approval() -> str:
    return _("The agreement comes from somebody outside the team, who may give it for the management.")


async def require_no_other(ctx: Context, theme: SupportTheme, *, but: SupportApplication | None = None) -> None:
    """One team a person and theme. Raises UserError; the theme is locked."""
    other = await applications.in_theme_of(ctx.tx, theme.id or 0, ctx.sender, but=but.id if but is not None else None)
    if other is None:
        return
    if other.status == Status.DRAFT:
        sentence = _(
            "You are writing an application on this theme: `!{number}`. To go on: `!support {number} continue`"
        )
    elif other.applicant == ctx.sender:
        sentence = _(
            "You already lead an application on this theme: `!{number}`. To take it back: `!support {number} withdraw`"
        )
    else:
        sentence = _(
            "You are already in a team on this theme: `!{number}`. To leave it first: `!support {number} leave`"
        )
    raise UserError(sentence.format(number=applications.number(other)))


async def known_of(ctx: Context, application: SupportApplication) -> None:
    """What the sender's own profile says is proposed, and shown before anybody else reads it."""
    row = await members.get(ctx.tx, application, ctx.sender)
    profile = await profiles.of(ctx.tx, ctx.sender)
    if row is None:
        return
    row.profession = row.profession or profile.profession or ""
    if themes.is_territorial(await themes.get(ctx.tx, application.theme)):
        row.establishment = row.establishment or profile.establishment or ""
    await members.write(ctx.tx, row)


# ── written in private ────────────────────────────────────────────────────────────────────────────────────


async def go_on(ctx: Context, application: SupportApplication) -> Reply:
    """Ask the first question without an answer, here if this is private; else invite its applicant to go on there."""
    if ctx.direct:
        return await begin(ctx, FORM, {"application": application.id}, step=await _first(ctx, application))
    if await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        raise UserError(_("An application is written in private. Open a conversation with me, and write it there."))
    community = await applications.community_of(ctx.tx, application)
    await tell(
        ctx,
        ctx.sender,
        partial(_invitation, await shown.shown(ctx, application)),
        key=f"support:{application.id}:start:{ctx.event.event_id}",
        language=community.language,
        about=Ref(START, str(application.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, ctx.sender),
    )
    return say(_("I write to you in private: you say there what you need. Nobody is asked before you send it."))


def _invitation(of: texts.Shown) -> Text:
    return Text.of(
        _("**Your application** {title}: a few questions, one message each. You may stop and go on later.").format(
            title=texts.titled(of)
        ),
        _("**Begin writing it?** ✅ yes, ❌ no"),
    )


support.belongs(START, to=applications.belongs_to, waits=applications.is_draft)


@support.title(about=START)
async def start_title(ctx: Context, item: str) -> str:
    return f"P-{item}"


@support.reaction(Gesture.YES, about=START, makes=quotas.APPLICATION)
async def accept(ctx: Context, item: str) -> Reply | None:
    found = await _draft_of(ctx, item)
    if found is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(START, item))
    return await go_on(ctx, found)


@support.reaction(Gesture.NO, about=START)
async def not_now(ctx: Context, item: str) -> Reply | None:
    found = await _draft_of(ctx, item)
    if found is None:
        return None
    await ctx.outbox.close_cards(ctx.tx, Ref(START, item))
    return Reply(_stays(found))


async def _draft_of(ctx: Context, item: str) -> SupportApplication | None:
    found = await applications.get(ctx.tx, item, lock=True)
    return found if found is not None and found.applicant == ctx.sender and found.status == Status.DRAFT else None


def _stays(found: SupportApplication) -> Text:
    number = applications.number(found)
    return Text.of(
        _("Your application {number} stays a draft, nobody was asked.").format(number=number),
        _("To go on: `!support {number} continue`. To drop it: `!support {number} withdraw`").format(number=number),
    )


@step("continuer", "envoyer", "continue", "send")
async def continued(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    if await _draft_of(ctx, str(found.id)) is None:
        raise UserError(texts.refused(await shown.shown(ctx, found), Refusal.WRONG_STATUS))
    return await go_on(ctx, found)


# ── the questions ─────────────────────────────────────────────────────────────────────────────────────────

QUESTIONS = {
    "need": N_("**What is the need?** What does not go well, for whom, since when, in a few sentences."),
    "project": N_("**What is the project?** What the team wants to change, and how one will see that it worked."),
    "profession": N_("**What is your profession?** For example: nurse, ward manager, IT."),
    "establishment": N_("**In which establishment do you work?** The theme is a territory's: the team reads it."),
    "approver": N_("**Who agrees for the management?** Their name or identifier; not somebody of the team."),
}
NAMES = tuple(QUESTIONS)


async def _has(ctx: Context, application: SupportApplication, name: str) -> bool:
    """Whether a question has its answer, or is not to be asked."""
    if name in ("need", "project", "approver"):
        return bool(getattr(application, name))
    own = await members.get(ctx.tx, application, ctx.sender)
    if name == "establishment" and not themes.is_territorial(await themes.get(ctx.tx, application.theme)):
        return True
    return own is not None and bool(getattr(own, name))


async def _first(ctx: Context, application: SupportApplication) -> int:
    """The question to ask first; past all of them the preview."""
    for place, name in enumerate(NAMES):
        if not await _has(ctx, application, name):
            return place
    return len(NAMES)


async def _written(ctx: Context, draft: Draft) -> SupportApplication:
    found = await _draft_of(ctx, str(draft["application"]))
    if found is None:
        raise UserError(_("This application is not being written any more. To see yours: `!support`"))
    return found


async def _note(ctx: Context, found: SupportApplication, name: str, answer: str) -> None:
    if name in ("need", "project"):
        setattr(found, name, checked(answer, LONGEST))
        found.changed_at = ctx.now
    elif name == "approver":
        found.approver = await approver_named(ctx, found, answer)
    else:
        await note_own(ctx, found, name, answer)
    await applications.write(ctx.tx, found)


async def approver_named(ctx: Context, found: SupportApplication, words: str) -> str:
    """Who approves, if they may: a member who is not in the team. Raises UserError."""
    named = person(ctx, words)
    if named in {row.person for row in await members.of(ctx.tx, found)}:
        raise UserError(own_approval())
    await require_members(ctx, await applications.community_of(ctx.tx, found), [named])
    return named


async def note_own(ctx: Context, found: SupportApplication, name: str, answer: str) -> None:
    """The sender's profession or establishment, in this team only. Raises UserError for one that no list has."""
    row = await members.get(ctx.tx, found, ctx.sender)
    if row is not None:
        setattr(row, name, getattr(profile_fields.read(name, answer), name) or "")
        await members.write(ctx.tx, row)


def _question(name: str) -> Step:
    async def ask(ctx: Context, draft: Draft) -> Text:
        await _written(ctx, draft)
        return Text.of(_(QUESTIONS[name]))

    async def take(ctx: Context, draft: Draft, answer: str) -> Draft:
        await _note(ctx, await _written(ctx, draft), name, answer)
        return draft

    async def has_answer(ctx: Context, draft: Draft) -> bool:
        return await _has(ctx, await _written(ctx, draft), name)

    return Step(ask, take, has_answer)


async def _preview(ctx: Context, draft: Draft) -> Text:
    found = await _written(ctx, draft)
    of = await shown.shown(ctx, found)
    approver = _("Asked for the management's agreement: {name}").format(name=of.name(found.approver))
    return Text.of(
        _("**To check**: application {title}. Nobody was asked yet.").format(title=texts.titled(of)),
        _("**Need**: {need}").format(need=found.need),
        _("**Project**: {project}").format(project=found.project),
        bullets(*texts.people(of), approver if found.approver else ""),
    )


async def _send(ctx: Context, draft: Draft) -> Reply:
    found = await _written(ctx, draft)
    theme = await themes.get(ctx.tx, found.theme, lock=True)
    await require_no_other(ctx, theme, but=found)
    with steps.explained(await shown.shown(ctx, found)):
        await steps.send(ctx, found)
    return Reply(texts.sent(await shown.shown(ctx, found)))


async def _left(hands: Hands, draft: Draft) -> Text | None:
    """What stays when its applicant stops."""
    found = await applications.get(hands.tx, draft["application"]) if "application" in draft else None
    return _stays(found) if found is not None and found.status == Status.DRAFT else None


async def community_of_draft(tx: Any, draft: Draft) -> str | None:
    """Its team, its approver and those who decide are written to."""
    return await applications.slug_of(tx, str(draft["application"])) if "application" in draft else None


FORM = support.form(
    "support-write",
    preview=_preview,
    done=_send,
    title=lambda _ctx, draft: f"P-{draft['application']}",
    steps=tuple(map(_question, NAMES)),
    question=N_("**Send it, and ask them?** ✅ yes, ❌ no"),
    among=community_of_draft,
    makes=quotas.APPLICATION,
    left=_left,
)
