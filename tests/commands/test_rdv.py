"""Promises of meet-ups in the room: nothing is published unseen, everybody's answer counts, the card stays right."""

from datetime import UTC, datetime

import pytest

from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import LINE, SMALL, card_now, flat, private, publishes, shown


async def test_the_preview_says_all_that_would_be_published(chat: Chat) -> None:
    chat.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    await chat.says(MODO, LINE)
    assert "à 15\u00a0h\u00a030" in chat.last.text
    assert "Publier\u00a0? ✅ oui" in chat.last.text
    assert shown(chat) == [
        "À relire (rien n'est encore publié)",
        "Comité RSE : déchets",
        "Le premier mardi de chaque mois, de 14 h 00 à 15 h 30",
        "Prochaines dates : mardi 5 janvier, mardi 2 février et mardi 2 mars 2027",
        "Rejoindre la visio",
        "https://visio.example.org/rse",
        "- 30 places, puis liste d'attente",
        "- Annonce dans le salon conversation avec Ana, Ben et 3 autres (5 membres)",
        "- Rappels : 7 jours avant dans le salon ; la veille et 15 minutes avant en privé",
        "- La première, mardi 5 janvier, est proche : seulement les rappels encore possibles",
        "- Sans date de fin : les dates se suivent jusqu'à ce que quelqu'un arrête la série",
        "Pour corriger, modifiez votre message.",
        "Publier ? ✅ oui, ❌ non",
    ]


async def test_nothing_is_published_before_the_yes_of_the_same_person(chat: Chat) -> None:
    await chat.says(MODO, LINE)
    preview = chat.last
    await chat.reacts(BEN, "✅", preview)
    assert not any("Vous venez" in text for text in chat.texts)
    await chat.reacts(MODO, "❌", preview)
    await chat.reacts(MODO, "✅", preview)
    assert not any("Vous venez" in text for text in chat.texts)


async def test_an_edited_line_edits_the_preview(chat: Chat) -> None:
    line = await chat.says(MODO, '!rdv nouveau "Atelier" 30 février 14h')
    assert "n'existe pas" in chat.last.text
    answer = chat.last
    await chat.edits(MODO, line, '!rdv nouveau "Atelier" 3 février 14h')
    assert chat.last.edits == answer.event_id
    assert shown(chat)[1:3] == ["Atelier", "Mercredi 3 février, de 14 h 00 à 15 h 00"]
    await chat.reacts(MODO, "✅", answer)
    assert any(flat(text).startswith("Atelier") for text in chat.texts)


async def test_a_line_edited_after_its_answer_says_what_holds(chat: Chat) -> None:
    line = '!rdv nouveau "Atelier" 3 février 14h'
    kept = await chat.says(MODO, line)
    await chat.says(MODO, "non")
    await chat.edits(MODO, kept, f"{line} visio")
    assert shown(chat)[0] == "À relire (rien n'est encore publié)"
    await chat.says(MODO, "oui")
    for _again in range(2):
        await chat.edits(MODO, kept, f"{line} 10 places")
        assert "est déjà publiée : modifier votre message n'y change rien" in flat(chat.last.text)
    await chat.says(ANA, "!rdv R-2 oui")
    assert "R-2" in chat.last.text
    assert "ne connais pas" in chat.last.text


