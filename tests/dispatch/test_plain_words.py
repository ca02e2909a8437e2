"""What people say in plain words, in private and after a mention, does what they mean, or is asked about."""

import itertools

import pytest

import commands
from bot.dispatch.menu.command import Command, Verb
from bot.dispatch.menu.menu import Menu, Understood
from bot.events.spoken_answers import spoken_gesture
from bot.text.emergency import speaks_of_emergency
from bot.text.phrases import LONGEST, Phrasebook
from tests.chat import ANA, BEN, MODO, Chat
from tests.dispatch.phrase_rows import rows
from tests.homeserver import BOT

MENU = Menu.of(commands)
ONLY_SAID = {
    "thanked": "merci",
    "took_leave": "adieu",
    "asked_who": "qui",
    "in_distress": "distress",
    "own_link": "lien",
    "leave": "leave",
}
"""What is answered without a word of the menu, by the name that the file of phrases has for it."""


def does(text: str) -> str:
    """What a sentence does in private, as the file of phrases names it."""
    if speaks_of_emergency(text):
        return "distress"
    read = MENU.read(text)
    if isinstance(read, Understood) and (read.named or not read.rest):
        return _name(read.command, read.verb)
    meant = MENU.in_plain_words(text)
    if meant is not None:
        return "asks" if meant.unsure else _name(meant.command, meant.verb)
    return _name(read.command, read.verb) if isinstance(read, Understood) else "asks"


def _name(command: Command, verb: Verb) -> str:
    return ONLY_SAID.get(getattr(verb.handler, "__name__", ""), " ".join([command.path, *verb.words[:1]]))


def test_every_phrase_does_what_is_meant() -> None:
    misread = [(meant, does(text), text) for meant, text in rows("intents.txt") if does(text) != meant]
    assert misread == []


def test_every_answer_decides_what_is_meant_and_nothing_that_is_doubtful() -> None:
    misread = [(meant, _decides(meant, text), text) for meant, text in rows("answers.txt")]
    assert [row for row in misread if row[0] != row[1]] == []


def _decides(meant: str, text: str) -> str:
    gesture = spoken_gesture(text, yes_no=meant not in ("useful", "useless"))
    return gesture.value if gesture is not None else "asks"


def test_there_are_phrases_enough_of_every_kind() -> None:
    meant = [meaning for meaning, _text in rows("intents.txt")]
    assert len(meant) >= 400
    assert all(meant.count(meaning) >= 5 for meaning in set(meant))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bonjour, je cherche un outil pour la double saisie, merci !", "outil pour la double saisie"),
        ("tu connais un logiciel de télémédecine ?", "logiciel de télémédecine"),
        ("je recherche des informations sur le tri des déchets", "tri des déchets"),
        ("Je suis cadre en EHPAD, je cherche un guide sur les chutes", "guide sur les chutes"),
        ("I'm looking for information about shift planning", "shift planning"),
    ],
)
def test_only_the_words_that_matter_are_searched(text: str, words: str) -> None:
    meant = MENU.in_plain_words(text)
    assert meant is not None
    assert meant.rest == words


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Bonjour à tous, qui a déjà mis en place la télésurveillance ? merci", "qui a déjà mis en place la télé"),
        ("Je suis cadre. Est-ce que quelqu'un utilise un logiciel de planning ?", "quelqu'un utilise un logiciel"),
        ("Has anyone used a dashboard for bed management?", "Has anyone used a dashboard"),
        ("comment font les autres hôpitaux pour les plannings de nuit ?", "comment font les autres hôpitaux"),
        ("Ma question : comment annuler une prescription ?", "Ma question : comment annuler"),
    ],
)
async def test_what_is_a_question_itself_is_put_to_people_whole(chat: Chat, text: str, question: str) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, text, room=room)

    [(asked,)] = await chat.rows("SELECT text FROM help_request")
    assert asked.startswith(question)
    assert asked.endswith("?")


def test_a_sentence_beside_it_that_may_deny_it_makes_it_a_question() -> None:
    meant = MENU.in_plain_words("Je ne veux pas tout perdre. Efface mes données")
    assert meant is not None
    assert meant.unsure


