"""What happens to an application: sent, agreed to, completed, decided, ended; and who is told, once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bot.communities.acting import Hands
from bot.communities.tell import Words, name, tell, tell_team, waits_in_private
from bot.contributors import returns
from bot.errors import NotNow, UserError
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.events.text import Text
from bot.i18n import speaking
from bot.programmes import applications, exchange, members, satisfaction, shown, texts, texts_team, themes
from bot.programmes.rules.application import (
    APPLICATION,
    APPROVE,
    JOIN,
    START,
    UNDECIDED,
    WRITABLE,
    Party,
    Refusal,
    Status,
    Trigger,
)
from bot.programmes.tables import SupportApplication, SupportMember
from bot.programmes.texts import Shown
from bot.teams import Team, asking, records, teams

Worded = partial[str]
"""What has changed, in the language of whoever reads it."""


@contextmanager
def explained(of: Shown) -> Iterator[None]:
    """A step that is refused becomes the sentence that says why."""
    try:
        yield
    except NotNow as error:
        raise UserError(texts.refused(of, Refusal(error.why))) from None


def thing(application: SupportApplication) -> Ref:
    """As those in it learn its ends."""
    return Ref(APPLICATION, str(application.id))


# ── sent, and agreed to ───────────────────────────────────────────────────────────────────────────────────


async def send(hands: Hands, application: SupportApplication) -> None:
    """Its applicant is in it, everybody else is asked. Raises NotNow."""
    theme = await themes.get(hands.tx, application.theme)
    closed = not themes.is_open(theme, hands.now)
    framed = application.need and application.project
    in_the_way = [*([Refusal.CLOSED] if closed else []), *([] if framed else [Refusal.NOT_FRAMED])]
    await applications.move(hands, application, Trigger.SEND, by={Party.APPLICANT}, hindrances=in_the_way)
    await hands.outbox.close_cards(hands.tx, Ref(START, str(application.id)))
    assert application.applicant is not None
    own = await members.get(hands.tx, application, application.applicant)
    if own is not None:
        await _agreed(hands, application, own)
    for row in await members.of(hands.tx, application):
        await ask_member(hands, application, row)
    await ask_approver(hands, application)
    await settle(hands, application, quiet=True)


async def ask_member(hands: Hands, application: SupportApplication, row: SupportMember) -> None:
    """Ask whoever was named whether they are in it; nobody is asked of a draft."""
    if row.agreed_at is None and application.status != Status.DRAFT:
        card = partial(texts.invitation, await shown.shown(hands, application))
        await _ask(hands, application, row.person, card, key=f"join:{row.id}", about=JOIN)


async def ask_approver(hands: Hands, application: SupportApplication) -> None:
    """Ask whoever is named for the management's agreement."""
    if application.approver is None or application.approved_at is not None or application.status == Status.DRAFT:
        return
    application.asked += 1
    await applications.write(hands.tx, application)
    card = partial(texts.approval, await shown.shown(hands, application))
    await _ask(hands, application, application.approver, card, key=f"approve:{application.asked}", about=APPROVE)


async def _ask(
    hands: Hands, application: SupportApplication, person: str, words: Words, *, key: str, about: str
) -> None:
    community = await applications.community_of(hands.tx, application)
    await tell(
        hands,
        person,
        words,
        key=f"support:{application.id}:{key}",
        language=community.language,
        about=Ref(about, str(application.id)),
        gestures=(Gesture.YES, Gesture.NO),
        otherwise=waits_in_private(community, person),
    )


async def joins(hands: Hands, application: SupportApplication, row: SupportMember) -> None:
    """Somebody who was asked is in it; whoever calls this has seen that they are in no other team of the theme."""
    await _agreed(hands, application, row)
    await hands.outbox.close_cards(hands.tx, Ref(JOIN, str(application.id)), asker=row.person)
    await settle(hands, application)


async def _agreed(hands: Hands, application: SupportApplication, row: SupportMember) -> None:
    row.agreed_at = hands.now
    await members.write(hands.tx, row)
    await returns.given(hands.tx, thing(application), row.person, community=application.community, now=hands.now)


async def leaves(hands: Hands, application: SupportApplication, person: str, *, told: bool = True) -> None:
    """Somebody is not in it, or no more: its applicant is told, unless they did it themselves."""
    if not await members.leave(hands.tx, application, person):
        return
    await hands.outbox.close_cards(hands.tx, Ref(JOIN, str(application.id)), asker=person)
    await returns.taken_back(hands.tx, thing(application), by=person)
    of = await shown.shown(hands, application)
    gone = name(hands, person, await applications.community_of(hands.tx, application))
    await settle(hands, application, news=partial(texts.declined, gone, of), quiet=not told)


async def removes(hands: Hands, application: SupportApplication, row: SupportMember) -> None:
    """Its lead wants somebody in it no more: whoever had said yes is told, of whoever was asked the question goes."""
    agreed, number = row.agreed_at is not None, row.id
    await leaves(hands, application, row.person, told=False)
    if agreed:
        await _tell_one(hands, application, row.person, texts.removed, key=f"removed:{number}")