async def test_days_that_are_left_out_are_said_and_left_out(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Point" tous les mardis 14h sauf le 19 janvier')
    assert "Se répète : tous les mardis, sauf mardi 19 janvier 2027" in flat(card.text)
    await chat.says(ANA, "!rdv mois")
    days = [line.split(", ")[1] for line in shown(chat)[1::2]]
    assert days == ["mardi 5 janvier", "mardi 12 janvier", "mardi 26 janvier"]


async def test_the_card_of_a_night_when_the_clocks_change_ends_when_it_was_said_to(chat: Chat) -> None:
    card = await publishes(chat, "!rdv nouveau Astreinte 30 octobre 2027 22h à 6h")
    assert "au dimanche 31 octobre à 6 h 00" in flat(card.text)


async def test_the_card_is_published_with_its_gestures(chat: Chat) -> None:
    card = await publishes(chat)
    assert flat(card.text).split("\n") == [
        "Comité RSE : déchets",
        "Mardi 5 janvier, de 14 h 00 à 15 h 30",
        "Se répète : le premier mardi de chaque mois",
        "Rejoindre la visio",
        "https://visio.example.org/rse",
        "0 place prise sur 30 (R-1)",
        "Vous venez ? ✅ oui, 🤔 peut-être, ❌ non",
    ]


async def test_answers_are_counted_on_the_card_by_edits(chat: Chat) -> None:
    card = await publishes(chat)
    await chat.reacts(ANA, "✅", card)
    await chat.reacts(BEN, "👍", card)
    await chat.reacts(CLEO, "🤔", card)
    assert "2 places prises sur 30, 1 peut-être" in card_now(chat, card)
    assert chat.messages == []


async def test_a_reaction_taken_back_takes_the_answer_back(chat: Chat) -> None:
    card = await publishes(chat)
    yes = await chat.reacts(ANA, "✅", card)
    await chat.redacts(ANA, yes)
    assert "0 place prise sur 30" in card_now(chat, card)


async def test_the_latest_of_two_gestures_counts_and_the_other_comes_back(chat: Chat) -> None:
    card = await publishes(chat)
    await chat.reacts(ANA, "✅", card)
    no = await chat.reacts(ANA, "❌", card)
    assert "0 place prise sur 30" in card_now(chat, card)
    await chat.redacts(ANA, no)
    assert "1 place prise sur 30" in card_now(chat, card)


async def test_words_answer_as_gestures_do(chat: Chat) -> None:
    card = await publishes(chat)
    await chat.says(ANA, "oui", reply_to=card)
    assert flat(chat.last.text) == (
        "C'est noté, vous venez : Comité RSE : déchets (R-1), mardi 5 janvier, de 14 h 00 à 15 h 30."
    )
    await chat.says(BEN, "!rdv R-1 peut-être")
    await chat.says(CLEO, "!rdv oui R-1")
    assert "2 places prises sur 30, 1 peut-être" in card_now(chat, card)


@pytest.mark.parametrize(
    ("said", "taken"), [("Je serai là, merci", 1), ("présente", 1), ("je ne peux pas venir", 0), ("absent", 0)]
)
async def test_people_answer_in_the_words_that_come_to_them(chat: Chat, said: str, taken: int) -> None:
    card = await publishes(chat)
    await chat.says(ANA, said, reply_to=card)
    await chat.says(BEN, f"!rdv R-1 {said}")
    assert f"{2 * taken} place" in card_now(chat, card)
    assert "C'est noté, vous" in chat.last.text


async def test_who_finds_no_place_is_told_in_private_and_moves_up_in_order(chat: Chat) -> None:
    card = await publishes(chat, SMALL)
    for person in (ANA, BEN, CLEO, MODO):
        await chat.reacts(person, "✅", card)
    assert "2 places prises sur 2, 2 en liste d'attente" in card_now(chat, card)
    assert [said.text.startswith("Toutes les places sont prises. Vous êtes au rang") for said in chat.messages] == [
        True
    ] * 2
    chat.forget()
    await chat.reacts(ANA, "❌", card)
    await chat.passes(seconds=1)
    assert [flat(said.lines[0]) for said in private(chat, CLEO)] == [
        "Une place s'est libérée, elle est à vous : Petit groupe (R-1), mardi 19 janvier, de 14 h 00 à 15 h 00."
    ]
    assert private(chat, MODO) == []
    assert "2 places prises sur 2, 1 en liste d'attente" in card_now(chat, card)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hier 14h", "Cette date est passée."),
        ("3 janvier 2025 14h", "Cette date est passée."),
        ("30 février 14h", "Cette date ou cette heure n'existe pas."),
        ("demain 25:00", "Cette date ou cette heure n'existe pas."),
        ("28 mars 2027 à 2h30", "Cette heure n'existe pas cette nuit-là"),
        ("demain 14h heure de Gotham", "Je ne connais pas le fuseau « Gotham »."),
        ("demain 14h 0 places", "Je ne peux pas prévoir « 0 places »."),
        ("demain 14h -1 places", "Je ne peux pas prévoir « -1 places »."),
        ("demain 14h http://", "Je ne peux pas utiliser ce lien"),
        ("fin janvier", "Cette date est trop imprécise"),
        ("", "Je ne trouve pas de date certaine."),
    ],
)
async def test_what_cannot_be_planned_is_explained(chat: Chat, line: str, said: str) -> None:
    await chat.says(MODO, f'!rdv nouveau "Atelier" {line}')
    assert flat(chat.last.text).startswith(said), chat.last.text
    assert chat.last.emoji is None


async def test_a_series_without_end_says_so_and_is_prepared_some_way_ahead_only(chat: Chat) -> None:
    await chat.says(MODO, '!rdv nouveau "Point" tous les jours 9h')
    assert "Sans date de fin" in chat.last.text
    await chat.reacts(MODO, "✅", chat.messages[-1])
    assert await chat.rows("SELECT count(*) <= 40 FROM meetup") == [(True,)]


@pytest.mark.parametrize("words", ["0", "-1", "100000", "beaucoup"])
async def test_a_number_of_places_that_cannot_be_changes_nothing(chat: Chat, words: str) -> None:
    card = await publishes(chat)
    await chat.says(MODO, f"!rdv R-1 places {words}")
    assert flat(chat.last.text).startswith(f"Je ne peux pas prévoir « {words} »")
    assert card_now(chat, card) == flat(card.text)


async def test_a_title_of_five_thousand_characters_is_refused(chat: Chat) -> None:
    await chat.says(MODO, f'!rdv nouveau "{"a" * 5000}" demain 14h')
    assert flat(chat.last.text).startswith("Cette ligne est trop longue")
    await chat.says(MODO, f'!rdv nouveau "{"a" * 300}" demain 14h')
    assert flat(chat.last.text).startswith("Le titre est trop long")


