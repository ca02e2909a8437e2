"""Promises of the registry of settings: what was planned as a setting is one, or is shown with the reason why not."""

import re
from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages

import bot
import commands
from bot.communities.settings.setting import Fixed, Setting
from bot.communities.settings.setting_kinds import Number
from bot.dispatch.hear import intake
from bot.dispatch.menu.menu import Menu
from bot.help.tables import Satisfaction
from bot.i18n import speaking
from bot.nouns import every_entry, every_setting
from bot.privacy import retention
from tests.chat import MODO, Chat
from tests.test_retention import help_request, left, stores

PLANNED = {
    "heures_ouvrees": "heures-ouvrees",
    "delai_acceptation": "delai-vague2",
    "vague1": "vague1",
    "vague2": "vague2",
    "delai_vague2": "delai-vague2",
    "charge_max": "charge-max",
    "mois_max": "mois-max",
    "relance_expert": "relance-expert",
    "rappels": "rappel-salon",
    "silence": "silence",
    "attente_auto": "attente-auto",
    "retenue_place": "retenue-place",
    "seuil_effectif_anonymat": "min-reponses",
    "verification_doc": "verification-doc",
    "digest": "digest",
    "debit_sortant": "debit-sortant",
    "rattrapage_max": "rattrapage-max",
    "conservation.personne": "conservation-personnes",
    "conservation.demande": "conservation-demandes",
    "conservation.inscription": "conservation-inscriptions",
    "conservation.vote": "conservation-votes",
    "conservation.avis": "conservation-avis",
    "conservation.recherche": "conservation-recherches",
    "conservation.audit": "conservation-historique",
    "conservation.incident": "conservation-incidents",
    "satisfaction_cible": "satisfaction-cible",
    "min_reponses": "min-reponses",
}
"""The keys of the product's page, and what they are here. `votes_par_personne` waits for votes that people spend."""
OF_ROOMS = {"garde": "protection"}
"""Set for each room, by a command of their own."""
NOT_OF_A_TEAM = {
    "bot.mailbox.receiving.inbox": "commands, whose text is deleted at once",
    "bot.mailbox.sending.outbox": "answers, whose text is deleted at once",
    "bot.mailbox.dialogues": "what was being filled in",
    "bot.communities.people.quota_uses": "counts under a fingerprint of the day",
    "bot.communities.room_moves": "rooms that are being replaced",
    "bot.help.asking": "a draft of some hours",
}
"""What each installation stores for as long as it works; `deploy/RGPD.md` has the periods."""


def periods() -> set[tuple[str, timedelta]]:
    """Every constant of the program by which something is stored for some time, and its module."""
    found = set()
    for module in walk_packages(bot.__path__, "bot."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            names = vars(import_module(module.name)).items()
            found |= {(module.name, kept) for name, kept in names if re.search(r"KEPT$", name) and _is_period(kept)}
    return found


def _is_period(value: object) -> bool:
    return isinstance(value, timedelta)


def test_every_planned_key_is_in_the_registry_or_a_command_of_rooms() -> None:
    known = {entry.key for entry in every_entry()}
    assert {key: name for key, name in PLANNED.items() if name not in known} == {}
    assert [name for name in OF_ROOMS.values() if Menu.of(commands).read(f"admin {name}") is None] == []


def test_every_period_of_the_program_is_set_by_the_team_or_shown_with_its_reason() -> None:
    shown = {entry.period for entry in every_entry() if isinstance(entry, Fixed)}
    shown |= {timedelta(days=one.default) for one in every_setting() if one.key.startswith("conservation-")}
    assert [found for found in sorted(periods()) if found[1] not in shown and found[0] not in NOT_OF_A_TEAM] == []


def test_no_team_stores_anything_for_longer_than_the_record_says() -> None:
    settable = [one for one in every_setting() if one.key.startswith("conservation-")]
    assert len(settable) >= 4
    kinds = [(one.key, one.kind, one.default) for one in settable]
    assert [key for key, kind, most in kinds if not isinstance(kind, Number) or kind.high != most] == []


def test_a_key_leads_to_one_entry_in_both_languages_and_each_says_how_it_is() -> None:
    names = [name for entry in every_entry() for name in entry.names]
    assert sorted(names) == sorted(set(names))
    wrong = []
    for entry in every_entry():
        for language in ("fr", "en"):
            with speaking(language):
                wrong += [] if entry.said(None) or isinstance(entry, Setting) else [entry.key]
    assert wrong == []


def test_what_is_caught_up_with_is_what_is_said() -> None:
    assert intake.OLDEST.total_seconds() == 24 * 3600


async def test_what_no_team_sets_is_shown_with_its_reason_and_a_change_changes_nothing(chat: Chat) -> None:
    for typed in ("conservation votes", "réglage conservation-votes", "réglage retention votes"):
        await chat.says(MODO, f"!admin {typed}")
        assert chat.last.lines[1] == "- Aujourd'hui\u00a0: 30 jours (non réglable)", typed
    for typed in ("conservation votes 365", "réglage silence 20h-8h", "réglage debit_sortant 10"):
        await chat.says(MODO, f"!admin {typed}")
        assert chat.last.lines[0] == "Aucune communauté ne règle cela. Je n'ai rien changé.", typed
    assert await chat.rows("SELECT * FROM dialogue WHERE name = 'setting'") == []


async def test_a_team_shortens_how_long_closed_requests_and_opinions_are_stored_but_never_lengthens_it(
    chat: Chat,
) -> None:
    for typed, sentence in (
        ("conservation demandes 400", "de 90 jours à 365 jours"),
        ("conservation avis 181", "de 90 jours à 180 jours"),
    ):
        await chat.says(MODO, f"!admin {typed}")
        assert sentence in chat.last.text
    await chat.confirms(MODO, "!admin conservation avis 90")
    assert chat.last.lines[0] == "C'est réglé. conservation-avis\u00a0: 90 jours"
    await chat.confirms(MODO, "!admin conservation demandes 90")

    opinion = Satisfaction(request=1, turn=1, community="numerique", went_well=True, asked_at=chat.now)
    await stores(chat, iter((help_request(chat.now, status="closed"), opinion)))
    for days, count in ((90, 1), (91, 0)):
        await retention.forget_old(chat.database, now=chat.now + timedelta(days=days))
        assert await left(chat, Satisfaction) == [count]
        texts = await chat.rows("SELECT text FROM help_request")
        assert [text != "" for (text,) in texts] == [count == 1]
