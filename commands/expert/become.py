"""`!expert devenir`: volunteer; the topics by number, then both agreements."""

from bot import first_steps, quotas
from bot.communities import Community, communities
from bot.communities.team import team_cards
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context, Moment
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import decides_who_belongs
from bot.dispatch.menu.command import Command
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.messages import Message, Ref
from bot.events.text import Text
from bot.i18n import N_, _, speaking
from bot.mailbox import direct_chats
from bot.volunteers import Expert, signup, volunteers
from bot.volunteers.signup import CANDIDATE, JOIN
from commands.expert.phrases import BECOME

command = Command(
    "devenir",
    under="expert",
    aliases=("become", "volontaire", "volunteer"),
    summary=N_("volunteer to answer questions"),
    examples=(N_("expert become"),),
    listed=False,
)


@command.run(usage=N_("expert become"), makes=quotas.VOLUNTEER, phrases=BECOME)
async def become(ctx: Context) -> Reply | None:
    community = _one(ctx)
    known = await volunteers.get(ctx.tx, community.slug, ctx.sender)
    if known is not None and volunteers.is_active(known):
        raise UserError(_("You are a volunteer already. Your topics: `!me topics`"))
    if not ctx.direct and await direct_chats.is_out_of_reach(ctx.tx, ctx.account, ctx.sender):
        return Reply(signup.unreachable())
    expert = await volunteers.enter(
        ctx.tx, community.slug, ctx.sender, now=ctx.now, room=ctx.room_id, event=ctx.event.event_id
    )
    return await _invited(ctx, community, expert)


def _one(ctx: Context) -> Community:
    return the_community(ctx)


async def _invited(ctx: Context, community: Community, expert: Expert) -> Reply | None:
    """The agreement is given in the direct chat: whoever answers there has accepted it."""
    if ctx.direct:
        text = (await signup.invitation(ctx, community, expert))()
        await signup.remind_later(ctx, community, expert)
        return Reply(text, about=Ref(JOIN, community.slug), gestures=(Gesture.YES, Gesture.NO), waits=True)
    await signup.invite(ctx, community, expert)
    return say(_("**Thank you.** I write to you in private: accept my invitation, then choose your topics."))


command.belongs(JOIN, to=communities.named_by, waits=signup.invitation_waits)
command.belongs(CANDIDATE, to=communities.named_by, waits=signup.candidate_waits)


@command.title(about=JOIN)
async def volunteering(_ctx: Context, _item: str) -> str:
    return _("becoming a volunteer")


@command.title(about=CANDIDATE)
async def candidate(ctx: Context, item: str) -> str:
    name = ctx.directory.name_of(ctx.room_id, item.partition(" ")[2])
    return _("{name}, as a volunteer").format(name=name)


@command.answer(
    *("sujets", "sujet", "topics", "topic"),
    about=JOIN,
    takes_rest=True,
    makes=quotas.SETTING,
    alone=signup.are_topics,
)
async def topics(ctx: Context, item: str, rest: str) -> Reply | None:
    found = await _candidate(ctx, item)
    if found is None:
        return None
    community, expert = found
    await signup.choose(ctx, expert, rest)
    text = (await signup.chosen(ctx, community, expert, by_number=not rest.strip()))()
    return Reply(text, about=Ref(JOIN, item), gestures=(Gesture.YES, Gesture.NO), waits=True)


@command.reaction(Gesture.YES, about=JOIN, makes=quotas.VOLUNTEER)
async def agree(ctx: Context, item: str) -> Reply | None:
    found = await _candidate(ctx, item)
    if found is None:
        return None
    community, expert = found
    if not await signup.may_agree(ctx.tx, expert):
        raise UserError(_("Choose your topics first, for example: `topics 1 3`"))
    asked = expert.own_yes
    active = await volunteers.agree(ctx.tx, expert, own=True)
    await first_steps.look_again(ctx, community.slug)
    await ctx.outbox.close_cards(ctx.tx, Ref(JOIN, item), asker=ctx.sender)
    if active or expert.team_yes:
        return Reply(signup.welcome())
    if not asked:
        await _ask_team(ctx, community, expert)
    return say(_("**Thank you.** The team still has to agree; I write to you as soon as it has."))


@command.answer("annuler", "cancel", about=JOIN)
async def give_up(ctx: Context, item: str, rest: str) -> Reply | None:
    return await refuse(ctx, item)


