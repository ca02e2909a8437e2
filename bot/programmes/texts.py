"""What is said about an application to whoever is in it, or is asked to be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.events.text import Text, bullets, quote, title
from bot.i18n import N_, _, language, ngettext
from bot.programmes import catalogue
from bot.programmes.applications import number
from bot.programmes.rules.application import OVER, WRITABLE, Refusal, Status
from bot.programmes.rules.team import FEWEST, MOST
from bot.programmes.tables import SupportApplication, SupportMember, SupportTheme
from bot.registers import professions
from bot.resources.texts import one_line


@dataclass(frozen=True, slots=True)
class Shown:
    """An application as it is now: its theme, its people with their names, what it lacks."""

    application: SupportApplication
    theme: SupportTheme
    members: Sequence[SupportMember]
    names: dict[str, str]
    lacks: Collection[Refusal]

    @property
    def number(self) -> str:
        return number(self.application)

    def name(self, person: str | None) -> str:
        return self.names.get(person or "", "") or _("a former member")


def theme_name(theme: SupportTheme) -> str:
    """The theme as readers know it."""
    return catalogue.titled(theme.theme, language())


def team_name(application: SupportApplication, theme: SupportTheme) -> str:
    """What a team that is supported is called from then on."""
    return _("{theme}, application {number}").format(theme=theme_name(theme), number=number(application))


def titled(shown: Shown) -> str:
    """As it is named in a sentence."""
    return _("“{theme}” ({number})").format(theme=theme_name(shown.theme), number=shown.number)


STANDING: Final = {
    Status.DRAFT: N_("being written, not sent"),
    Status.INCOMPLETE: N_("sent, not complete"),
    Status.SUBMITTED: N_("complete, the team decides"),
    Status.ACCEPTED: N_("accepted, supported"),
    Status.REFUSED: N_("not accepted"),
    Status.WITHDRAWN: N_("application taken back"),
    Status.ENDED: N_("support over"),
}

LACKS: Final = {
    Refusal.NOT_FRAMED: N_("the need and the project, in a few sentences: `!support {number} continue`"),
    Refusal.TOO_FEW: N_("people who agree, {fewest} at least: `!support {number} add @…`"),
    Refusal.TOO_MANY: N_("one person fewer, {most} at most: `!support {number} remove @…`"),
    Refusal.PROFESSIONS: N_("a second profession: a supported team has several"),
    Refusal.ESTABLISHMENTS: N_("a second establishment: the theme is a territory's"),
    Refusal.APPROVAL: N_("the management's agreement"),
}


def lacking(shown: Shown) -> Text:
    """What it lacks, a line each; empty for one that lacks nothing."""
    return bullets(*(_lack(shown, why) for why in shown.lacks))


def _lack(shown: Shown, why: Refusal) -> str:
    if why is Refusal.APPROVAL and shown.application.approver is None:
        return _("the management's agreement: `!support {number} agreement @…`").format(number=shown.number)
    if why is Refusal.APPROVAL:
        name = shown.name(shown.application.approver)
        return _("the management's agreement: {name} has not answered").format(name=name)
    return _(LACKS[why]).format(number=shown.number, fewest=FEWEST, most=MOST)


def people(shown: Shown) -> list[str]:
    """Each of the team, with profession and establishment once they agreed."""
    return [_person(shown, row) for row in shown.members]


def _person(shown: Shown, row: SupportMember) -> str:
    if row.agreed_at is None and shown.application.status == Status.DRAFT and not row.profession:
        return shown.name(row.person)
    if row.agreed_at is None and row.person != shown.application.applicant:
        return _("{name}: no answer yet").format(name=shown.name(row.person))
    profession = professions.get(row.profession)
    known = (profession.name(language()) if profession is not None else "", row.establishment)
    return ", ".join((shown.name(row.person), *(part for part in known if part)))


def whole(shown: Shown) -> Text:
    """All of it, for those in it and for the community's team."""
    application = shown.application
    return Text.of(
        title(_("Application for support {title}").format(title=titled(shown))),
        _("Where it stands: {standing}.").format(standing=_(STANDING[Status(application.status)])),
        _("It comes from the challenge C-{challenge}.").format(challenge=application.challenge)
        if application.challenge
        else "",
        _("**Need**: {need}").format(need=application.need) if application.need else "",
        _("**Project**: {project}").format(project=application.project) if application.project else "",
        bullets(*people(shown), _approval(shown)),
        _("Why: {reason}").format(reason=application.reason) if application.reason else "",
    )


def _approval(shown: Shown) -> str:
    application = shown.application
    if application.approved_at is not None:
        return _("Agreement of the management: {name}").format(name=shown.name(application.approver))
    return _("Agreement of the management: not yet") if application.status not in OVER else ""


def state(shown: Shown) -> Text:
    """What it lacks, or what comes next."""
    if shown.application.status == Status.DRAFT:
        return Text.of(_("To write on, then send it: `!support {number} continue`").format(number=shown.number))
    if shown.application.status in WRITABLE and shown.lacks:
        return Text.of(_("**Still missing:**"), lacking(shown))
    return Text.of()


# ── to whoever answers for it ─────────────────────────────────────────────────────────────────────────────


def sent(shown: Shown) -> Text:
    """Right after it was sent."""
    return Text.of(
        _("**Sent**: application {title}.").format(title=titled(shown)),
        _("Everybody you named is asked in private. I write to you when it is complete, or when something is missing."),
        state(shown),
        _("To see where it stands: `!{number}`").format(number=shown.number),
    )