def test_a_reason_beside_it_does_not_deny_it_and_a_clause_is_enough() -> None:
    for text, meant in (
        ("Je ne comprends pas le français. Écrivez-moi en anglais", "moi langue"),
        ("Je ne veux rien changer. Écrivez-moi en anglais", "asks"),
        ("Je prends mon poste demain et il me faudrait une grille d'audit pour le bloc, merci", "doc"),
        ("Une personne de ce réseau pourrait-elle me conseiller sur les achats ?", "expert"),
        ("mon outlook n'envoie plus rien depuis hier soir", "expert"),
        ("le patient de la 12 ne mange plus depuis trois jours", "asks"),
    ):
        assert does(text) == meant, text


def test_a_phrase_that_would_match_nothing_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="says nothing"):
        Phrasebook([("[bonjour] [relais]", "greeting")])


def test_no_sentence_takes_long() -> None:
    words = ("je suis", "je", "pas", "inscris moi", "quand est", "i am", "je,", "!", "où. ")
    for one, other in itertools.product(words, words):
        text = f"{one} {other} " * LONGEST
        MENU.in_plain_words(text[:LONGEST])


# ── in a conversation ─────────────────────────────────────────────────────────────────────────────────────


async def test_in_private_a_sentence_is_enough(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "bonjour", room=room)
    chat.forget()
    for text, part in (
        ("Vous êtes un robot ?", "programme automatique"),
        ("Merci beaucoup !", "Avec plaisir"),
        ("comment ça marche", "Voici ce que vous pouvez m'écrire"),
        ("je cherche un outil sur la télémédecine", "télémédecine"),
        ("j'habite en Martinique", "Martinique"),
        ("quelles sont les prochaines rencontres ?", "Aucune rencontre"),
        ("où est le lien de la visio", "inscription à aucune rencontre"),
        ("efface mes données", "rien n'est encore effacé"),
    ):
        await chat.says(ANA, text, room=room)
        assert part in chat.texts[-1], text


async def test_somebody_who_cannot_go_on_is_told_who_listens_and_nothing_is_searched(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "Je suis épuisée, je n'en peux plus", room=room)
    assert "3114" in chat.texts[-1]
    assert "ressource" not in chat.texts[-1]
    assert await chat.rows("SELECT name FROM dialogue") == []


async def test_a_server_that_is_down_is_no_emergency(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "Le serveur est tombé, c'est urgent !", room=room)
    assert "**15**" not in chat.texts[-1]
    assert "rien n'est parti" in chat.texts[-1]


async def test_a_mention_is_answered_like_a_private_message_and_talk_is_left_alone(chat: Chat) -> None:
    await chat.says(BEN, "je cherche un outil sur la télémédecine")
    await chat.says(BEN, "je suis épuisée, je n'en peux plus")
    assert chat.texts == []
    await chat.says(BEN, "Relais, tu connais un outil sur la télémédecine ?", mentions=[BOT])
    assert "télémédecine" in chat.texts[-1]


async def test_what_is_doubtful_is_asked_and_done_after_yes(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "bonjour", room=room)
    await chat.says(ANA, "Si c'est possible. Mets-moi en anglais, parle-moi en anglais", room=room)
    assert "moi langue en" in chat.texts[-1]
    await chat.says(ANA, "oui", room=room)
    assert "English" in chat.texts[-1]


async def test_a_volunteer_may_leave_after_a_preview(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "je ne veux plus être volontaire", room=room)
    assert "Vous ne faites pas partie des volontaires" in chat.texts[-1] or "volontaire" in chat.texts[-1]
    await chat.says(ANA, "je voudrais devenir volontaire", room=room)
    await chat.says(ANA, "sujets 1", room=room)
    await chat.says(ANA, "oui", room=room)
    await chat.says(ANA, "je ne veux plus être volontaire", room=room)
    assert await chat.rows("SELECT person FROM expert") != []
    await chat.says(ANA, "oui", room=room)
    assert await chat.rows("SELECT person FROM expert") == []


async def test_the_link_is_that_of_the_meet_up_one_comes_to(chat: Chat) -> None:
    await chat.confirms(MODO, '!rdv nouveau "Comité" mardi 12 janvier 14h en visio https://visio.example.org/x')
    room = await chat.direct(ANA)
    await chat.says(ANA, "inscris-moi à la R-1", room=room)
    await chat.says(ANA, "j'ai perdu le lien de la visio", room=room)
    assert "https://visio.example.org/x" in chat.texts[-1]