async def _tell_one(
    hands: Hands, application: SupportApplication, person: str, text: Callable[[Shown], Text], *, key: str
) -> None:
    words = partial(text, await shown.shown(hands, application))
    community = await applications.community_of(hands.tx, application)
    await tell(hands, person, words, key=f"support:{application.id}:{key}", language=community.language)


async def approves(hands: Hands, application: SupportApplication) -> None:
    """Whoever is named for it gives the management's agreement."""
    assert application.approver is not None
    application.approved_at = hands.now
    await applications.write(hands.tx, application)
    await hands.outbox.close_cards(hands.tx, Ref(APPROVE, str(application.id)))
    await returns.given(
        hands.tx, thing(application), application.approver, community=application.community, now=hands.now
    )
    await settle(hands, application)


async def names_approver(hands: Hands, application: SupportApplication, person: str) -> None:
    """Another approver, or the first: whoever was asked before is not any more."""
    if application.approver is not None:
        await returns.taken_back(hands.tx, thing(application), by=application.approver)
    if application.approver is not None and application.approved_at is not None:
        key = f"replaced:{application.asked}"
        await _tell_one(hands, application, application.approver, texts.approval_replaced, key=key)
    await hands.outbox.close_cards(hands.tx, Ref(APPROVE, str(application.id)))
    application.approver, application.approved_at = person, None
    await applications.write(hands.tx, application)
    await ask_approver(hands, application)
    await settle(hands, application, quiet=True)


async def loses_approver(hands: Hands, application: SupportApplication) -> None:
    """The approver says no, or is gone: its applicant is told, and names somebody else."""
    before = application.approver
    if before is None:
        return
    gone = name(hands, before, await applications.community_of(hands.tx, application))
    application.approver, application.approved_at = None, None
    await applications.write(hands.tx, application)
    await hands.outbox.close_cards(hands.tx, Ref(APPROVE, str(application.id)))
    await returns.taken_back(hands.tx, thing(application), by=before)
    of = await shown.shown(hands, application)
    await settle(hands, application, news=partial(texts.not_approved, gone, of))


# ── complete, or not ──────────────────────────────────────────────────────────────────────────────────────


async def settle(
    hands: Hands, application: SupportApplication, *, news: Worded | None = None, quiet: bool = False
) -> None:
    """Complete or incomplete, as it is now. Its applicant is told what changed, or that all answered and it lacks
    something; `quiet`: they see it anyway.
    """
    before, lacks = Status(application.status), await shown.lacking(hands.tx, application)
    if before is Status.INCOMPLETE and not lacks:
        await applications.move(hands, application, Trigger.COMPLETE, by={Party.SYSTEM}, hindrances=lacks)
        await _complete(hands, application)
        return
    if before is Status.SUBMITTED and lacks:
        await applications.move(hands, application, Trigger.LACK, by={Party.SYSTEM})
    elif before not in UNDECIDED or quiet or (news is None and (not lacks or await _is_waiting(hands, application))):
        return
    of = await shown.shown(hands, application)
    await _tell_applicant(hands, application, partial(_as_it_is, of, news))


def _as_it_is(of: Shown, news: Worded | None) -> Text:
    said = news() if news is not None else ""
    return texts.incomplete(of, said) if of.lacks else texts.still_complete(of, said)


async def _is_waiting(hands: Hands, application: SupportApplication) -> bool:
    """Whether somebody who was asked has not answered."""
    rows = await members.of(hands.tx, application)
    pending = application.approver is not None and application.approved_at is None
    return pending or any(row.agreed_at is None for row in rows)


async def _complete(hands: Hands, application: SupportApplication) -> None:
    of = await shown.shown(hands, application)
    await _tell_applicant(hands, application, partial(texts.complete, of))
    community = await applications.community_of(hands.tx, application)
    key = f"support:{application.id}:arrived:{application.news}"
    await tell_team(hands, community, partial(texts_team.arrived, of), key=key)


async def _tell_applicant(hands: Hands, application: SupportApplication, words: Words) -> None:
    if application.applicant is None:
        return
    application.news += 1
    await applications.write(hands.tx, application)
    community = await applications.community_of(hands.tx, application)
    key = f"support:{application.id}:news:{application.news}"
    await tell(hands, application.applicant, words, key=key, language=community.language)


# ── decided, ended ────────────────────────────────────────────────────────────────────────────────────────


async def accept(hands: Hands, application: SupportApplication, *, by: Collection[Party], person: str) -> None:
    """The team is supported, and meets the other teams of its theme. Raises NotNow."""
    lacks = await shown.lacking(hands.tx, application)
    await applications.move(hands, application, Trigger.ACCEPT, by=by, hindrances=lacks)
    for row in await members.of(hands.tx, application):
        if row.agreed_at is None:
            await members.leave(hands.tx, application, row.person)
    await _nobody_is_asked(hands, application)
    await _tell(hands, application, partial(texts.accepted, await shown.shown(hands, application)))
    team = await members.agreed(hands.tx, application)
    theme = await themes.get(hands.tx, application.theme)
    await exchange.welcome(hands, theme, [row.person for row in team])
    await accompany(hands, application, team, moderator=person)