async def test_only_the_team_announces(chat: Chat) -> None:
    await chat.says(ANA, LINE)
    assert not any("À relire" in text for text in chat.texts)
    await chat.reacts(ANA, "✅", chat.last)
    assert not any("Vous venez" in text for text in chat.texts)


async def test_a_preview_is_worth_nothing_once_the_right_is_lost(chat: Chat) -> None:
    await chat.says(MODO, LINE)
    preview = chat.last
    chat.homeserver.event(chat.room, "m.room.power_levels", "@boss:example.org", {"users": {}}, state_key="")
    await chat.hears(chat.room)
    chat.forget()
    await chat.reacts(MODO, "✅", preview)
    assert not any("Vous venez" in text for text in chat.texts)


async def test_rdv_alone_shows_what_is_next_here_and_elsewhere(chat: Chat) -> None:
    await chat.says(ANA, "!rdv")
    assert "Aucune rencontre n'est prévue" in chat.last.text
    await publishes(chat, SMALL)
    await publishes(chat)
    await chat.says(ANA, "!rdv")
    assert shown(chat)[:2] == ["Comité RSE : déchets", "Mardi 5 janvier, de 14 h 00 à 15 h 30"]
    assert "- Petit groupe, mardi 19 janvier, de 14 h 00 à 15 h 00\n0 place prise sur 2 (R-1)" in "\n".join(shown(chat))


async def test_the_month_shows_what_is_left_of_it(chat: Chat) -> None:
    await publishes(chat, SMALL)
    await publishes(chat)
    await chat.says(ANA, "!rdv mois")
    assert shown(chat)[0] == "2 rencontres d'ici la fin du mois"
    assert len(shown(chat)) == 1 + 2 * 2
    await chat.says(ANA, "!rdv mois prochain")
    assert shown(chat)[0] == "1 rencontre en février 2027"
    assert shown(chat)[1].startswith("- Comité RSE : déchets, mardi 2 février, de 14 h 00")


async def test_a_month_with_many_meetups_says_how_many_more_there_are(chat: Chat) -> None:
    for day in range(11, 23):
        await publishes(chat, f"!rdv nouveau Point {day} janvier 9h")
    await chat.says(ANA, "!rdv mois")
    assert shown(chat)[0] == "12 rencontres d'ici la fin du mois"
    assert shown(chat)[1 + 2 * 10 :] == ["Et 2 autres, plus tard."]


async def test_one_s_own_meetups_are_those_that_take_place_with_what_one_answered(chat: Chat) -> None:
    for title in ("Un", "Deux", "Trois"):
        await publishes(chat, f'!rdv nouveau "{title}" mardi 19 janvier 14h')
    for answer in ("R-1 oui", "R-2 peut-être", "R-3 oui"):
        await chat.says(ANA, f"!rdv {answer}")
    await chat.confirms(MODO, "!rdv R-1 annuler")
    await chat.says(ANA, "moi", room=await chat.direct(ANA))
    assert shown(chat)[1:3] == [
        "- Deux (R-2) : mardi 19 janvier, de 14 h 00 à 15 h 00 (vous avez répondu « peut-être »)",
        "- Trois (R-3) : mardi 19 janvier, de 14 h 00 à 15 h 00",
    ]


async def test_a_meetup_of_another_community_does_not_exist_here(chat: Chat) -> None:
    await publishes(chat)
    other = await chat.opens("!rse:example.org", community="rse")
    for words in ("R-1", "R-1 oui", "R-99"):
        await chat.says(ANA, f"!rdv {words}", room=other)
        assert flat(chat.last.text).startswith("Je ne connais pas de rencontre R-")


async def test_an_answer_after_the_start_does_nothing(chat: Chat) -> None:
    card = await publishes(chat)
    yes = await chat.reacts(ANA, "✅", card)
    await chat.passes(hours=6)
    chat.forget()
    await chat.redacts(ANA, yes)
    await chat.reacts(BEN, "✅", card)
    assert chat.sent == []
    await chat.says(BEN, "!rdv R-1 oui")
    assert "est terminée" in chat.last.text


async def test_a_meetup_that_is_on_is_shown_with_its_link_and_asks_nothing(chat: Chat) -> None:
    await publishes(chat)
    await chat.passes(hours=4.5)
    await chat.says(ANA, "!rdv")
    assert shown(chat)[0] == "Comité RSE : déchets"
    assert "https://visio.example.org/rse" in shown(chat)
    assert "Cette rencontre a commencé." in shown(chat)
    assert "Vous venez" not in chat.last.text


async def test_three_taps_below_a_card_mean_three_people(chat: Chat) -> None:
    card = await publishes(chat, '!rdv nouveau "Point" 12/01/2027 14h 1h')

    for person in (ANA, BEN):
        await chat.reacts(person, "✅", card)

    placed = {said.event_id: said.emoji for said in chat._everything() if said.emoji and said.room_id == card.room_id}
    taken = [said.source.get("redacts") or said.content.get("redacts") for said in chat.sent]
    assert [placed[event] for event in taken if event in placed] == ["✅"]
