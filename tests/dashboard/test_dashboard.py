"""Promises of the team's dashboard: its figures are those of the database, few people stay hidden, few see it."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.communities.figures.views import LEAST, TARGET, WEEKS
from bot.communities.people import people
from bot.communities.settings import settings
from bot.mailbox.sending.outbox import KEPT
from bot.volunteers import profiles
from bot.volunteers.tables import Profile
from tests.chat import ANA, BEN, CLEO, MODO, MORNING, Chat
from tests.commands.test_rdv_words import declines
from tests.dashboard import lived
from tests.help.people import asks as asks_for_help
from tests.phone import lines_of

TEAM_ROOM = "!team:example.org"
HERE = f"community = '{lived.HERE}'"
SINCE = (MORNING - timedelta(weeks=WEEKS - 1, days=1)).replace(hour=0).isoformat(sep=" ")[:10]
"""Monday of the first of the twelve weeks; midnight in Paris is an hour before."""


async def lives(chat: Chat, *, people: int = 60, requests: int = 48) -> None:
    """The community has a year behind it."""
    await lived.write(chat.database, people=people, requests=requests, now=chat.now)


async def asks(chat: Chat, what: str = "", *, who: str = MODO, room: str | None = None) -> str:
    """What the bot answers in private to `!admin tableau`, without its no-break spaces."""
    await chat.says(who, f"!admin tableau {what}".strip(), room=room or await chat.direct(who))
    return chat.last.text.replace("\u00a0", " ")


async def count(chat: Chat, query: str) -> int:
    [[number]] = await chat.rows(f"SELECT count(*) FROM {query}")
    return int(number)


# ── the screen ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_busy_community_is_one_screen_whose_lines_name_their_commands(chat: Chat) -> None:
    await lives(chat)

    text = await asks(chat)

    assert lines_of(text) <= 12, text
    title, *lines = text.split("\n")
    assert title == "Numérique en santé"
    named = [re.findall(r"!(?:admin [\w ]+|rdv)", line) for line in lines]
    assert [command for found in named for command in found] == [
        *("!admin entraide", "!admin expert", "!admin doc", "!admin recherches", "!rdv"),
        *("!admin tableau satisfaction", "!admin tableau experts", "!admin tableau image"),
    ], text


async def test_its_figures_are_those_of_the_database(chat: Chat) -> None:
    await lives(chat)
    waiting = f"help_request WHERE {HERE} AND status IN ('open', 'with_peers', 'seeking', 'untaken')"
    unsettled = f"help_request WHERE {HERE} AND status NOT IN ('resolved', 'closed', 'cancelled', 'draft')"
    there = f"expert WHERE {HERE} AND own_yes AND team_yes"
    there += " AND person NOT IN (SELECT person FROM availability WHERE paused)"
    [[oldest]] = await chat.rows(f"SELECT min(id) FROM {waiting}")
    old = f"resource WHERE {HERE} AND state = 'published' AND verified_on < '{MORNING - timedelta(days=365):%Y-%m-%d}'"
    per_volunteer = round(await count(chat, unsettled) / await count(chat, there), 1)
    ours = f"meetup IN (SELECT id FROM meetup WHERE series IN (SELECT id FROM meetup_series WHERE {HERE}))"
    answered = await count(chat, f"satisfaction WHERE {HERE} AND went_well IS NOT NULL")
    answered += await count(chat, f"meetup_opinion WHERE {ours} AND went_well IS NOT NULL")
    expected = [
        f"{await count(chat, waiting)} demandes sans réponse, D-{oldest} depuis",
        f"{await count(chat, f'expert WHERE {HERE} AND own_yes AND NOT team_yes')} volontaires à valider",
        f"{await count(chat, old)} ressources à vérifier",
        f"{await count(chat, f'search_miss WHERE {HERE}')} recherches vaines",
        f"(n = {answered})",
        f"par volontaire : {str(per_volunteer).replace('.', ',')}",
    ]

    text = await asks(chat)

    assert [figure for figure in expected if figure not in text] == [], text


async def test_what_is_not_counted_here_is_said_in_a_sentence(chat: Chat) -> None:
    assert (await asks(chat, "appuis")).startswith("Les appuis aux établissements ne sont pas suivis ici")


async def test_where_nothing_is_to_be_done_one_sentence_says_so(chat: Chat) -> None:
    assert await asks(chat) == "Numérique en santé\nRien n'attend l'équipe de la communauté."


# ── who may read it, and where ────────────────────────────────────────────────────────────────────────────


async def test_asked_in_a_room_it_is_answered_in_private_and_only_the_team_s_room_reads_it(chat: Chat) -> None:
    private = await chat.direct(MODO)
    await chat.opens(TEAM_ROOM, community=lived.HERE, members=(MODO, CLEO))
    chat.forget()

    await chat.says(MODO, "!admin tableau")
    assert {(said.room_id, "Rien n'attend" in said.text) for said in chat.messages} == {
        (private, True),
        (chat.room, False),
    }
    await chat.confirms(MODO, "!admin salon équipe", room=TEAM_ROOM)
    await chat.says(MODO, "!admin tableau", room=TEAM_ROOM)
    assert (chat.last.room_id, "Rien n'attend" in chat.last.text) == (TEAM_ROOM, True)


async def test_who_is_not_of_the_team_any_more_reads_nothing(chat: Chat) -> None:
    chat.homeserver.event(chat.room, "m.room.power_levels", "@boss:example.org", {"users": {}}, state_key="")

    for who in (MODO, ANA):  # the bot has not heard of the demotion: it asks
        assert "réservée" in await asks(chat, who=who)
        assert "réservée" in await asks(chat, "satisfaction", who=who)


async def test_the_team_of_one_community_reads_nothing_of_another(chat: Chat) -> None:
    await chat.opens("!rse:example.org", community="rse", members=(MODO, BEN), power={MODO: 0, BEN: 50})
    chat.forget()
    await chat.says(MODO, "!admin tableau", room="!rse:example.org")

    assert ["réservée" in said.text for said in chat.messages] == [True]


async def test_an_observer_reads_sums_and_not_what_waits(chat: Chat) -> None:
    await lives(chat)
    await chat.confirms("@boss:example.org", f"!admin équipe ajouter {ANA} observation")

    text = await asks(chat, who=ANA)

    assert "Bien déroulé" in text
    assert re.search(r"D-\d|à valider|vaines", text) is None, text
    assert "réservée" in await asks(chat, "recherche", who=ANA)
    assert "Participation" in await asks(chat, "participation", who=ANA)


async def test_that_few_people_asked_is_read_by_the_team_and_by_no_observer(chat: Chat) -> None:
    await chat.confirms("@boss:example.org", f"!admin équipe ajouter {BEN} observation")
    await asks_for_help(chat, ANA)

    assert "1 demande ouverte" in await asks(chat)
    assert "demande" not in await asks(chat, who=BEN)


async def test_who_cannot_be_written_to_in_private_learns_where_to_ask(chat: Chat) -> None:
    await declines(chat, MODO)
    await chat.says(MODO, "!admin tableau")

    assert "Demandez-les dans le salon de l'équipe" in chat.last.text


# ── opinions, people ──────────────────────────────────────────────────────────────────────────────────────


async def test_satisfaction_is_the_share_of_those_who_answered(chat: Chat) -> None:
    await lived.opinions(chat.database, "help", answers=[(n < 18, n < 17) for n in range(20)], silent=10, now=chat.now)
    await lived.opinions(chat.database, "meetups", answers=[(True, True)] * 5, silent=6, now=chat.now)

    text = await asks(chat, "satisfaction")

    assert "Déroulement : 92 % (23 sur 25)" in text
    assert "Apports : 88 % (22 sur 25)" in text
    assert "Taux de réponse : 61 % (25 sur 41)" in text
    assert "Objectif : 90 %" in text
    assert "Entraide : déroulement 90 % (18 sur 20)" in text
    assert "Bien déroulé 92 %, utile 88 % (n = 25)" in await asks(chat)


@pytest.mark.parametrize(
    ("of_help", "of_meetups", "together", "apart"),
    [(3, 0, False, False), (4, 1, True, False), (6, 3, True, False), (5, 5, True, True)],
)
async def test_what_few_people_thought_is_neither_shown_nor_to_be_had_by_subtraction(
    chat: Chat, of_help: int, of_meetups: int, *, together: bool, apart: bool
) -> None:
    for what, answers in (("help", of_help), ("meetups", of_meetups)):
        await lived.opinions(chat.database, what, answers=[(True, False)] * answers, silent=0, now=chat.now)

    text, others = await asks(chat, "satisfaction"), await asks(chat)
    await chat.says(MODO, "!admin entraide", room=await chat.direct(MODO))

    assert ("Déroulement : 100 %" in text, "Entraide :" in text) == (together, apart), text
    assert ("Bien déroulé 100 %" in others, "trop peu de réponses" in others) == (together, not together), others
    assert "100" not in chat.last.text


async def test_a_team_sets_what_it_aims_at_and_from_how_many_answers_on_it_is_told(chat: Chat) -> None:
    await lived.opinions(chat.database, "help", answers=[(True, True)] * 6, silent=0, now=chat.now)
    assert [TARGET.kind.read(words) for words in ("85", "85 %", "85%")] == [85] * 3
    assert "Déroulement : 100 % (6 sur 6)" in await asks(chat, "satisfaction")

    async with chat.database.transaction() as tx:
        await settings.put(tx, lived.HERE, TARGET, 85)
        await settings.put(tx, lived.HERE, LEAST, 7)

    text = await asks(chat, "satisfaction")
    assert "Objectif : 85 %" in text
    assert "Déroulement : trop peu de réponses" in text


async def test_figures_of_three_people_are_not_shown(chat: Chat) -> None:
    await lives(chat, people=12, requests=3)

    for what in ("participation", "experts", "recherche"):
        text = await asks(chat, what)
        assert "trop peu" in text, text
        assert re.search(r"[:,] [1-4] personne|: \d+ % \((?:avis|demandes) : [1-4]\)", text) is None, text


async def test_people_are_counted_once_and_never_named(chat: Chat) -> None:
    await lives(chat)
    asked = f"help_request WHERE {HERE} AND sent_at >= '{SINCE}'"
    [[people]] = await chat.rows(f"SELECT count(DISTINCT requester) FROM {asked}")

    text = await asks(chat, "participation")

    assert f"Ont demandé de l'aide : {people} personnes" in text
    assert "EHPAD : " in text
    assert "@p" not in text + await asks(chat, "experts")


async def test_professions_are_counted_of_those_who_agreed_to_be_found_by_theirs_from_five_on(chat: Chat) -> None:
    given = (("infirmier", 6, True), ("infirmier", 9, False), ("medecin", 4, True), ("medecin", 1, False))
    async with chat.database.transaction() as tx:
        for number, (profession, agrees) in enumerate(
            (slug, agrees) for slug, count, agrees in given for _one in range(count)
        ):
            person = f"@n{number}:example.org"
            await people.greet(tx, person, lived.HERE if number else lived.ELSEWHERE, now=chat.now)
            tx.add(Profile(person=person, profession=profession, directory=agrees))

    text = await asks(chat, "participation")
    assert "infirmière ou infirmier : 5 personnes" in text
    assert "médecin" not in text

    async with chat.database.transaction() as tx:
        row = await profiles.of(tx, "@n1:example.org")
        await profiles.agree(tx, row, profiles.Agreement.DIRECTORY, agrees=False)
    assert "infirmi" not in await asks(chat, "participation")


# ── how it is asked for ───────────────────────────────────────────────────────────────────────────────────


async def test_plain_words_and_slips_lead_there(chat: Chat) -> None:
    room = await chat.direct(MODO)
    answers: dict[str, Sequence[str]] = {
        "Rien n'attend": (
            "où en est la communauté ?",
            "Comment va notre communauté",
            "admin dashboard",
            "!admin tableau de bord",
        ),
        "!admin tableau satisfaction": ("!admin tableau satisfacsion", "!admin tableau satifaction"),
        "!admin tableau": ("!admin tablau",),
        "Je ne connais pas": ("!admin tableau météo",),
    }
    wrong: list[Any] = []
    for expected, lines in answers.items():
        for line in lines:
            await chat.says(MODO, line, room=room)
            if expected not in chat.last.text:
                wrong.append((line, chat.last.text))
            await chat.says(MODO, "non", room=room)
    assert wrong == []


def test_searches_are_kept_for_as_long_as_they_are_counted() -> None:
    assert timedelta(weeks=WEEKS) < KEPT