def complete(shown: Shown) -> Text:
    return Text.of(
        _("**Your application {title} is complete**, with the management's agreement.").format(title=titled(shown)),
        _("The community's team has it and decides; I write to you then."),
    )


def incomplete(shown: Shown, news: str) -> Text:
    """Something has changed, and this is what it lacks now."""
    return Text.of(
        news or _("Everybody has answered for your application {title}.").format(title=titled(shown)),
        _("**Your application {number} is not complete:**").format(number=shown.number),
        lacking(shown),
        _("To see it: `!{number}`").format(number=shown.number),
    )


def still_complete(shown: Shown, news: str) -> Text:
    """Somebody is in it no more, and it lacks nothing."""
    return Text.of(news, _("It stays complete. To see it: `!{number}`").format(number=shown.number))


def declined(name: str, shown: Shown) -> str:
    return _("{name} is not in the team of your application {title}.").format(name=name, title=titled(shown))


def not_approved(name: str, shown: Shown) -> str:
    sentence = _("The agreement of {name} is missing now for your application {title}: you may name somebody else.")
    return sentence.format(name=name, title=titled(shown))


def removed(shown: Shown) -> Text:
    """To whoever had agreed to be in the team, and is not in it any more by its lead's doing."""
    return Text.of(
        _("Whoever leads the application {title} counts you in its team no more. Nothing is expected of you.").format(
            title=titled(shown)
        )
    )


def approval_replaced(shown: Shown) -> Text:
    """To whoever had given the management's agreement."""
    sentence = _("For the application {title} somebody else is asked for the management's agreement; yours is dropped.")
    return Text.of(sentence.format(title=titled(shown)))


def passed_on(shown: Shown) -> Text:
    """To a member of the team, once whoever answered for it is gone."""
    return Text.of(
        _("Whoever led the application {title} is in it no more: **you lead it now**.").format(title=titled(shown)),
        state(shown),
        _("To see it: `!{number}`").format(number=shown.number),
    )


# ── to those who are asked ────────────────────────────────────────────────────────────────────────────────


def invitation(shown: Shown) -> Text:
    """To whoever is asked to be in the team."""
    return Text.of(
        _("**{name} asks you to be in a team** for support on {title}:").format(
            name=shown.name(shown.application.applicant), title=titled(shown)
        ),
        quote(one_line(shown.application.project, longest=300)),
        _("The team and those who decide read your name and your profession, with your establishment if it counts."),
        _("**Are you in it?** ✅ yes, ❌ no. Without an answer you are not."),
    )


def approval(shown: Shown) -> Text:
    """To whoever is named as its approver."""
    names = ", ".join(shown.name(row.person) for row in shown.members)
    return Text.of(
        _("**{name} needs the management's agreement, yours**, for support on {title}:").format(
            name=shown.name(shown.application.applicant), title=titled(shown)
        ),
        quote(one_line(shown.application.need, longest=300)),
        quote(one_line(shown.application.project, longest=300)),
        _("The team: {names}").format(names=names),
        _("**Do you agree, for the management?** ✅ yes, ❌ no. Without your yes it stays incomplete."),
    )


def joined(shown: Shown) -> Text:
    return Text.of(
        _("Thank you: you are in the team for {title}.").format(title=titled(shown)),
        _("I write to you once it is decided. To leave it: `!support {number} leave`").format(number=shown.number),
    )


# ── the ends ──────────────────────────────────────────────────────────────────────────────────────────────


def accepted(shown: Shown) -> Text:
    return Text.of(
        _("**The team is supported now**: {title}.").format(title=titled(shown)),
        _("Its members are invited to the room where the teams of this theme exchange."),
        _("To see the team: `!{number}`").format(number=shown.number),
    )


def refused_end(shown: Shown) -> Text:
    return Text.of(
        _("The application {title} was not accepted. The reason:").format(title=titled(shown)),
        quote(shown.application.reason),
        _("To see which themes are open: `!support`"),
    )


def withdrawn(shown: Shown) -> Text:
    return Text.of(_("The application {title} was taken back. Nothing is expected of you.").format(title=titled(shown)))


def ended(shown: Shown) -> Text:
    return Text.of(
        _("**The support of this team is over**: {title}. Thank you.").format(title=titled(shown)),
        _("Its members are asked two short questions about it."),
    )


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────

REFUSED: Final = {
    Refusal.WRONG_STATUS: N_("{title}: this is not possible any more, or not yet."),
    Refusal.NOT_ALLOWED: N_("Only whoever leads this application, or the community's team, does this."),
    Refusal.REASON_MISSING: N_(
        "Say why: everybody in it reads it. For example: `!admin support {number} refuse too late`"
    ),
    Refusal.CLOSED: N_(
        "This theme takes no applications any more. Yours stays a draft, and goes out if it opens again."
    ),
}


def refused(shown: Shown, why: Refusal) -> str:
    """Why a step is not possible."""
    if why in REFUSED:
        return _(REFUSED[why]).format(title=titled(shown), number=shown.number)
    return "\n".join((_("Application {title} still lacks:").format(title=titled(shown)), _lack(shown, why)))


def wrong_size(why: Refusal, count: int) -> str:
    """To somebody who names too few people, or too many."""
    said = ngettext("You are {count} person.", "You are {count} people.", count).format(count=count)
    sentence = (
        _("A supported team has {fewest} people at least, you counted: {fewest} to {most} can do a project together.")
        if why is Refusal.TOO_FEW
        else _("A supported team has {most} people at most, you counted: beyond, not everybody takes part.")
    )
    return f"{said} {sentence.format(fewest=FEWEST, most=MOST)}"
