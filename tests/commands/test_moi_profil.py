"""Promises about one's profile: question by question, in private, nothing lost, nothing obliged, nothing agreed to."""

import json

from bot.volunteers import availability, profiles
from bot.volunteers.tables import Profile
from tests.chat import ANA, BEN, Chat
from tests.commands.meetups import flat
from tests.phone import lines_of

GIVEN = ("profession", "territory", "structure", "establishment")


async def profile(chat: Chat, person: str = ANA) -> Profile:
    async with chat.database.reading() as tx:
        return await profiles.of(tx, person)


async def given(chat: Chat, person: str = ANA) -> list[str | None]:
    row = await profile(chat, person)
    return [getattr(row, name) for name in GIVEN]


async def test_a_profile_is_asked_question_by_question_and_each_answer_is_stored_at_once(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "moi profil", room=home)
    assert chat.last.lines[0].startswith("Quel est votre métier")
    await chat.says(ANA, "infirmere", room=home)
    assert "Peut-être : infirmière ou infirmier ?" in flat(chat.last.text)
    await chat.says(ANA, "infirmière à domicile", room=home)
    assert chat.last.lines[0].startswith("Dans quel département")
    await chat.says(ANA, "Alsace", room=home)
    assert "Lequel : Bas-Rhin (67), Haut-Rhin (68) ?" in flat(chat.last.text)
    await chat.says(ANA, "67", room=home)
    await chat.says(ANA, "retour", room=home)
    assert "Noté : Bas-Rhin (67)." in flat(chat.last.text)
    await chat.says(ANA, "Moselle", room=home)
    await chat.says(ANA, "passer", room=home)
    await chat.says(ANA, "Les Tilleuls", room=home)
    assert chat.last.lines[0] == "Votre profil"
    assert "Métier : infirmière ou infirmier" in flat(chat.last.text)
    assert await given(chat) == ["infirmier", "57", None, "Les Tilleuls"]


async def test_who_leaves_loses_nothing_and_goes_on_where_they_were(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "moi profil", room=home)
    await chat.says(ANA, "médecin", room=home)
    await chat.says(ANA, "annuler", room=home)
    assert "Métier : médecin" in flat(chat.last.text)
    await chat.restarts()
    await chat.passes(days=2)
    chat.forget()
    await chat.says(ANA, "moi profil", room=home)
    assert [said.lines[0] for said in chat.messages] == ["Votre profil"]
    assert "Dans quel département ou quelle région travaillez-vous ?" in flat(chat.last.text)
    await chat.passes(days=2)
    assert len(chat.messages) == 1, "nobody is told that a question was left open"


async def test_in_a_room_one_line_is_said_and_the_questions_are_asked_in_private(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "!moi profil")
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous l'écris en conversation privée."
    ]
    await chat.says(BEN, "oui", room=await chat.direct(BEN))
    await chat.says(ANA, "oui", room=home)
    assert "Quel est votre métier" in chat.last.text
    await chat.says(ANA, "médecin", room=home)
    assert (await given(chat), await given(chat, BEN)) == ([*["medecin"], None, None, None], [None] * 4)


async def test_all_can_be_said_at_once_as_before(chat: Chat) -> None:
    home = await chat.direct(ANA)
    lines = {
        "EHPAD, Ain, Les Tilleuls": [None, "01", "EHPAD", "Les Tilleuls"],
        "infirmière, Bretagne": ["infirmier", "R53", None, None],
        "métier cadre": ["cadre-de-sante", None, None, None],
        "territoire : 29": [None, "29", None, None],
        "établissement Les Tilleuls, Bourg": [None, None, None, "Les Tilleuls, Bourg"],
        "établissement https://evil.example/x": [None, None, None, "evil. example/x"],
        "métier astronaute": [None] * 4,
        "zut": [None] * 4,
        "EHPAD": [None, None, "EHPAD", None],
    }
    found = {}
    for line in lines:
        await chat.says(ANA, f"moi profil {line}", room=home)
        found[line] = await given(chat)
        await chat.confirms(ANA, "moi profil effacer", room=home)
    assert found == lines
    await chat.says(ANA, "moi profil EHPAD, au bout du monde, Les Tilleuls", room=home)
    assert "Territoire : au bout du monde" in flat(chat.last.text)


async def test_a_sentence_about_oneself_is_asked_about_and_changes_nothing_by_itself(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "je suis infirmière en Bretagne", room=home)
    assert flat(chat.last.lines[0]).startswith("Pour votre profil (rien n'est encore noté)")
    assert await given(chat) == [None] * 4
    await chat.says(ANA, "oui", room=home)
    assert await given(chat) == ["infirmier", "R53", None, None]
    chat.forget()
    for other in ("je suis en réunion", "je suis infirmière et je cherche un outil de planning"):
        await chat.says(ANA, other, room=home)
    assert not any("Pour votre profil" in said.text for said in chat.messages)


async def test_a_territory_brings_its_holidays_and_takes_them_away(chat: Chat) -> None:
    home = await chat.direct(ANA)
    regions = []
    for line in ("territoire Moselle", "territoire Martinique", "territoire Ain", "territoire 974"):
        await chat.says(ANA, f"moi profil {line}", room=home)
        async with chat.database.reading() as tx:
            regions.append((await availability.of(tx, ANA)).region)
    assert regions == ["alsace-moselle", "martinique", "metropole", "la-reunion"]
    assert "!moi fuseau La Réunion" in chat.last.text
    await chat.confirms(ANA, "moi profil effacer", room=home)
    async with chat.database.reading() as tx:
        assert (await availability.of(tx, ANA)).region == "metropole"


async def test_nothing_is_agreed_to_until_it_is_said_and_a_number_takes_it_back(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await chat.says(ANA, "moi profil EHPAD, Ain, Les Tilleuls", room=home)
    assert profiles.agreed(await profile(chat)) == frozenset()
    await chat.says(ANA, "moi accords annuaire oui", room=home)
    await chat.says(ANA, "3", room=home)
    assert flat(chat.last.text).splitlines()[1].startswith("1. Annuaire : oui.")
    assert profiles.agreed(await profile(chat)) == {"directory", "thanks"}
    await chat.says(ANA, "1", room=home)
    await chat.confirms(ANA, "moi profil effacer", room=home)
    assert profiles.agreed(await profile(chat)) == {"thanks"}


async def test_every_message_fits_on_a_phone(chat: Chat) -> None:
    home = await chat.direct(ANA)
    for line in ("moi profil", "annuler", "moi profil EHPAD, 974, Les Tilleuls", "moi accords", "je suis médecin"):
        await chat.says(ANA, line, room=home)
    assert {said.text: lines_of(said.text) for said in chat.messages if lines_of(said.text) > 14} == {}


async def test_every_column_is_told_and_goes_with_the_person(chat: Chat) -> None:
    home = await chat.direct(ANA)
    for line in ("profil EHPAD, 57, Les Tilleuls", "profil métier médecin", "accords annuaire oui", "données"):
        await chat.says(ANA, f"moi {line}", room=home)
    told = [row["row"] for row in json.loads(chat.homeserver.files[-1]) if row["table"] == "profile"]
    assert set(told[0]) == set(Profile.model_fields)
    assert told[0] | {"profession": "medecin", "territory": "57", "directory": True} == told[0]
    await chat.confirms(ANA, "moi oubli", room=home)
    await chat.passes(minutes=2)
    assert await chat.rows("SELECT * FROM profile") == []
    assert await chat.rows("SELECT region FROM availability") == []
