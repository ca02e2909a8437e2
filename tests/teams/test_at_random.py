"""Moderators and members do anything in any order: one room, each asked once, a team only of people who agreed."""

from collections import Counter
from random import Random

import pytest

from bot.errors import Refused
from bot.events.messages import Ref
from bot.teams import teams
from bot.teams.rules.team import GOING_ON
from tests.attacks.gone import bans
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.help.people import volunteers
from tests.teams.forming import (
    PROFESSIONS,
    answers,
    asked,
    enter,
    plain,
    read,
    retained,
    rooms_made,
    said_in,
    seats,
    team,
    works_as,
)
from tests.test_privacy_schema import hands

PEOPLE = (ANA, BEN, CLEO)
STEPS = 20


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_the_room_is_one_and_each_is_asked_once(chat: Chat, seed: int) -> None:
    random = Random(seed)
    await volunteers(chat, BEN, CLEO)
    homes = {person: await chat.direct(person) for person in (*PEOPLE, MODO, BOSS)}
    for person in PEOPLE:
        await works_as(chat, person, PROFESSIONS[person])
    await retained(chat)
    lines = (
        *("!admin défi C-1 équipe", "!E-1 commencer", "!E-1 commencer exception peu de métiers", "oui", "oui", "oui"),
        *(
            "!E-1 ajouter @ben:example.org",
            "!E-1 retirer @cleo:example.org",
            "!E-1 avant 3",
            "!E-1 abandonner c'est dit",
        ),
    )
    for _step in range(STEPS):
        if random.random() < 0.5 and (cards := await chat.rows("SELECT team, person FROM team_member")):
            number, person = random.choice([tuple(card) for card in cards])
            await answers(chat, person, random.choice(("✅", "✅", "❌")), number=number)
        else:
            moderator = random.choice((MODO, BOSS))
            await chat.says(moderator, random.choice(lines), room=homes[moderator])
        if random.random() < 0.2:
            await chat.restarts()
        await _holds(chat)


async def _holds(chat: Chat) -> None:
    going_on = 0
    for (number,) in await chat.rows("SELECT id FROM team"):
        status = (await team(chat, number))["status"]
        made = rooms_made(chat, f"E-{number}")
        assert len(made) == (status != "forming") or (status == "given_up" and len(made) <= 1)
        going_on += status in GOING_ON
        agreed = {person for person, seat in (await seats(chat, number)).items() if seat == "in"}
        for room in made:
            there = {who for (kind, who) in chat.homeserver.rooms[room].state if kind == "m.room.member"}
            assert agreed <= there if status in GOING_ON else True
            assert there <= {*PEOPLE, "@relais:example.org"}
    assert going_on <= 1, "one team for one solution"
    questions = Counter(
        (said.room_id, said.text) for said in chat.messages if "Voulez-vous être d'une équipe" in plain(said)
    )
    assert max(questions.values(), default=0) <= 1 + len(await chat.rows("SELECT id FROM team"))


async def test_a_team_that_agreed_elsewhere_has_its_room_at_once(chat: Chat) -> None:
    for person in PEOPLE:
        await chat.direct(person)
    await chat._rooms.load_members(chat.room)
    async with hands(chat) as acting:
        made = await teams.form(
            acting,
            "numerique",
            "Blocs opératoires",
            [(ANA, "infirmier"), (BEN, "medecin"), (CLEO, None)],
            about=Ref("application", "7"),
            moderator=MODO,
        )
        assert made.status == "at_work"
        again = await teams.form(acting, "numerique", "Blocs", [], about=Ref("application", "7"), moderator=None)
        assert again.id == made.id
    await chat.settles()
    room = await enter(chat, *PEOPLE)
    assert "Cleo : métier non précisé" in said_in(chat, room)[0]
    for line in ("!E-1 avant 12 jours", "!E-1 après 8 jours"):
        await chat.says(BEN, line, room=room)
    await chat.confirms(BEN, "!E-1 terminer", room=room)
    assert sum("Blocs opératoires" in text for text in read(chat, ANA)) == 1


async def test_where_no_room_may_be_made_the_main_room_says_so_and_the_team_goes_on(chat: Chat) -> None:
    await asked(chat, BEN, CLEO)

    def refuse(_method: str, path: str) -> None:
        if path.endswith("createRoom"):
            raise Refused(403, "M_FORBIDDEN")

    chat.homeserver.refuse = refuse
    for person in PEOPLE:
        await answers(chat, person)
    await chat.passes(hours=1)
    assert any("je n'ai pas pu ouvrir son salon" in text for text in said_in(chat, chat.room))
    await chat.says(BEN, "!E-1 avant 42 appels", room=await chat.direct(BEN))
    assert (await team(chat))["status"] == "experimenting"


async def test_a_ban_during_the_making_of_the_room_leaves_no_seat(chat: Chat) -> None:
    await asked(chat, BEN, CLEO)
    for person in PEOPLE:
        await answers(chat, person)
    await bans(chat, CLEO)
    room = await enter(chat, ANA, BEN)
    assert await seats(chat) == {ANA: "in", BEN: "in"}
    assert chat.homeserver.rooms[room].state["m.room.member", CLEO]["content"]["membership"] == "leave"