async def accompany(
    hands: Hands, application: SupportApplication, team: Sequence[SupportMember], *, moderator: str
) -> None:
    """It has a room of its own, and is followed until it has tried what it means to do."""
    community = await applications.community_of(hands.tx, application)
    theme = await themes.get(hands.tx, application.theme)
    with speaking(community.language):
        name = texts.team_name(application, theme)
    seats = [(row.person, row.profession or None) for row in team]
    await teams.form(hands, application.community, name, seats, about=thing(application), moderator=moderator)


async def refuse(
    hands: Hands, application: SupportApplication, reason: str, *, by: Collection[Party], person: str
) -> None:
    """The community's team does not accept it, and says why. Raises NotNow."""
    lacking = () if reason.strip() else (Refusal.REASON_MISSING,)
    await applications.move(hands, application, Trigger.REFUSE, by=by, hindrances=lacking)
    application.reason = reason
    await _over(hands, application, partial(texts.refused_end, await shown.shown(hands, application)), but=person)


async def withdraw(
    hands: Hands, application: SupportApplication, *, by: Collection[Party], person: str | None = None
) -> None:
    """It is taken back. Raises NotNow."""
    of = await shown.shown(hands, application)
    await applications.move(hands, application, Trigger.WITHDRAW, by=by)
    await _over(hands, application, partial(texts.withdrawn, of), but=person)


async def end(hands: Hands, application: SupportApplication, *, by: Collection[Party]) -> None:
    """The support is over; each of the team is asked how it was. Raises NotNow."""
    await applications.move(hands, application, Trigger.END, by=by)
    team = [row.person for row in await members.agreed(hands.tx, application)]
    await _over(hands, application, partial(texts.ended, await shown.shown(hands, application)))
    await satisfaction.plan(hands, application, team)


async def team_over(hands: Hands, team: Team) -> None:
    """A team has tried what it meant to do, or gave up, and said so to all in it: its support is over too."""
    of = records.about(team)
    application = await applications.get(hands.tx, of.id, lock=True) if of.kind == APPLICATION else None
    if application is None or application.status != Status.ACCEPTED:
        return
    await applications.move(hands, application, Trigger.END, by={Party.SYSTEM})
    await returns.taken_back(hands.tx, thing(application))
    people = [row.person for row in await members.agreed(hands.tx, application)]
    await satisfaction.plan(hands, application, people)


async def _over(hands: Hands, application: SupportApplication, words: Words, *, but: str | None = None) -> None:
    await _nobody_is_asked(hands, application)
    await _tell(hands, application, words, but=but, last=True)


async def _nobody_is_asked(hands: Hands, application: SupportApplication) -> None:
    kinds = (START, JOIN, APPROVE)
    await hands.outbox.close_cards(hands.tx, *(Ref(kind, str(application.id)) for kind in kinds))
    await applications.write(hands.tx, application)


async def _tell(
    hands: Hands, application: SupportApplication, words: Words, *, but: str | None = None, last: bool = False
) -> None:
    await returns.ended(hands, thing(application), application.status, words, but=but, last=last)


# ── somebody is gone ──────────────────────────────────────────────────────────────────────────────────────


async def gone(hands: Hands, application: SupportApplication, person: str) -> None:
    """Somebody is erased, or left the community: they are in it no more, and approve nothing."""
    if application.status == Status.ACCEPTED:
        if await members.leave(hands.tx, application, person):
            await exchange.shown_out(hands, await themes.get(hands.tx, application.theme), person)
        await _pass_on(hands, application, person)
    if application.status not in WRITABLE:
        return
    if application.applicant == person:
        await members.leave(hands.tx, application, person)
        await returns.taken_back(hands.tx, thing(application), by=person)
        await _pass_on(hands, application, person)
        await settle(hands, application)
        return
    if application.approver == person:
        await loses_approver(hands, application)
    await leaves(hands, application, person)


async def leaves_team(hands: Hands, application: SupportApplication, person: str) -> None:
    """Somebody leaves the team that is supported, and its room."""
    found = await records.of_thing(hands.tx, thing(application))
    team = await records.get(hands.tx, found.id or 0, lock=True) if found is not None else None
    if team is not None:
        await asking.leave(hands, team, person)


async def _pass_on(hands: Hands, application: SupportApplication, person: str) -> None:
    """Whoever agreed first leads it from now on; without anybody it is taken back."""
    if application.applicant != person:
        return
    heirs = await members.agreed(hands.tx, application)
    application.applicant = heirs[0].person if heirs else None
    await applications.write(hands.tx, application)
    if not heirs and application.status in WRITABLE:
        await withdraw(hands, application, by={Party.SYSTEM})
    elif heirs and application.status != Status.DRAFT:
        await _tell_applicant(hands, application, partial(texts.passed_on, await shown.shown(hands, application)))
