"""In private, who belongs to several communities is asked which one is meant: by number, once, and when it matters."""

import pytest_asyncio

from tests.chat import ANA, BEN, MODO, Chat

QUESTION = [
    "Pour quelle communauté\u00a0? Répondez par son numéro ou son nom.",
    "1. Numérique en santé",
    "2. Responsabilité sociétale",
]


@pytest_asyncio.fixture
async def both(chat: Chat) -> Chat:
    """Two communities with the same people; Ben leads the second alone."""
    await chat.opens("!rse:example.org", community="rse", power={BEN: 50})
    return chat


async def test_a_line_is_done_where_the_person_says_and_that_is_remembered(both: Chat) -> None:
    room = await both.direct(MODO)
    await both.says(MODO, "admin synonyme GZT = pansement", room=room)
    assert both.last.lines[:3] == QUESTION

    for answer in ("2", "oui"):
        await both.says(MODO, answer, room=room)
    await both.restarts()
    await both.confirms(MODO, "admin synonyme XYZ = escarre", room=room)

    assert await both.rows("SELECT community, key FROM synonym ORDER BY id") == [("rse", "gzt"), ("rse", "xyz")]


async def test_a_name_answers_the_question_and_a_question_is_not_taken_for_one(both: Chat) -> None:
    room = await both.direct(MODO)
    for answer, there in (("rse", ["rse"]), ("Numérique en santé.", ["rse", "numerique"])):
        await both.says(MODO, "moi communauté toutes", room=room)
        await both.says(MODO, "moi abonnements ressources", room=room)
        assert both.last.lines[:3] == QUESTION
        await both.says(MODO, answer, room=room)
        assert await both.rows("SELECT community FROM subscription ORDER BY id") == [(slug,) for slug in there]
    await both.says(MODO, "moi abonnements", room=room)
    assert both.last.lines[1:3] == [
        "1. nouvelles ressources, chaque semaine (Responsabilité sociétale)",
        "2. nouvelles ressources, chaque semaine (Numérique en santé)",
    ]

    await both.says(MODO, "moi communauté", room=room)
    await both.says(MODO, "la responsabilité sociétale, comment la mesurer ?", room=room)
    assert "En privé, vous parlez" not in both.last.text


async def test_the_question_itself_is_not_kept_once_it_is_answered(both: Chat) -> None:
    room = await both.direct(ANA)
    await both.says(ANA, "expert Comment soigner un hortensia ?", room=room)
    assert both.last.lines[:3] == QUESTION
    await both.says(ANA, "1", room=room)
    await both.says(ANA, "sujet 2", room=room)
    assert "«\u00a0Comment soigner un hortensia ?\u00a0»" in both.last.text

    lists = await both.rows("SELECT data FROM dialogue WHERE kind = 'list'")
    assert "hortensia" not in str(lists)


async def test_who_may_do_it_in_one_of_them_alone_is_not_asked(both: Chat) -> None:
    room = await both.direct(BEN)
    await both.says(BEN, "admin doc lister archivées", room=room)
    assert both.last.text == "Aucune ressource n'est archivée."

    await both.says(BEN, "admin expert ajouter @cleo:example.org", room=room)
    assert both.last.lines[0] == "Dans la communauté Responsabilité sociétale\u00a0:"
    await both.says(BEN, "oui", room=room)
    assert await both.rows("SELECT community FROM expert") == [("rse",)]


async def test_who_may_do_it_in_none_is_refused(both: Chat) -> None:
    room = await both.direct(ANA)
    await both.says(ANA, "admin historique", room=room)

    assert "réservée à l'équipe" in both.last.text


async def test_a_preview_is_done_where_it_was_shown(both: Chat) -> None:
    room = await both.direct(MODO)
    for line in ("moi communauté numérique", "admin expert ajouter @cleo:example.org", "moi communauté rse", "oui"):
        await both.says(MODO, line, room=room)

    assert await both.rows("SELECT community FROM expert") == [("numerique",)]


async def test_a_right_that_was_lost_meanwhile_does_nothing_by_a_number_either(both: Chat) -> None:
    room = await both.direct(MODO)
    await both.says(MODO, "admin synonyme GZT = pansement", room=room)
    both.homeserver.event("!rse:example.org", "m.room.power_levels", BEN, {"users": {}}, state_key="")

    await both.says(MODO, "2", room=room)

    assert "réservée à l'équipe" in both.last.text
    assert await both.rows("SELECT * FROM synonym") == []


async def test_a_search_in_private_looks_in_all_of_them_and_asks_nothing(both: Chat) -> None:
    room = await both.direct(ANA)
    await both.says(ANA, "doc tchap", room=room)

    assert "Tchap" in both.last.text


async def test_from_a_search_in_several_communities_the_way_to_people_asks_which(both: Chat) -> None:
    room = await both.direct(ANA)
    await both.says(ANA, "doc quetsche et mirabelle", room=room)
    await both.says(ANA, "expert", room=room)
    assert both.last.lines[:3] == QUESTION
    await both.says(ANA, "1", room=room)
    assert both.last.lines[0] == "Je n'ai rien trouvé pour «\u00a0quetsche et mirabelle\u00a0»."
    await both.says(ANA, "expert", room=room)
    await both.says(ANA, "sujet 2", room=room)

    assert "«\u00a0quetsche et mirabelle\u00a0»" in both.last.text
    assert "Envoyer\u00a0?" in both.last.text