@command.reaction(Gesture.NO, about=JOIN)
async def refuse(ctx: Context, item: str) -> Reply | None:
    found = await _candidate(ctx, item)
    if found is None or volunteers.is_active(found[1]):
        return None
    await volunteers.withdraw(ctx.tx, item, ctx.sender)
    await ctx.outbox.close_cards(ctx.tx, Ref(JOIN, item), asker=ctx.sender)
    return say(_("It is noted, nothing has changed. To volunteer one day: `!expert become`"))


async def _candidate(ctx: Context, item: str) -> tuple[Community, Expert] | None:
    community = await communities.get(ctx.tx, item)
    expert = await volunteers.get(ctx.tx, item, ctx.sender, lock=True)
    return (community, expert) if community is not None and expert is not None else None


async def _ask_team(ctx: Context, community: Community, expert: Expert) -> None:
    """A card: whoever decides about volunteers agrees by a gesture."""
    with speaking(community.language):
        text = await signup.question(ctx, community, expert)
    key = f"candidate:{community.slug}:{ctx.event.event_id}"
    about = Ref(CANDIDATE, f"{community.slug} {expert.person}")
    await team_cards.put(ctx, community, lambda: text, key=key, about=about)


@command.reaction(Gesture.YES, about=CANDIDATE, asks_rights=True, makes=quotas.TEAM)
async def team_agrees(ctx: Context, item: str) -> Reply | None:
    found = await _proposed(ctx, item)
    if found is None:
        return None
    community, expert = found
    await ctx.outbox.close_cards(ctx.tx, Ref(CANDIDATE, item))
    if await volunteers.agree(ctx.tx, expert, team=True):
        await signup.tell_welcome(ctx, community, expert)
        await first_steps.look_again(ctx, community.slug)
    return say(_("It is noted: {name} is a volunteer.").format(name=_name(ctx, expert)))


@command.reaction(Gesture.NO, about=CANDIDATE, asks_rights=True, makes=quotas.TEAM)
async def team_refuses(ctx: Context, item: str) -> Reply | None:
    found = await _proposed(ctx, item)
    if found is None:
        return None
    community, expert = found
    if expert.team_yes:
        sentence = _("The team has agreed to {name} meanwhile. I changed nothing. To end it: `!admin expert remove`")
        raise UserError(sentence.format(name=_name(ctx, expert)))
    await ctx.outbox.close_cards(ctx.tx, Ref(CANDIDATE, item))
    await volunteers.withdraw(ctx.tx, community.slug, expert.person)
    await signup.tell_refused(ctx, community, expert)
    return say(_("It is noted. I tell the person in private."))


async def _proposed(ctx: Context, item: str) -> tuple[Community, Expert] | None:
    """The candidate, if the sender decides about volunteers now; a gesture without right is left unanswered."""
    slug, _space, person = item.partition(" ")
    community = await communities.get(ctx.tx, slug)
    expert = await volunteers.get(ctx.tx, slug, person, lock=True)
    if community is None or expert is None:
        return None
    return (community, expert) if await decides_who_belongs(ctx, community) else None


def _name(ctx: Context, expert: Expert) -> str:
    return ctx.directory.name_of(ctx.room_id, expert.person)


@command.timer(signup.UNANSWERED)
async def still_waiting(moment: Moment, item: str) -> None:
    """The person has not agreed within a day: they are reminded in private, or where they volunteered."""
    slug, _space, person = item.partition(" ")
    community = await communities.get(moment.tx, slug)
    expert = await volunteers.get(moment.tx, slug, person)
    if community is None or expert is None or expert.own_yes or expert.asked_room is None:
        return
    if await direct_chats.is_out_of_reach(moment.tx, moment.account, person):
        return
    if await direct_chats.person_in(moment.tx, moment.account, expert.asked_room) == person:
        await signup.remind(moment, community, expert)
        return
    with speaking(community.language):
        text = Text.of(
            _("To become a volunteer, accept my invitation to our private conversation, then choose your topics."),
            _("Until then you receive no question."),
        )
    message = Message(text, rings=True, mentioned=(person,), reply_to=expert.asked_event, thread=expert.asked_event)
    await moment.outbox.say(
        moment.tx, message, key=f"signup:{expert.asked_event}", to=expert.asked_room, now=moment.now
    )
