"""`!admin réglage`, `!admin accueil`, `!admin contact`, `!admin conservation`: what a team sets for its community."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot import nouns, quotas
from bot.communities import communities
from bot.communities.rules.roles import Role
from bot.communities.settings import settings
from bot.communities.settings.own_settings import CHARTER, CONTACT, CONTROLLER, DATA_PROTECTION, WELCOME
from bot.communities.settings.setting import Fixed, Setting, begins_with, nearest, that_begin
from bot.communities.settings.setting_kinds import Words
from bot.communities.team import undo
from bot.digest.settings import DIGEST
from bot.dispatch.answer.asking_back.which_community import the_community
from bot.dispatch.answer.context import Context
from bot.dispatch.answer.forms import begin, offer
from bot.dispatch.answer.reply import Reply, say
from bot.dispatch.answer.rights.rights import require
from bot.dispatch.menu import help_pages
from bot.dispatch.menu.arguments import NOTHING, Rest
from bot.dispatch.menu.command import Command
from bot.dispatch.menu.form import Draft
from bot.errors import UserError
from bot.events.text import Text, bullets, numbered, quote, title
from bot.i18n import N_, _
from bot.resources.texts import one_line
from bot.text.plain_text import fold

by_key = Command(
    "réglage",
    aliases=("réglages", "régler", "setting", "settings", "set"),
    under="admin",
    shown=N_("admin setting"),
    summary=N_("what you may set for the community"),
    examples=(N_("admin setting"), N_("admin setting group1 3")),
    role=Role.MODERATOR,
    place=66,
)
welcome = Command(
    "accueil",
    aliases=("welcome", "bienvenue"),
    under="admin",
    shown=N_("admin welcome"),
    summary=N_("the team's words of welcome"),
    examples=(N_("admin welcome"), N_("admin welcome “Good to have you here.”")),
    role=Role.MODERATOR,
    place=71,
)
charter = Command(
    "charte",
    aliases=("charter",),
    under="admin",
    shown=N_("admin charter"),
    summary=N_("the community's charter"),
    examples=(N_("admin charter"), N_("admin charter “We answer each other.”")),
    role=Role.MODERATOR,
    place=71,
)
digest = Command(
    "digest",
    aliases=("récapitulatif", "recap"),
    under="admin",
    summary=N_("how often the room gets what is new"),
    examples=(N_("admin digest"), N_("admin digest weekly")),
    role=Role.MODERATOR,
    place=73,
)
contact = Command(
    "contact",
    aliases=("contacts",),
    under="admin",
    summary=N_("how to reach the team and the DPO"),
    examples=(N_("admin contact “equipe@example.org”"), N_("admin contact dpo “dpo@example.org”")),
    role=Role.MODERATOR,
    place=71,
)
retention = Command(
    "conservation",
    aliases=("retention",),
    under="admin",
    shown=N_("admin retention"),
    summary=N_("how long I keep what"),
    examples=(N_("admin retention"), N_("admin retention searches 60")),
    role=Role.MODERATOR,
    place=74,
)
commands = (by_key, welcome, charter, contact, digest, retention)

Entry: TypeAlias = Setting[Any] | Fixed
AT_ONCE = 10
"""As many as there are numbers to answer with."""
RETENTION, IN_ENGLISH = "conservation-", "retention-"
USUAL = frozenset({"defaut", "default", "habituel", "usual", "aucun", "none", "effacer", "clear"})


# ── what is typed ─────────────────────────────────────────────────────────────────────────────────────────


@by_key.run(usage=N_("admin setting group1 3"))
async def any_setting(ctx: Context, words: Rest = NOTHING) -> Reply:
    return await _among(ctx, nouns.every_entry(), words)


@welcome.run(usage=N_("admin welcome “Good to have you here.”"))
async def welcome_text(ctx: Context, words: Rest = NOTHING) -> Reply:
    return await _one_of(ctx, WELCOME, words)


@charter.run(usage=N_("admin charter “We answer each other.”"))
async def charter_text(ctx: Context, words: Rest = NOTHING) -> Reply:
    return await _one_of(ctx, CHARTER, words)


@digest.run(usage=N_("admin digest weekly"))
async def rhythm_of_digest(ctx: Context, words: Rest = NOTHING) -> Reply:
    return await _one_of(ctx, DIGEST, words)


@contact.run(usage=N_("admin contact “equipe@example.org”"))
async def contacts(ctx: Context, words: Rest = NOTHING) -> Reply:
    """The team's address; behind `responsable` and `dpo`, who is responsible for and in charge of data protection."""
    if not words:
        return await _page(ctx, (CONTACT, CONTROLLER, DATA_PROTECTION))
    found, typed = begins_with(words, (CONTROLLER, DATA_PROTECTION))
    return await (_one_of(ctx, found, typed) if found is not None else _one_of(ctx, CONTACT, words))


