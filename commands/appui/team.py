"""Those who are asked to be in a team, or to approve it, answer; and `!appui P-4 ajouter @x`, `quitter`, `retirer`."""

from bot import quotas
from bot.communities.tell import name
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.quota import within
from bot.dispatch.menu.form import Draft, Step
from bot.errors import UserError
from bot.events.gestures import Gesture
from bot.events.text import Text
from bot.i18n import N_, _
from bot.programmes import SupportApplication, SupportMember, applications, members, shown, steps, texts, themes
from bot.programmes.rules.application import APPROVE, JOIN, LIVING, WRITABLE, Party, Refusal, Status
from bot.programmes.rules.team import MOST
from commands.appui.apply import QUESTIONS, approver_named, community_of_draft, known_of, note_own, require_no_other
from commands.appui.numbered import step
from commands.appui.support import command as support
from commands.appui.whom import person, require_members, several

OWN = ("profession", "establishment")

support.belongs(JOIN, to=applications.belongs_to, waits=members.waits)
support.belongs(APPROVE, to=applications.belongs_to, waits=members.approval_waits)


@support.title(about=JOIN)
async def join_title(ctx: Context, item: str) -> str:
    return f"P-{item}"


@support.title(about=APPROVE)
async def approve_title(ctx: Context, item: str) -> str:
    return f"P-{item}"


# ── in the team, or not ───────────────────────────────────────────────────────────────────────────────────


async def _asked(ctx: Context, item: str) -> tuple[SupportApplication, SupportMember] | None:
    """The application, locked, and the sender's row in it while they have not answered."""
    found = await applications.get(ctx.tx, item, lock=True)
    row = await members.get(ctx.tx, found, ctx.sender) if found is not None else None
    if found is None or row is None or row.agreed_at is not None or found.status not in WRITABLE:
        return None
    return None if found.status == Status.DRAFT else (found, row)


@support.reaction(Gesture.YES, about=JOIN, makes=quotas.ANSWER)
async def join(ctx: Context, item: str) -> Reply | None:
    """They are in it, once their profession is known, and their establishment where it counts."""
    asked = await _asked(ctx, item)
    if asked is None:
        return None
    found, _row = asked
    await require_no_other(ctx, await themes.get(ctx.tx, found.theme), but=found)
    await known_of(ctx, found)
    missing = await _missing(ctx, found)
    if missing:
        return await begin(ctx, FORM, {"application": found.id}, step=OWN.index(missing[0]))
    return await _joined(ctx, found)


async def _missing(ctx: Context, found: SupportApplication) -> list[str]:
    row = await members.get(ctx.tx, found, ctx.sender)
    territorial = themes.is_territorial(await themes.get(ctx.tx, found.theme))
    needed = OWN if territorial else OWN[:1]
    return [name for name in needed if row is not None and not getattr(row, name)]


async def _joined(ctx: Context, found: SupportApplication) -> Reply:
    row = await members.get(ctx.tx, found, ctx.sender)
    assert row is not None
    await steps.joins(ctx, found, row)
    return Reply(texts.joined(await shown.shown(ctx, found)))


@support.reaction(Gesture.NO, about=JOIN, makes=quotas.ANSWER)
async def stay_out(ctx: Context, item: str) -> Reply | None:
    asked = await _asked(ctx, item)
    if asked is None:
        return None
    await steps.leaves(ctx, asked[0], ctx.sender)
    return say(_("Noted: you are not in this team. Whoever asked you knows, without a reason."))


def _question(name: str) -> Step:
    async def ask(ctx: Context, draft: Draft) -> Text:
        return Text.of(_(QUESTIONS[name]))

    async def take(ctx: Context, draft: Draft, answer: str) -> Draft:
        asked = await _asked(ctx, str(draft["application"]))
        if asked is None:
            raise UserError(_("This application does not wait for you any more."))
        await note_own(ctx, asked[0], name, answer)
        return draft

    async def has_answer(ctx: Context, draft: Draft) -> bool:
        asked = await _asked(ctx, str(draft["application"]))
        return asked is None or name not in await _missing(ctx, asked[0])

    return Step(ask, take, has_answer)


async def _no_preview(ctx: Context, draft: Draft) -> Text:
    """Each answer is stored as it comes: there is nothing to check."""
    return Text.of()


async def _done(ctx: Context, draft: Draft) -> Reply | None:
    asked = await _asked(ctx, str(draft["application"]))
    if asked is None:
        return say(_("This application does not wait for you any more."))
    if await _missing(ctx, asked[0]):
        return say(_("You are not in the team yet: the question above waits, “yes” (✅) takes it up again."))
    await require_no_other(ctx, await themes.get(ctx.tx, asked[0].theme), but=asked[0])
    return await _joined(ctx, asked[0])


FORM = support.form(
    "support-own",
    preview=_no_preview,
    done=_done,
    title=lambda _ctx, draft: f"P-{draft['application']}",
    steps=tuple(map(_question, OWN)),
    among=community_of_draft,
    makes=quotas.ANSWER,
    saves=True,
)


# ── the management's agreement ────────────────────────────────────────────────────────────────────────────


async def _to_approve(ctx: Context, item: str) -> SupportApplication | None:
    found = await applications.get(ctx.tx, item, lock=True)
    if found is None or found.approver != ctx.sender or found.approved_at is not None:
        return None
    return found if found.status in WRITABLE and found.status != Status.DRAFT else None


@support.reaction(Gesture.YES, about=APPROVE, makes=quotas.ANSWER)
async def approve(ctx: Context, item: str) -> Reply | None:
    found = await _to_approve(ctx, item)
    if found is None:
        return None
    await steps.approves(ctx, found)
    return say(_("Thank you: your agreement for the management is noted. I write to you once it is decided."))


