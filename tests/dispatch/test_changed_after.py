"""What was begun is not undone, and not hidden, by changing or deleting the message that began it."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.commands.meetups import SMALL, flat, publishes
from tests.dispatch.trial_command import done
from tests.help.people import QUESTION, request, volunteers


async def test_a_reminder_whose_message_says_something_else_by_now_rings_no_more(chat: Chat) -> None:
    room = await chat.direct(ANA)
    written = await chat.says(ANA, "rappel demain 9h appeler Paul", room=room)
    await chat.edits(ANA, written, "!doc messagerie", room=room)

    assert flat(chat.last.text).startswith("Le rappel est annulé.")
    assert "Tchap" in chat.last.text
    chat.forget()
    await chat.passes(days=2)
    assert chat.messages == []


async def test_the_result_stays_readable_when_its_command_is_changed_afterwards(trying: Chat) -> None:
    written = await trying.says(ANA, "!essai apercu Déchets")
    await trying.says(ANA, "oui")
    result = trying.last
    await trying.edits(ANA, written, "!essai apercu Eau")

    assert done == [{"title": "Déchets"}]
    assert trying.last.edits is None
    assert not [said for said in trying.sent if said.edits == result.edits and said.event_id > result.event_id]


async def test_whoever_deletes_a_question_that_was_sent_is_told_that_it_goes_on(chat: Chat) -> None:
    await volunteers(chat, MODO)
    room = await chat.direct(ANA)
    written = await chat.says(ANA, f"!expert {QUESTION}", room=room)
    await chat.says(ANA, "oui", room=room)
    await chat.redacts(ANA, written, room=room)

    assert (await request(chat)).status == "seeking"
    assert flat(chat.last.text) == "Supprimer votre message n'annule pas ce qu'il a lancé : rien n'a changé."


async def test_whoever_deletes_a_command_after_its_yes_is_told_so_and_somebody_else_is_not(trying: Chat) -> None:
    for person, told in ((MODO, False), (ANA, True)):
        written = await trying.says(ANA, "!essai apercu Déchets")
        await trying.says(ANA, "oui")
        trying.forget()
        await trying.redacts(person, written)
        assert [text.startswith("Supprimer votre message") for text in trying.texts] == [True] * told


async def test_a_deleted_draft_is_given_up_without_a_word(chat: Chat) -> None:
    room = await chat.direct(ANA)
    written = await chat.says(ANA, f"!expert {QUESTION}", room=room)
    chat.forget()
    await chat.redacts(ANA, written, room=room)

    assert (await request(chat)).status == "cancelled"
    assert chat.messages == []


async def test_a_preview_that_a_moderator_removed_can_be_confirmed_no_more(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    await trying.redacts(MODO, trying.last.event_id)
    await trying.says(ANA, "oui")

    assert done == []


async def test_a_preview_answered_in_words_below_other_answers_refers_to_what_came_of_it(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last
    await trying.says(MODO, "!ping")
    await trying.says(ANA, "oui")

    edits = [said.text for said in trying.sent if said.edits == preview.event_id]
    assert [flat(text) for text in edits] == ["C'est traité : la réponse est plus bas."]
    assert trying.messages[-1].edits is None


async def test_a_tapped_preview_becomes_its_result_at_once_whatever_else_was_said_since(trying: Chat) -> None:
    await trying.says(ANA, "!essai apercu Déchets")
    preview = trying.last
    await trying.says(MODO, "!ping")
    trying.forget()
    await trying.reacts(ANA, "✅", preview)

    result, *tidied = trying.sent
    assert result.edits == preview.event_id
    assert [said.source["type"] for said in tidied] == ["m.room.redaction"] * 2


async def test_the_preview_of_a_meetup_says_itself_that_the_card_below_it_is_published(chat: Chat) -> None:
    await chat.says(MODO, SMALL)
    preview = chat.last
    chat.forget()
    await chat.says(MODO, "oui")

    assert [text.splitlines()[0] for text in chat.texts] == ["Petit groupe"]
    assert [flat(said.text).startswith("C'est publié : Petit groupe (R-1).") for said in chat.sent if said.edits] == [
        True
    ]
    assert chat.last.edits == preview.event_id


async def test_whoever_deletes_their_yes_gives_the_seat_back_unless_they_said_so_again(chat: Chat) -> None:
    await publishes(chat, SMALL)
    room = await chat.direct(ANA)
    for where in (room, chat.room):
        written = await chat.says(ANA, "!rdv R-1 oui", room=where)
        await chat.redacts(ANA, written, room=where)
        assert flat(chat.last.text) == "Votre place est libérée : Petit groupe (R-1)."
        assert await chat.rows("SELECT status FROM rsvp") == []

    written = await chat.says(ANA, "je m'inscris", room=room)
    for line in ("!rdv R-1 non", "!rdv R-1 oui"):
        await chat.says(ANA, line, room=room)
    await chat.redacts(ANA, written, room=room)
    assert await chat.rows("SELECT status FROM rsvp") == [("yes",)]


async def test_a_seat_given_back_goes_to_whoever_waits(chat: Chat) -> None:
    await publishes(chat, '!rdv nouveau "Duo" mardi 19 janvier 14h 1 places')
    written = await chat.says(ANA, "!rdv R-1 oui")
    await chat.says(BEN, "!rdv R-1 oui")
    await chat.redacts(ANA, written)

    assert await chat.rows("SELECT person, status FROM rsvp") == [(BEN, "yes")]


async def test_a_yes_that_is_changed_to_another_day_frees_the_first_seat(chat: Chat) -> None:
    await publishes(chat, SMALL)
    await publishes(chat, '!rdv nouveau "Comité" jeudi 21 janvier 14h')
    room = await chat.direct(ANA)
    written = await chat.says(ANA, "inscris-moi mardi", room=room)
    await chat.edits(ANA, written, "inscris-moi jeudi", room=room)

    assert await chat.rows("SELECT meetup, status FROM rsvp") == [(2, "yes")]
    assert flat(chat.last.text).split("\n")[-1] == "Votre place est libérée : Petit groupe (R-1)."
    await chat.edits(ANA, written, "!doc messagerie", room=room)
    assert await chat.rows("SELECT meetup FROM rsvp") == []


async def test_a_proposal_follows_its_message_until_the_team_has_decided(chat: Chat) -> None:
    written = await chat.says(ANA, "!doc proposer https://example.org/page Guide du bionettoyage")
    await chat.edits(ANA, written, "!doc proposer https://example.org/page Le bionettoyage en EHPAD")
    proposed = "SELECT title, owner FROM resource WHERE state = 'proposed'"
    assert await chat.rows(proposed) == [("Le bionettoyage en EHPAD", ANA)]

    await chat.redacts(ANA, written)
    assert flat(chat.last.text).startswith("Votre proposition est retirée")
    assert await chat.rows(proposed) == []
    again = await chat.says(BEN, "!doc proposer https://example.org/page Bionettoyage")
    assert await chat.rows(proposed) == [("Bionettoyage", BEN)]

    [(number,)] = await chat.rows("SELECT id FROM resource WHERE state = 'proposed'")
    await chat.confirms(MODO, f"!admin doc publier DOC-{number}")
    await chat.redacts(BEN, again)
    assert await chat.rows(f"SELECT state FROM resource WHERE id = {number}") == [("published",)]


async def test_a_poll_is_withdrawn_before_anybody_has_chosen_and_stays_afterwards(chat: Chat) -> None:
    line = '!rdv dates "Visite" 12 janvier 14h, 14 janvier 10h'
    written = await chat.says(ANA, line)
    await chat.redacts(ANA, written)
    assert flat(chat.last.text) == "Ce choix de dates est retiré : Visite."

    written = await chat.says(ANA, line)
    await chat.reacts(BEN, "1️⃣", chat.last)
    await chat.edits(ANA, written, line.replace("10h", "11h"))
    assert flat(chat.last.text).startswith("C'est déjà fait")
    await chat.redacts(ANA, written)
    assert flat(chat.last.text).startswith("Supprimer votre message n'annule pas")
    assert await chat.rows("SELECT status FROM date_poll ORDER BY id") == [("closed",), ("open",)]