@retention.run(usage=N_("admin retention"))
async def how_long(ctx: Context, words: Rest = NOTHING) -> Reply:
    known = [entry for entry in nouns.every_entry() if entry.key.startswith(RETENTION)]
    if words:
        found = begins_with(f"{IN_ENGLISH}{words}", known)[0]
        return await _among(ctx, known, f"{IN_ENGLISH if found else RETENTION}{words}")
    return await _page(ctx, known, _("All else that I keep, and for how long: `!me privacy`"))


async def _among(ctx: Context, known: Sequence[Entry], words: str) -> Reply:
    """The list of these settings, or of some; of the one that the words name, what holds, or a change of it."""
    if not words:
        return await _page(ctx, known)
    setting, typed = begins_with(words, known)
    if setting is not None:
        return await _one_of(ctx, setting, typed)
    if some := that_begin(words, known):
        return await _page(ctx, some)
    raise UserError(_unknown(ctx, words, known))


async def _one_of(ctx: Context, setting: Entry, typed: str) -> Reply:
    if isinstance(setting, Fixed):
        return _fixed(setting, asked=bool(typed))
    return await (change(ctx, setting, typed) if typed else _one(ctx, setting))


def _unknown(ctx: Context, words: str, known: Sequence[Entry]) -> str:
    typed = one_line(words, longest=40)
    if (other := _command_of(ctx, words)) is not None:
        sentence = _("“{typed}” is not set here. Did you mean `!{command}`?")
        return sentence.format(typed=typed, command=help_pages.shown(other))
    near = nearest(words, known)
    if near is None:
        return _("I know no setting “{typed}”. To see them: `!admin setting`").format(typed=typed)
    sentence = _("I know no setting “{typed}”. Did you mean `!admin setting {key}`?")
    return sentence.format(typed=typed, key=near.name)


def _command_of(ctx: Context, words: str) -> Command | None:
    """The command of the team that the words name: `protection` is set for each room."""
    read = ctx.menu.read(f"{by_key.under} {words}")
    return read.command if read is not None and read.command.under == by_key.under else None


# ── what there is ─────────────────────────────────────────────────────────────────────────────────────────


async def _page(ctx: Context, known: Sequence[Entry], behind: str = "") -> Reply:
    """The beginning of the list: a number shows one of it, `suite` what follows; `behind`: a last line."""
    community, shown, rest = the_community(ctx), known[:AT_ONCE], known[AT_ONCE:]
    values = [entry.said(await _stored_here(ctx, community.slug, entry)) for entry in shown]
    lines = [
        _("**{key}**: {value}").format(key=setting.name, value=one_line(value, longest=60))
        for setting, value in zip(shown, values, strict=True)
    ]
    text = Text.of(
        title(_("What is set for the community")),
        numbered(lines),
        _("To see one of them, write its number; what follows: `more`")
        if rest
        else _("To see one of them, write its number."),
        behind,
    )
    draft = {"shown": [setting.key for setting in shown], "rest": [setting.key for setting in rest]}
    return await offer(ctx, LIST, draft, text)


async def _pick(ctx: Context, data: Draft, number: int) -> Reply:
    if number > len(data["shown"]):
        raise UserError(_("There is no number {number} in this list.").format(number=number))
    entry = nouns.entry(data["shown"][number - 1])
    return _fixed(entry, asked=False) if isinstance(entry, Fixed) else await _one(ctx, entry)


async def _stored_here(ctx: Context, slug: str, entry: Entry) -> str | None:
    return await settings.stored(ctx.tx, slug, entry) if isinstance(entry, Setting) else None


