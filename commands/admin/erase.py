"""`!admin effacer @x`: at the request of a person, has all that is stored about them erased.

What is erased belongs to the person, in whatever community, so the team only asks: the person does it by `!moi oubli`.
For whoever cannot be reached in private, an administrator decides; an operator, if other communities know them too.
"""

from functools import partial

from bot import quotas
from bot.communities import Community
from bot.communities.communities import name_in
from bot.communities.people import members, people
from bot.communities.rules.roles import Role
from bot.communities.tell import tell
from bot.communities.texts import person_name
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.menu.arguments import Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets
from bot.i18n import N_, _, ngettext
from bot.mailbox import direct_chats
from bot.privacy import privacy
from bot.store import audit
from commands.admin.people import named

command = Command(
    "effacer",
    aliases=("erase", "forget", "oublier"),
    under="admin",
    shown=N_("admin erase"),
    summary=N_("have a person erased who asks for it"),
    place=75,
    examples=(N_("admin erase @claire"), N_("admin erase @karim")),
    role=Role.GATEKEEPER,
)
ERASE = "erase on request"


@command.run(usage=N_("admin erase @person"))
async def ask(ctx: Context, words: Rest) -> Reply:
    community, (person, _behind) = the_community(ctx), named(ctx, words)
    await _refuse(ctx, community, person)
    draft = {"person": person, "community": community.slug, "reached": await _is_reached(ctx, community, person)}
    if not draft["reached"]:
        await require(ctx, await _who_decides(ctx, community, person))
    return await begin(ctx, FORM, draft)


async def _refuse(ctx: Context, community: Community, person: str) -> None:
    if person == ctx.sender:
        raise UserError(_("To be erased yourself, write in private: `!me forget`"))
    known = await people.has_been_welcomed(ctx.tx, person, community.slug)
    if not known and not await members.is_member(ctx.tx, ctx.directory, person, community.slug):
        raise UserError(_("I know nobody of this name in this community: there is nothing that I could erase."))
    if await people.team(ctx.tx, community, ctx.directory, but=ctx.account) == [person]:
        raise UserError(
            _(
                "This person leads the community alone: without them nobody could answer for it. "
                "First appoint somebody else: `!admin team add @claire`"
            )
        )


async def _is_reached(ctx: Context, community: Community, person: str) -> bool:
    """Whether the person can be asked in private: they are still there, and have not declined."""
    if await members.has_left(ctx.tx, ctx.directory, person, community.slug):
        return False
    return not await direct_chats.is_out_of_reach(ctx.tx, ctx.account, person)


async def _who_decides(ctx: Context, community: Community, person: str) -> Role:
    """Who decides for somebody who cannot be reached."""
    others = await members.shared(ctx.tx, ctx.account, ctx.directory, person) - {community.slug}
    return Role.OPERATOR if others else Role.ADMINISTRATOR


async def _preview(ctx: Context, draft: Draft) -> Text:
    """How much is concerned, and not what: of a person's requests and answers the team learns nothing."""
    kept = await privacy.told(ctx.tx, draft["person"], account=ctx.account, now=ctx.now)
    count = sum(part.count for part in kept.parts)
    lines = ngettext("{count} entry of my database", "{count} entries of my database", count).format(count=count)
    return Text.of(
        _("**{name} would be erased**, at their own request (nothing is gone yet)").format(name=_who(ctx, draft)),
        bullets(
            _("**Concerned**: {lines}, of every community.").format(lines=lines),
            _("**Go**: settings, answers, votes, reminders and open requests, with their text."),
            _("**Stay, without the identifier**: what others rely on and what they wrote."),
        ),
        _("I ask the person in private first: they alone decide.")
        if draft["reached"]
        else _("I cannot reach this person in private: your yes is enough. This cannot be taken back."),
    )


async def _done(ctx: Context, draft: Draft) -> Reply:
    community, person = the_community(ctx), draft["person"]
    if community.slug != draft["community"]:
        raise UserError(_("This room belongs to another community by now."))
    await _refuse(ctx, community, person)
    if await _is_reached(ctx, community, person):
        return await _ask_them(ctx, community, person)
    await require(ctx, await _who_decides(ctx, community, person))
    await ctx.timers.begin(ctx.tx, ERASE, person, due_at=ctx.now)
    audit.moved(ctx.tx, "erasure", community.slug, "asked", "decided", by={"administrator"})
    return say(_("It is being erased. What the person wrote in the rooms stays there, until a moderator deletes it."))


async def _ask_them(ctx: Context, community: Community, person: str) -> Reply:
    key = f"erasure:{community.slug}:{person}:{ctx.now.date()}"
    if not await tell(ctx, person, partial(_question, community), key=key, language=community.language):
        raise UserError(_("I asked the person today already: I did not write again."))
    audit.moved(ctx.tx, "erasure", community.slug, "", "asked", by={"moderator"})
    return say(
        _("I asked the person in private. Once they have agreed there, all of it is erased."),
        _("If nothing reaches them, write the same again: I then know it."),
    )


def _question(community: Community) -> Text:
    name = name_in(community, community.language)
    return Text.of(
        _("**The team of {community} tells me that you wish to be erased.**").format(community=name),
        _("To have all that I keep about you erased, write to me here: `!me forget`"),
        _("If you did not ask for it, do nothing: nothing is erased."),
    )


def _who(ctx: Context, draft: Draft) -> str:
    return f"{person_name(ctx, draft['person'])} ({draft['person']})"


FORM = command.form(
    "erase-person",
    preview=_preview,
    done=_done,
    title=_who,
    role=Role.GATEKEEPER,
    makes=quotas.ERASURE,
    asks_rights=True,
    tapped=True,
)


@command.timer(ERASE)
async def erase(moment: Moment, item: str) -> None:
    await privacy.erase(moment, item)
    moment.tx.after_commit.append(partial(moment.listening.forget, item))
