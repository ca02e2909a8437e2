"""Questions, lists and cards: answered by a word, by a number, by an emoji, by the one whom they concern."""

import pytest

from bot.dispatch.answer.reply import Reply
from bot.events.gestures import Gesture
from bot.events.text import Text
from tests.chat import ANA, BEN, MODO, Chat
from tests.dispatch.trial_command import done

# ── questions ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_questions_are_answered_in_own_words_and_end_in_a_preview(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    assert trying.last.lines == ["Titre ?", "Pour arrêter\u00a0: annuler"]
    assert "<code>annuler</code>" in trying.last.html

    await trying.says(BEN, "Je ne parle pas au robot")
    await trying.says(ANA, "Déchets")
    assert trying.last.lines[0] == "Lieu de Déchets ?"

    await trying.says(ANA, "Salle 3")
    assert trying.last.lines[0] == "Aperçu : Déchets"

    await trying.says(ANA, "oui")
    assert done == [{"title": "Déchets", "place": "Salle 3"}]


async def test_back_asks_the_question_before_again(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    await trying.says(ANA, "Déchet")
    await trying.says(ANA, "retour")
    assert trying.last.lines[0] == "Titre ?"

    for answer in ("Déchets", "Salle 3", "Retour", "Salle 4", "oui"):
        await trying.says(ANA, answer)
    assert done == [{"title": "Déchets", "place": "Salle 4"}]


async def test_an_answer_that_cannot_be_taken_is_asked_for_again(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    await trying.says(ANA, "x")
    assert trying.last.text == "Trop court."

    await trying.says(ANA, "Déchets")
    assert trying.last.lines[0] == "Lieu de Déchets ?"


@pytest.mark.parametrize("word", ["annuler", "Annuler !", "!annuler", "cancel"])
async def test_an_entry_is_stopped_by_a_word(trying: Chat, word: str) -> None:
    await trying.says(ANA, "!essai question")
    await trying.says(ANA, word)
    before = len(trying.sent)

    await trying.says(ANA, "Déchets")

    assert len(trying.sent) == before


async def test_questions_outlive_a_restart_and_other_commands(trying: Chat) -> None:
    await trying.says(ANA, "!essai question")
    await trying.restarts()
    await trying.says(ANA, "!doc messagerie")
    assert "Tchap" in trying.last.text

    await trying.says(ANA, "Déchets")

    assert trying.last.lines[0] == "Lieu de Déchets ?"


async def test_own_words_are_not_kept_once_they_are_used(trying: Chat) -> None:
    for text in ("!essai question", "Hortensia", "Salle 3", "annuler"):
        await trying.says(ANA, text)

    for table in ("inbox", "dialogue", "outbox"):
        assert "Hortensia" not in str(await trying.rows(f"SELECT * FROM {table}")), table


# ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_number_chooses_from_the_list_without_quoting(trying: Chat) -> None:
    await trying.says(ANA, "!essai liste")

    await trying.says(BEN, "2")
    await trying.says(ANA, "2")

    assert trying.texts[-1] == "2 choisi"
    assert len(trying.messages) == 2


async def test_a_number_may_be_tapped(trying: Chat) -> None:
    await trying.says(ANA, "!essai liste")

    await trying.reacts(ANA, "3️⃣", trying.last)

    assert trying.texts[-1] == "3 choisi"


async def test_more_shows_what_follows_and_numbers_follow_it(trying: Chat) -> None:
    await trying.says(ANA, "!essai liste")
    await trying.says(ANA, "Suite")
    assert trying.texts[-1] == "La suite"

    await trying.says(ANA, "1")
    assert trying.texts[-1] == "4 choisi"


async def test_after_a_quarter_of_an_hour_a_number_is_a_number(trying: Chat) -> None:
    await trying.says(ANA, "!essai liste")
    card = trying.last
    await trying.passes(minutes=16)

    await trying.says(ANA, "2")
    assert len(trying.messages) == 1

    await trying.says(ANA, "2", reply_to=card)
    assert trying.texts[-1] == "2 choisi"


async def test_under_a_list_a_thumb_means_useful_and_not_yes(trying: Chat) -> None:
    await trying.says(ANA, "!essai liste")
    card = trying.last

    tapped = await trying.reacts(BEN, "👍🏿", card)
    await trying.redacts(BEN, tapped, room=card.room_id)
    await trying.says(ANA, "Utile, merci !")

    assert done == [
        (BEN, "+", "useful", "numbers"),
        (BEN, "-", "useful", "numbers"),
        (ANA, "+", "useful", "numbers"),
    ]


# ── cards of items ────────────────────────────────────────────────────────────────────────────────────────


async def test_taking_an_emoji_back_undoes_it(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")
    card = trying.last

    yes = await trying.reacts(BEN, "👍", card)
    await trying.redacts(BEN, yes, room=card.room_id)

    assert done == [(BEN, "+", "yes", "7"), (BEN, "-", "yes", "7")]


async def test_the_latest_of_two_answers_counts_and_taking_it_back_leaves_the_other(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")
    card = trying.last

    await trying.reacts(BEN, "✅", card)
    no = await trying.reacts(BEN, "❌", card)
    await trying.redacts(BEN, no, room=card.room_id)

    assert [entry[1:3] for entry in done] == [("+", "yes"), ("+", "no"), ("+", "yes")]


async def test_taking_an_answer_back_that_a_later_one_replaced_changes_nothing(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")
    card = trying.last

    yes = await trying.reacts(BEN, "✅", card)
    await trying.reacts(BEN, "❌", card)
    await trying.redacts(BEN, yes, room=card.room_id)

    assert [entry[1:3] for entry in done] == [("+", "yes"), ("+", "no")]


async def test_a_reply_to_the_card_is_as_good_as_an_emoji(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")

    await trying.says(BEN, "Peut-être", reply_to=trying.last)

    assert done == [(BEN, "+", "maybe", "7")]


async def test_our_own_emoji_are_no_answers(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")
    await trying.hears(trying.room)

    assert done == []


async def test_a_bare_yes_in_a_room_of_people_is_none_of_ours(trying: Chat) -> None:
    await trying.says(ANA, "!essai carte 7")

    await trying.says(BEN, "oui")

    assert done == []


async def test_in_private_a_bare_yes_answers_the_one_card_that_waits(trying: Chat) -> None:
    room = await trying.direct(ANA)
    await trying.says(ANA, "essai carte 7", room=room)

    await trying.says(ANA, "oui", room=room)

    assert done == [(ANA, "+", "yes", "7")]


async def test_in_a_help_room_a_bare_word_is_enough(trying: Chat) -> None:
    await trying.says(MODO, "!admin salon aide")
    await trying.says(MODO, "oui")
    await trying.says(ANA, "!essai carte 7")

    await trying.says(BEN, "oui")

    assert done == [(BEN, "+", "yes", "7")]


def test_no_card_carries_more_than_three_emoji() -> None:
    with pytest.raises(ValueError, match="more reactions"):
        Reply(Text.of("?"), gestures=tuple(Gesture)[:4])
