"""Meet-ups in the words of those who organise them: which one is meant, what they note, change and take back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.mailbox import direct_chats
from tests.chat import ANA, BEN, CLEO, MODO, Chat
from tests.commands.meetups import LINE, card_now, flat, private, publishes, shown
from tests.homeserver import BOT
from tests.phone import lines_of

PARIS = ZoneInfo("Europe/Paris")
LATER = '!rdv nouveau "Comité RSE" mardi 19 janvier 14h 1h30'
SMALL = '!rdv nouveau "Petit groupe" mardi 19 janvier 14h 1h 1 place'


async def until(chat: Chat, day: int, hour: int, minute: int = 0) -> None:
    moment = datetime(2027, 1, day, hour, minute, tzinfo=PARIS)
    await chat.passes(seconds=(moment - chat.now).total_seconds())


async def declines(chat: Chat, *people: str) -> None:
    """They want no private conversation with the bot."""
    async with chat.database.transaction() as tx:
        for person in people:
            for chat_of_two in await direct_chats.rooms_of(tx, BOT, person):
                await direct_chats.closed(tx, BOT, chat_of_two)
            name = person[1:].partition(":")[0]
            room = f"!declined-{name}:example.org"
            await direct_chats.opened(tx, BOT, person, room, status=direct_chats.REFUSED)


# ── how long it is ────────────────────────────────────────────────────────────────────────────────────────


async def test_nothing_about_a_meetup_takes_more_of_a_phone_than_it_needs(chat: Chat) -> None:
    measured = {}
    await chat.says(MODO, LINE)
    measured["preview"] = lines_of(chat.last.text)
    card = await publishes(chat, LATER + " visio https://visio.example.org/rse 3 places")
    measured["card"] = lines_of(card.text)
    await chat.reacts(ANA, "✅", card)
    await chat.says(ANA, "!rdv R-1 oui", room=await chat.direct(ANA))
    measured["answer"] = lines_of(chat.last.text)
    await chat.says(ANA, "!rdv")
    measured["list"] = lines_of(chat.last.text)
    await chat.says(ANA, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h, 15 janvier 9h')
    measured["poll"] = lines_of(chat.last.text)
    chat.forget()
    await until(chat, 18, 14)
    measured["eve"] = lines_of(private(chat, ANA)[0].text)
    budgets = {"preview": 22, "card": 8, "answer": 4, "list": 16, "poll": 10, "eve": 9}
    assert {name: lines for name, lines in measured.items() if lines > budgets[name]} == {}


async def test_a_card_is_laid_out(chat: Chat) -> None:
    card = await publishes(chat, LATER + " visio https://visio.example.org/rse 3 places")
    assert card.rings
    assert flat(card.html) == (
        "<h4>Comité RSE</h4>"
        "<p><strong>Mardi 19 janvier, de 14 h 00 à 15 h 30</strong><br>"
        '<a href="https://visio.example.org/rse">Rejoindre la visio</a><br>'
        "<strong>0 place prise</strong> sur 3 (<code>R-1</code>)</p>"
        "<p><strong>Vous venez ?</strong> ✅ oui, 🤔 peut-être, ❌ non</p>"
    )


async def test_the_year_and_the_zone_are_said_where_they_do_not_go_without_saying(chat: Chat) -> None:
    for line, said in (
        ("“Un” 4 janvier 2028 14h 1h", "Mardi 4 janvier 2028, de 14 h 00 à 15 h 00"),
        ("“Deux” 19 janvier 14h 1h heure Réunion", "Mardi 19 janvier, de 14 h 00 à 15 h 00, heure de La Réunion"),
        ("“Trois” du 30 au 31 janvier", "Du samedi 30 au dimanche 31 janvier"),
    ):
        card = await publishes(chat, f"!rdv nouveau {line}")
        assert flat(card.text).split("\n")[1].casefold() == said.casefold()


# ── which one ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_only_meetup_to_come_needs_no_number(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.says(ANA, "!rdv oui")
    assert "1 personne inscrite" in card_now(chat, card)
    await chat.says(MODO, "!rdv places 40")
    assert "1 place prise sur 40" in card_now(chat, card)
    await publishes(chat, '!rdv créer "Point" mercredi 20 janvier 9h')
    await chat.says(ANA, "!rdv non")
    assert shown(chat) == [
        *("Quelle rencontre ?", "1. Comité RSE (R-1), mardi 19 janvier", "2. Point (R-2), mercredi 20 janvier"),
        "Répondez par son numéro.",
    ]
    await chat.says(ANA, "!rdv 1 non")
    assert "0 place prise sur 40" in card_now(chat, card)
    await chat.says(ANA, "!rdv 2")
    assert shown(chat)[0] == "Point"


async def test_in_the_thread_of_a_card_its_meetup_is_meant(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Point" mercredi 20 janvier 9h')
    await chat.says(MODO, "!rdv places 12", thread=card.event_id)
    assert "0 place prise sur 12" in card_now(chat, card)


async def test_a_meetup_is_over_rather_than_begun_three_weeks_later(chat: Chat) -> None:
    await publishes(chat, LATER)
    await until(chat, 19, 14, 30)
    await chat.says(BEN, "!rdv R-1 oui")
    assert "a commencé" in chat.last.text
    await chat.passes(days=21)
    for person, line in ((BEN, "!rdv R-1 oui"), (MODO, "!rdv R-1 déplacer à 15h"), (BEN, "!rdv R-1 retex compost")):
        await chat.says(person, line)
        assert "est terminée" in chat.last.text, line
    await chat.says(BEN, "!rdv R-1")
    assert shown(chat)[-1] == "Cette rencontre est terminée."


# ── what is noted ─────────────────────────────────────────────────────────────────────────────────────────


async def test_lines_pasted_together_are_as_many_notes_and_follow_their_message(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    pasted = "^décision On garde le jeudi\n^action Relancer Karim\ndès que possible\n^ info Salle 3"
    noted = await chat.says(ANA, pasted, thread=card.event_id)
    await chat.edits(ANA, noted, "^décision On garde le mardi\n^action Relancer Karim")
    gone = await chat.says(BEN, "^action à oublier", thread=card.event_id)
    await chat.redacts(BEN, gone)
    assert [said.emoji for said in chat.sent if said.emoji] == ["📝", "✏️", "📝"]
    await chat.says(MODO, "!rdv R-1 cr")
    assert shown(chat)[3:-1] == ["Décisions", "- On garde le mardi", "Actions", "- Relancer Karim"]


async def test_an_edited_note_without_a_change_of_thread_is_still_the_same(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.says(ANA, "^décision Un\n^action Deux\nla suite", thread=card.event_id)
    await chat.says(MODO, "!rdv R-1 cr")
    assert shown(chat)[3:-1] == ["Décisions", "- Un", "Actions", "- Deux", "la suite"]


async def test_a_proposal_follows_its_message_until_it_is_decided(chat: Chat) -> None:
    await publishes(chat, LATER)
    proposed = await chat.says(ANA, "!rdv R-1 retex notre compsot")
    asked = private(chat, MODO)[-1]
    chat.homeserver.member(asked.room_id, MODO)
    await chat.hears(asked.room_id)
    await chat.edits(ANA, proposed, "!rdv R-1 retex notre compost")
    assert [said.edits for said in chat.sent if "compost" in said.text and said.room_id == asked.room_id] == [
        asked.event_id
    ]
    assert await chat.rows("SELECT text FROM meetup_note") == [("notre compost",)]
    await chat.reacts(MODO, "✅", asked)
    await chat.edits(ANA, proposed, "!rdv R-1 retex autre chose")
    assert "La réponse est déjà donnée" in chat.last.text
    assert await chat.rows("SELECT text FROM meetup_note") == [("notre compost",)]


@pytest.mark.parametrize("decided", [False, True])
async def test_a_deleted_proposal_is_withdrawn_and_says_so(chat: Chat, *, decided: bool) -> None:
    card = await publishes(chat, LATER)
    proposed = await chat.says(ANA, "!rdv R-1 retex notre compost")
    answer, asked = chat.last, private(chat, MODO)[-1]
    answer = next(said for said in chat.messages if said.text.startswith("Merci"))
    chat.homeserver.member(asked.room_id, MODO)
    await chat.hears(asked.room_id)
    if decided:
        await chat.reacts(MODO, "✅", asked)
        assert "compost" in card_now(chat, card)
    await chat.redacts(ANA, proposed)
    assert [said.text for said in chat.sent if said.edits == answer.event_id] == ["C'est retiré."]
    assert "compost" not in card_now(chat, card)
    told = [flat(said.text) for said in chat.sent if said.edits == asked.event_id]
    assert told == ([] if decided else ["Le retour d'expérience proposé pour Comité RSE (R-1) est retiré."])
    await chat.reacts(MODO, "✅", asked)
    assert "compost" not in card_now(chat, card)


# ── at the right hour, to everybody ───────────────────────────────────────────────────────────────────────


async def test_what_follows_a_late_meetup_waits_for_a_working_day(chat: Chat) -> None:
    await publishes(chat, "!rdv nouveau Veillée vendredi 22 janvier 21h 2h")
    await until(chat, 22, 23)
    chat.forget()
    await until(chat, 25, 8, 29)
    assert chat.messages == []
    await until(chat, 25, 8, 30)
    assert any("Pour le compte rendu" in flat(text) for text in chat.texts)


async def test_an_action_for_a_saturday_is_recalled_on_the_friday(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    await chat.says(BEN, "^action commander les bacs pour le samedi 30 janvier", thread=card.event_id)
    await chat.confirms(MODO, "!rdv R-1 cr")
    chat.forget()
    await until(chat, 29, 23)
    assert [flat(said.lines[0]) for said in private(chat, BEN) if "bacs" in said.text] == [
        "Rappel : commander les bacs pour le samedi 30 janvier (Comité RSE, R-1)"
    ]


async def test_who_cannot_be_reached_alone_learns_below_the_card_what_changes_for_them(chat: Chat) -> None:
    card = await publishes(chat, SMALL)
    for person in (ANA, BEN):
        await chat.reacts(person, "✅", card)
    await declines(chat, ANA, BEN)
    chat.forget()
    await chat.reacts(ANA, "❌", card)
    await chat.passes(seconds=1)
    await chat.confirms(MODO, "!rdv R-1 déplacer mercredi 20 janvier 15h")
    await chat.confirms(MODO, "!rdv R-1 annuler")
    told = [said for said in chat.messages if said.thread == card.event_id]
    assert [(said.meant_for, flat(said.lines[0])) for said in told] == [
        ([BEN], "Une place s'est libérée, elle est à vous : Petit groupe (R-1), "
        "mardi 19 janvier, de 14 h 00 à 15 h 00."),
        ([BEN], "Petit groupe (R-1) change de date : mercredi 20 janvier, de 15 h 00 à 16 h 00."),
        ([BEN], "Annulation : Petit groupe (R-1), mercredi 20 janvier, de 15 h 00 à 16 h 00."),
    ]  # fmt: skip


async def test_who_left_or_declined_everything_is_not_called_into_the_room(chat: Chat) -> None:
    card = await publishes(chat, LATER)
    for person in (ANA, CLEO):
        await chat.reacts(person, "✅", card)
    await declines(chat, ANA, CLEO)
    chat.homeserver.member(chat.room, CLEO, "ban", sender=MODO)
    await chat.hears(chat.room)
    chat.forget()
    await chat.confirms(MODO, "!rdv R-1 annuler")
    assert [said.meant_for for said in chat.messages if said.thread == card.event_id] == [[ANA]]


@pytest.mark.parametrize(
    ("said", "votes"),
    [
        ("1 et 3", "1, 3"),
        ("la 1 et la 3", "1, 3"),
        ("aucune", ""),
        ("aucun", ""),
        ("2", "2"),
        ("toutes sauf la deuxième", "1, 3"),
        ("les deux dernières", "2, 3"),
        ("n'importe laquelle", "1, 2, 3"),
        ("only the third one", "3"),
    ],
)
async def test_several_dates_are_answered_at_once(chat: Chat, said: str, votes: str) -> None:
    await chat.says(MODO, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h, 15 janvier 9h')
    card = chat.messages[-1]
    await chat.says(ANA, said, reply_to=card)
    found = [str(choice) for (choice,) in await chat.rows("SELECT choice FROM date_vote ORDER BY choice")]
    assert ", ".join(found) == votes


async def test_a_choice_that_no_poll_has_is_answered_by_a_sentence(chat: Chat) -> None:
    await chat.says(MODO, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h, 15 janvier 9h')
    card = chat.messages[-1]
    for said, answer in (("9", "pas de numéro 9"), ("1 et 9", "pas de numéro 9"), ("les deux", "Lesquelles ?")):
        await chat.says(ANA, said, reply_to=card)
        assert answer in flat(chat.last.text), said
    assert await chat.rows("SELECT choice FROM date_vote") == []


async def test_none_of_the_dates_suits_is_said_in_a_sentence_too(chat: Chat) -> None:
    await chat.says(MODO, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h')
    await chat.says(ANA, "aucune ne me convient", reply_to=chat.messages[-1])
    assert flat(chat.last.text) == "C'est noté : aucune de ces dates ne vous va."


async def test_both_dates_of_two_are_both(chat: Chat) -> None:
    await chat.says(MODO, '!rdv dates "Pilotage" 12 janvier 14h, 14 janvier 10h')
    await chat.says(ANA, "les deux", reply_to=chat.messages[-1])
    assert await chat.rows("SELECT choice FROM date_vote ORDER BY choice") == [(1,), (2,)]


# ── which one ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    ["inscris-moi à la rencontre DPI", "je voudrais participer à la visio de jeudi", "!rdv oui DPI", "!rdv oui jeudi"],
)
async def test_a_meetup_is_named_by_its_title_or_its_day(chat: Chat, said: str) -> None:
    await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Club DPI" jeudi 21 janvier 10h 1h')
    await chat.says(ANA, said, room=await chat.direct(ANA))
    assert await chat.rows("SELECT meetup FROM rsvp") == [(2,)]
    assert "Club DPI" in chat.last.text


@pytest.mark.parametrize("said", ["inscris-moi à la rencontre pharmacie", "!rdv oui pharmacie", "!rdv oui"])
async def test_a_name_that_none_has_signs_nobody_up(chat: Chat, said: str) -> None:
    await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Club DPI" jeudi 21 janvier 10h 1h')
    await chat.says(ANA, said, room=await chat.direct(ANA))
    assert await chat.rows("SELECT meetup FROM rsvp") == []
    assert "Quelle rencontre ?" in flat(chat.last.text)


@pytest.mark.parametrize("which", ["2", "la deuxième", "le club", "jeudi", "celle du 21"])
async def test_which_meetup_is_said_by_its_number_its_name_or_its_day(chat: Chat, which: str) -> None:
    await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Club DPI" jeudi 21 janvier 10h 1h')
    room = await chat.direct(ANA)
    for said in ("je m'inscris", which):
        await chat.says(ANA, said, room=room)
    assert await chat.rows("SELECT meetup, status FROM rsvp") == [(2, "yes")]

    for said in ("je ne viens plus", which):
        await chat.says(ANA, said, room=room)
    assert await chat.rows("SELECT meetup, status FROM rsvp") == [(2, "no")]


async def test_another_request_is_no_answer_to_which_meetup(chat: Chat) -> None:
    await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Club DPI" jeudi 21 janvier 10h 1h')
    room = await chat.direct(ANA)
    for said in ("je ne viens plus", "inscris-moi au club DPI"):
        await chat.says(ANA, said, room=room)
    assert await chat.rows("SELECT meetup, status FROM rsvp") == [(2, "yes")]


async def test_a_number_names_the_meetup_that_the_team_changes_after_a_preview(chat: Chat) -> None:
    await publishes(chat, LATER)
    await publishes(chat, '!rdv nouveau "Club DPI" jeudi 21 janvier 10h 1h')
    for said in ("!rdv annuler", "2"):
        await chat.says(MODO, said)
    assert "Club DPI" in chat.last.text
    await chat.says(MODO, "oui")
    assert await chat.rows("SELECT id FROM meetup WHERE status = 'cancelled'") == [(2,)]


async def test_the_only_meetup_is_not_taken_for_another(chat: Chat) -> None:
    await publishes(chat, LATER)
    room = await chat.direct(ANA)
    for said in ("inscris-moi à la rencontre DPI", "je participe à la fête du service mardi"):
        await chat.says(ANA, said, room=room)
        assert await chat.rows("SELECT meetup FROM rsvp") == []
        assert flat(chat.last.text) == "S'agit-il de Comité RSE (R-1), mardi 19 janvier ? ✅ oui, ❌ non"
    await chat.says(ANA, "je dois malheureusement annuler ma participation", room=room)
    assert flat(chat.last.text) == "C'est noté, vous ne venez pas : Comité RSE (R-1)."
    assert await chat.rows("SELECT status FROM rsvp") == [("no",)]


async def test_of_a_series_the_next_one_is_meant(chat: Chat) -> None:
    await publishes(chat, '!rdv nouveau "Point DPI" chaque lundi 9h')
    await chat.says(ANA, "!rdv oui DPI", room=await chat.direct(ANA))
    ((start,),) = await chat.rows("SELECT min(starts_at) FROM meetup")
    assert await chat.rows("SELECT starts_at FROM meetup JOIN rsvp ON rsvp.meetup = meetup.id") == [(start,)]


async def test_the_one_that_is_named_is_answered_and_not_the_one_shown_last(chat: Chat) -> None:
    """Two are shown; what names the first by its day or title never answers the second, even as a reply to its card."""
    await chat.confirms(MODO, '!rdv nouveau "Comité" mardi 12 janvier 14h')
    await chat.confirms(MODO, '!rdv nouveau "Atelier" jeudi 14 janvier 14h')
    room = await chat.direct(ANA)
    wrong = []
    for said, first in (
        ("je ne viendrai pas mardi", "no"),
        ("je viens mardi", "yes"),
        ("oui pour mardi", "yes"),
        ("non pas le comité", "maybe"),
        ("je serai absente mardi", "yes"),
    ):
        await chat.says(ANA, f"rdv R-1 {'oui' if 'absente' in said else 'peut-être'}", room=room)
        await chat.says(ANA, "rdv R-2 peut-être", room=room)
        await chat.says(ANA, "rdv R-2", room=room)
        await chat.says(ANA, said, room=room, reply_to=chat.last.event_id)
        rows = await chat.rows("SELECT status FROM rsvp ORDER BY meetup")
        if rows != [(first,), ("maybe",)]:
            wrong.append((said, rows, chat.last.text))
    assert wrong == []


async def test_who_says_that_they_are_away_reads_which_seat_they_still_have(chat: Chat) -> None:
    await chat.confirms(MODO, '!rdv nouveau "Comité" mardi 12 janvier 14h')
    room = await chat.direct(ANA)
    await chat.says(ANA, "rdv R-1 oui", room=room)
    await chat.says(ANA, "je serai absente le 12 janvier", room=room)
    assert chat.last.text == (
        "Votre place est toujours prise\u00a0: Comité, mardi 12 janvier 2027. Vous ne venez pas\u00a0? !rdv R-1 non"
    )