async def test_a_sentence_answers_in_private_and_in_a_reply_and_nowhere_else(chat: Chat) -> None:
    await chat.confirms(MODO, '!rdv nouveau "Comité" mardi 12 janvier 14h')
    card = next(said for said in chat.messages if said.text.startswith("Comité") or "R-1" in said.text)
    room = await chat.direct(ANA)
    await chat.says(ANA, "rdv R-1", room=room)
    await chat.says(ANA, "je viendrai avec plaisir", room=room)
    assert "Votre présence" in chat.texts[-1] or "Comité (R-1)" in chat.texts[-1]
    await chat.says(ANA, "en fait je ne pourrai pas venir, désolée", room=room)
    assert await chat.rows("SELECT status FROM rsvp") == [("no",)]
    chat.forget()
    await chat.says(BEN, "je viendrai avec plaisir")
    assert chat.sent == []
    assert card.event_id


async def test_a_condition_decides_nothing(chat: Chat) -> None:
    await chat.confirms(MODO, '!rdv nouveau "Comité" mardi 12 janvier 14h')
    room = await chat.direct(ANA)
    await chat.says(ANA, "rdv R-1", room=room)
    await chat.says(ANA, "oui mais pas mardi", room=room)
    assert await chat.rows("SELECT status FROM rsvp") == []


async def test_what_no_page_answers_is_asked_about_and_not_searched(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for text in (
        "vous avez mangé ?",
        "tu connais Martine ?",
        "il y a une fuite dans la chambre 4",
        "je cherche mes clés",
    ):
        await chat.says(ANA, text, room=room)
        assert "Je n'ai pas compris" in chat.texts[-1], text


async def test_whoever_cannot_go_on_is_never_offered_a_search(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for text in ("j'en ai marre de tout, je veux tout arrêter", "je me sens très seule et je pleure souvent"):
        await chat.says(ANA, text, room=room)
        assert "3114" in chat.texts[-1], text
        assert "cherche" not in chat.texts[-1]


async def test_a_name_is_not_put_right_into_a_verb(chat: Chat) -> None:
    room = await chat.direct(ANA)
    for words in ("Paul est absent du 3 au 5 février", "Paule est absente du 3 mars"):
        await chat.says(ANA, words, room=room)

    assert await chat.rows("SELECT id FROM help_request") == []


async def test_a_yes_to_a_meetup_is_none_to_a_search(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "je parle anglais avec mes patients", room=room)
    chat.forget()
    await chat.says(ANA, "je viendrai", room=room)

    assert "ressource" not in chat.last.text


async def test_a_question_of_a_form_is_not_answered_by_asking_how_it_works(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert", room=room)
    await chat.says(ANA, "je suis perdue, comment ça marche", room=room)

    assert await chat.rows("SELECT id FROM help_request") == []
    assert "Voici ce que vous pouvez m'écrire" in chat.last.text


async def test_cues_need_all_their_words_and_nobody_else(chat: Chat) -> None:
    for text, meant in (
        ("Pourriez-vous me redonner le lien pour rejoindre la visio ?", "lien"),
        ("elle ne sait plus comment rejoindre la visio", "asks"),
        ("je ne veux pas devenir volontaire", "asks"),
        ("où en est ma demande de la semaine dernière ?", "expert mes"),
    ):
        assert does(text) == meant, text


def test_a_choice_of_words_that_are_left_out_is_refused() -> None:
    for phrase in ("je viens (de|a) paris", "& lien (de|visio)"):
        with pytest.raises(ValueError, match="says nothing"):
            Phrasebook([(phrase, "x")])


async def test_whoever_writes_english_is_shown_the_way_to_it_until_they_have_chosen(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "bonjour", room=room)
    for said in ("Hi", "help", "what can you do?", "thanks a lot"):
        await chat.says(ANA, said, room=room)
        assert chat.last.lines[-1] == "In English\u00a0: !moi langue en", said
    for said in ("aide", "merci beaucoup", "comment ça marche"):
        await chat.says(ANA, said, room=room)
        assert "In English" not in chat.last.text, said

    await chat.says(ANA, "moi langue fr", room=room)
    await chat.says(ANA, "help", room=room)
    assert "In English" not in chat.last.text