@support.reaction(Gesture.NO, about=APPROVE, makes=quotas.ANSWER)
async def do_not_approve(ctx: Context, item: str) -> Reply | None:
    found = await _to_approve(ctx, item)
    if found is None:
        return None
    await steps.loses_approver(ctx, found)
    return say(_("Noted: without your agreement. Whoever asked you knows, and may ask somebody else."))


# ── changed by whoever leads it, or by oneself ────────────────────────────────────────────────────────────


async def _require_lead(ctx: Context, found: SupportApplication) -> None:
    if found.applicant != ctx.sender:
        raise UserError(texts.refused(await shown.shown(ctx, found), Refusal.NOT_ALLOWED))
    if found.status not in WRITABLE:
        raise UserError(texts.refused(await shown.shown(ctx, found), Refusal.WRONG_STATUS))


@step("ajouter", "add")
async def add(ctx: Context, found: SupportApplication, rest: str) -> Reply | None:
    async def make() -> Reply:
        return await _add(ctx, found, rest)

    return await within(ctx, quotas.APPLICATION, make)


async def _add(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    await _require_lead(ctx, found)
    named = several(ctx, rest) or [person(ctx, rest)]
    there = {row.person for row in await members.of(ctx.tx, found)}
    new = [one for one in named if one not in there]
    if found.approver in new:
        raise UserError(_("Whoever approves is not in the team. Name another one first: `agreement @…`"))
    if new and (count := len(there) + len(new)) > MOST:
        raise UserError(texts.wrong_size(Refusal.TOO_MANY, count))
    await require_members(ctx, await applications.community_of(ctx.tx, found), new)
    for one in new:
        await members.ask(ctx.tx, found, one, now=ctx.now)
        row = await members.get(ctx.tx, found, one)
        assert row is not None
        await steps.ask_member(ctx, found, row)
    return await _now(ctx, found, asked=bool(new))


async def _now(ctx: Context, found: SupportApplication, *, asked: bool) -> Reply:
    of = await shown.shown(ctx, found)
    heading = _("**Noted** for {title}.").format(title=texts.titled(of))
    who = _("Everybody new is asked in private.") if asked and found.status != Status.DRAFT else ""
    return say(heading, who, _("To see where it stands: `!{number}`").format(number=of.number))


@step("retirer", "enlever", "remove", "withdraw", "abandonner")
async def remove(ctx: Context, found: SupportApplication, rest: str) -> Reply | None:
    """With a name somebody of the team; alone the application itself."""
    await _require_lead(ctx, found)
    if not rest:
        return await begin(ctx, WITHDRAW, {"application": found.id})
    named = person(ctx, rest)
    if named == ctx.sender:
        raise UserError(
            _("You lead it. To leave it to the others: `!support {number} leave`").format(
                number=applications.number(found)
            )
        )
    row = await members.get(ctx.tx, found, named)
    if row is None:
        of = await shown.shown(ctx, found)
        raise UserError(texts.declined(name(ctx, named, await applications.community_of(ctx.tx, found)), of))
    await steps.removes(ctx, found, row)
    return await _now(ctx, found, asked=False)


@step("quitter", "leave")
async def leave(ctx: Context, found: SupportApplication, rest: str) -> Reply:
    """Who leads it passes it on, without anybody else it is taken back; who approved does so no more."""
    open_to = WRITABLE if found.approver == ctx.sender else LIVING
    if found.status not in open_to:
        raise UserError(texts.refused(await shown.shown(ctx, found), Refusal.WRONG_STATUS))
    if found.status == Status.ACCEPTED:
        await steps.leaves_team(ctx, found, ctx.sender)
    await steps.gone(ctx, found, ctx.sender)
    if found.status == Status.WITHDRAWN:
        return Reply(texts.withdrawn(await shown.shown(ctx, found)))
    return say(_("Noted: P-{number} goes on without you.").format(number=found.id))


@step("accord", "agreement", "approver")
async def agreement(ctx: Context, found: SupportApplication, rest: str) -> Reply | None:
    async def make() -> Reply:
        await _require_lead(ctx, found)
        named = await approver_named(ctx, found, rest)
        if named != found.approver:
            await steps.names_approver(ctx, found, named)
        return await _now(ctx, found, asked=True)

    return await within(ctx, quotas.APPLICATION, make)


async def _show_withdrawal(ctx: Context, draft: Draft) -> Text:
    found = await applications.get(ctx.tx, draft["application"])
    assert found is not None
    return Text.of(
        _("The application {title} would be taken back, for good.").format(
            title=texts.titled(await shown.shown(ctx, found))
        ),
        _("Everybody in it learns it once.") if found.status != Status.DRAFT else "",
    )


async def _withdraw(ctx: Context, draft: Draft) -> Reply:
    found = await applications.get(ctx.tx, draft["application"], lock=True)
    assert found is not None
    of = await shown.shown(ctx, found)
    with steps.explained(of):
        by = {Party.APPLICANT} if found.applicant == ctx.sender else set[Party]()
        await steps.withdraw(ctx, found, by=by, person=ctx.sender)
    return Reply(texts.withdrawn(of))


WITHDRAW = support.form(
    "support-withdraw",
    preview=_show_withdrawal,
    done=_withdraw,
    title=lambda _ctx, draft: f"P-{draft['application']}",
    question=N_("**Take the application back?** ✅ yes, ❌ no"),
    among=community_of_draft,
    makes=quotas.APPLICATION,
)