async def _more(ctx: Context, data: Draft) -> Reply:
    rest = [nouns.entry(key) for key in data["rest"]]
    return await _page(ctx, rest) if rest else say(_("There is nothing more."))


LIST = by_key.choice("settings", pick=_pick, more=_more)


async def _one(ctx: Context, setting: Setting[Any]) -> Reply:
    now = await settings.stored(ctx.tx, the_community(ctx).slug, setting)
    return say(
        _("**{key}**: {what}.").format(key=setting.name, what=_(setting.what)),
        *_values(setting, now=now),
        bullets(_("**Possible**: {range}").format(range=setting.kind.range())),
        _("To change it: `!admin setting {key} <value>`").format(key=setting.name),
        _("To go back to the usual value: `!admin setting {key} default`").format(key=setting.name) if now else "",
    )


def _fixed(entry: Fixed, *, asked: bool) -> Reply:
    """How it is and why; `asked`: somebody wanted to change it."""
    return say(
        _("No community sets this. I changed nothing.") if asked else "",
        _("**{key}**: {what}.").format(key=entry.name, what=_(entry.what)),
        bullets(_("**Now**: {value}").format(value=entry.said())),
        _(entry.why),
    )


def _values(setting: Setting[Any], *, now: str | None, then: str | None = None, changes: bool = False) -> list[Text]:
    """What holds now and, if it `changes`, what would: a text of the team below its heading, all else behind it."""
    said = [(_("**Now**: {value}"), now), *([(_("**From then on**: {value}"), then)] if changes else [])]
    if isinstance(setting.kind, Words) and (now or then):
        return [_quoted(heading, setting, text) for heading, text in said]
    return [bullets(*(heading.format(value=setting.said(text)) for heading, text in said))]


def _quoted(heading: str, setting: Setting[Any], text: str | None) -> Text:
    if not text:
        return Text.of(heading.format(value=setting.said(text)))
    return Text.of(heading.format(value="").rstrip(), *map(quote, text.splitlines()))


# ── a change: its preview, and what a yes does ────────────────────────────────────────────────────────────


async def change(ctx: Context, setting: Setting[Any], typed: str) -> Reply:
    """Show what a setting would become; a yes makes it so."""
    await require(ctx, setting.role)
    now = await settings.stored(ctx.tx, the_community(ctx).slug, setting)
    then = _stored(setting, typed)
    if then == now or (now is None and setting.of(then) == setting.default):
        raise UserError(_("This is set so already: {value}").format(value=setting.said(now)))
    return await begin(ctx, CHANGE, {"key": setting.key, "now": now, "then": then})


def _stored(setting: Setting[Any], typed: str) -> str | None:
    if fold(typed.strip(" .")).text in USUAL:
        return None
    return setting.kind.stored(setting.kind.read(typed))


async def _show(_ctx: Context, draft: Draft) -> Text:
    setting = nouns.setting(draft["key"])
    return Text.of(
        _("**{key}**: {what}.").format(key=setting.name, what=_(setting.what)),
        *_values(setting, now=draft["now"], then=draft["then"], changes=True),
        _(setting.concerns),
    )


async def _set(ctx: Context, draft: Draft) -> Reply:
    setting, community = nouns.setting(draft["key"]), the_community(ctx)
    await require(ctx, setting.role)
    await communities.locked(ctx.tx, community.slug)
    now = await settings.stored(ctx.tx, community.slug, setting)
    if now != draft["now"]:
        sentence = _("This has been set anew meanwhile, so I changed nothing. To see it: `!admin setting {key}`")
        raise UserError(sentence.format(key=setting.name))
    async with undo.noted(ctx, settings.undoable(setting), "", community=community.slug, role=setting.role):
        await settings.put_stored(ctx.tx, community.slug, setting, draft["then"])
    value = one_line(setting.said(draft["then"]), longest=60)
    return say(_("It is set. {key}: {value}").format(key=setting.name, value=value), undo.hint())


CHANGE = by_key.form(
    "setting",
    preview=_show,
    done=_set,
    title=lambda ctx, draft: nouns.setting(draft["key"]).name,
    makes=quotas.TEAM,
)
