"""What people type: every word in every spelling, slips, and ordinary sentences that are none of our business."""

import itertools
import re
from pathlib import Path

import pytest

import commands
from bot.dispatch.hear.reading import Reading
from bot.dispatch.menu.help_pages import shown
from bot.dispatch.menu.menu import Menu, Understood, word_of
from bot.events.events import MessageReceived
from bot.events.gestures import Gesture
from bot.i18n import LANGUAGES, _, speaking
from bot.text.quotes import titles
from tests.chat import ANA, BEN, MODO, MORNING, Chat
from tests.homeserver import BOT
from tests.phone import lines_of

MENU = Menu.of(commands)
COMMANDS = {command.path: command for command in MENU}
ITEM = re.compile(r"[A-Z]+-\d+ ?")
"""What a command is about may stand before its verb."""
SENTENCES = (Path(__file__).parent / "ordinary_sentences.txt").read_text(encoding="utf-8").splitlines()


def spellings(word: str) -> set[str]:
    """As people and their keyboards write a word."""
    bare = word_of(word)
    ends = {f"{word}\u00a0!", f"{word}."} if word.isalpha() else set()
    return {word, word.upper(), word.capitalize(), bare, f"\u00a0{word}", f" {word}", *ends}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_word_is_understood_from_every_spelling(path: str) -> None:
    command = COMMANDS[path]
    for word in (command.word, *command.aliases):
        apart = {spelling for spelling in spellings(word) if spelling[0].isspace()} if command.everyday else set()
        for spelling in spellings(word) - apart:
            typed = f"!{f'{command.under} ' if command.under else ''}{spelling}"
            read = reading(typed).understood
            assert read is not None, typed
            assert read.command is command


@pytest.mark.parametrize("path", COMMANDS)
def test_every_verb_that_help_shows_is_understood_in_every_language(path: str) -> None:
    for verb, language in itertools.product(COMMANDS[path].verbs, LANGUAGES):
        if verb.usage:
            with speaking(language):
                read = MENU.read(ITEM.sub("", _(verb.usage)))
            assert isinstance(read, Understood)
            assert (read.command, read.verb) == (COMMANDS[path], verb)


@pytest.mark.parametrize("path", [path for path, command in COMMANDS.items() if command.listed])
def test_help_shows_every_verb_and_two_examples_that_work(path: str) -> None:
    command = COMMANDS[path]
    assert all(verb.usage for verb in command.verbs if verb.words)
    assert len(command.examples) == 2
    for example, language in itertools.product(command.examples, LANGUAGES):
        with speaking(language):
            read = MENU.read(_(example))
        assert isinstance(read, Understood)
        assert command.word in (read.command.word, read.command.under)


@pytest.mark.parametrize("path", COMMANDS)
def test_a_word_is_shown_in_the_reader_s_language_and_understood(path: str) -> None:
    with speaking("en"):
        typed = shown(COMMANDS[path])
        read = MENU.read(typed)
    assert (read.command if read else None) is COMMANDS[path]
    assert typed.isascii()
    with speaking("fr"):
        assert word_of(shown(COMMANDS[path])) == word_of(path)


def test_no_spelling_belongs_to_two_words() -> None:
    taken: dict[tuple[str | None, str], str] = {}
    for command in MENU:
        for word in {word_of(word) for word in (command.word, *command.aliases)}:
            assert taken.setdefault((command.under, word), command.path) == command.path


def test_no_verb_has_a_spelling_of_another_verb_of_its_word() -> None:
    for command in MENU:
        words = [word for verb in command.verbs for word in {word_of(word) for word in verb.words}]
        assert len(words) == len(set(words)), command.path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("D-12", "expert"),
        ("r-7.", "rdv"),
        ("DOC\u20114 ?", "doc"),
        ("R-7 du bâtiment", None),
        ("Z-1", None),
        ("D12", None),
    ],
)
def test_the_number_of_a_thing_alone_shows_it(typed: str, path: str | None) -> None:
    read = MENU.read(typed)
    assert (read.command.path if isinstance(read, Understood) else None) == path


def test_a_thumb_means_one_thing_on_each_card() -> None:
    kinds = {action.about for command in MENU for action in command.actions}
    rated = {kind for kind in kinds if MENU.gestures(kind) & {Gesture.USEFUL, Gesture.USELESS}}
    assert rated == {"doc", "found", "search", "sheet"}
    assert not [kind for kind in rated if MENU.waits_for_yes(kind)]


def test_every_card_that_waits_for_a_word_has_a_name_for_when_two_of_them_wait() -> None:
    kinds = {action.about for command in MENU for action in command.actions}
    listed = {kind for kind in kinds if MENU.gestures(kind) & {Gesture.USEFUL, Gesture.USELESS}}
    searches, gestures_only = {"missed", "not-found"}, {"signed"}
    assert {kind for kind in kinds - listed - searches - gestures_only if MENU.title(kind) is None} == set()


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("!aide", "fr"),
        ("!AIDE", "fr"),
        ("! aide", "fr"),
        ("!\u00a0Aide\u00a0!", "fr"),
        ("!?", "fr"),
        ("!help", "fr"),
        ("!aides", "fr"),
        ("！aide", "fr"),
        ("\ufeff!aide", "fr"),
        ("  !aide", "fr"),
        ("!bonjour", "fr"),
    ],
)
async def test_help_comes_however_it_is_asked_for(chat: Chat, written: str, language: str) -> None:
    await chat.says(ANA, written)

    assert "Voici ce que vous pouvez m'écrire" in chat.last.text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("! rdv R-7", True),
        ("! R-7", True),
        ("! rdv R-7 oui", True),
        ("! aide rdv", True),
        ("! aide rdv suite", True),
        ("! rvd R-7", True),
        ("! exprt devenir", True),
        ("! expert Comment choisir un DPI ?", True),
        ("! Expert comment choisir un DPI", True),
        ("! rappel demain 9h relancer", True),
        ("! Rappel mardi 14h appeler Paul", True),
        ("! doc outil", True),
        ("! Expert en DPI recherché", False),
        ("! adie", False),
        ("! rdv R-7 ascenseur B", False),
        ("! rdv D-7", False),
        ("! Rendez-vous mardi", False),
        ("! Rappel réunion", False),
        ("! Top doc", False),
    ],
)
def test_behind_a_space_only_what_nobody_says_to_colleagues_is_for_us(written: str, meant: bool) -> None:
    assert reading(written).is_for_us(direct=False) is meant


async def test_a_slip_behind_a_space_is_asked_about(chat: Chat) -> None:
    await chat.says(ANA, "! adie rdv")

    assert chat.last.lines[0] == "Vouliez-vous dire «\u00a0!aide rdv\u00a0»\u00a0? ✅ oui"


async def test_two_hundred_ordinary_sentences_cause_nothing(chat: Chat) -> None:
    for sentence in SENTENCES:
        await chat.says(ANA, sentence)

    assert chat.sent == []


def test_there_are_two_hundred_ordinary_sentences() -> None:
    assert len(set(SENTENCES)) >= 200
    assert sum(sentence.startswith("!") for sentence in SENTENCES) >= 30
    assert sum("R-7" in sentence for sentence in SENTENCES) >= 5


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("!dco messagerie", "!doc messagerie"),
        ("!aisde", "!aide"),
        ("!chrecher messagerie", "!doc messagerie"),
        ("!moi lange fr", "!moi langue fr"),
        ("!aid", "!aide"),
        ("!me lagnuage fr", "!moi langue fr"),
        ("!moi puase", "!moi pause"),
        ("!rdv moiss", "!rdv mois"),
        ("!rdv R-1 anuler", "!rdv annuler R-1"),
        ("!expert mse", "!expert mes"),
    ],
)
async def test_a_slip_is_asked_about_and_done_when_it_was_meant(chat: Chat, written: str, meant: str) -> None:
    await chat.says(ANA, written)

    assert chat.last.lines[0] == f"Vouliez-vous dire «\u00a0{meant}\u00a0»\u00a0? ✅ oui"

    question = chat.last
    await chat.reacts(BEN, "✅", question)
    assert chat.last.event_id == question.event_id

    await chat.reacts(ANA, "✅️", question)
    assert chat.last.event_id != question.event_id
    assert chat.last.reply_to == question.event_id


async def test_a_slip_is_confirmed_by_a_bare_word_of_the_same_person(chat: Chat) -> None:
    await chat.says(ANA, "!dco messagerie")
    asked = len(chat.messages)

    await chat.says(BEN, "oui")
    assert len(chat.messages) == asked

    await chat.says(ANA, "Oui, merci !")
    assert "Tchap" in chat.last.text


async def test_a_word_that_resembles_nothing_is_left_to_others_in_a_room(chat: Chat) -> None:
    await chat.says(ANA, "!meteo Lyon")

    assert chat.sent == []


@pytest.mark.parametrize(
    ("written", "known", "instead"),
    [
        ("!admin tableau truc", "admin tableau", "image"),
        ("!admin statut", "admin", "début, tableau"),
        ("!admin archiver", "admin", "début, tableau"),
        ("!admin archiver toutes les ressources", "admin", "début, tableau"),
        ("!admin doc foo", "admin doc", "archivées"),
        ("!admin équipe virer @ana", "admin équipe", "!aide admin équipe"),
        ("!admin salon ouvert à tous", "admin salon", "public, experts"),
        ("!admin début truc", "admin début", "annonce"),
        ("!rdv xyz", "rdv", "R-7"),
        ("!moi xyz abc", "moi", "langue"),
    ],
)
async def test_an_unknown_word_behind_one_that_we_know_is_answered_in_four_lines_of_a_phone(
    chat: Chat, written: str, known: str, instead: str
) -> None:
    await chat.says(MODO, written)

    assert f"après !{known}." in chat.last.lines[0]
    assert instead in chat.last.lines[1]
    assert lines_of(chat.last.text) <= 4


async def test_a_mention_needs_no_prefix(chat: Chat) -> None:
    for written in ("Relais: aide", "Relais aide", f"{BOT} !aide", "relais,\u00a0Aide\u00a0?"):
        chat.forget()
        await chat.says(ANA, written, mentions=[BOT])
        assert "Voici ce que vous pouvez m'écrire" in chat.last.text, written


async def test_a_mention_is_never_met_with_silence(chat: Chat) -> None:
    await chat.says(ANA, "Tu sais où trouver la messagerie, Relais ?", mentions=[BOT])

    assert "Voulez-vous que je cherche «\u00a0Tu sais où trouver la messagerie ?\u00a0»" in chat.last.text


async def test_in_private_no_prefix_is_needed_and_nothing_is_met_with_silence(chat: Chat) -> None:
    room = await chat.direct(ANA)

    await chat.says(ANA, "doc messagerie", room=room)
    assert "Tchap" in chat.last.text

    await chat.says(ANA, "messagerie sécurisée", room=room)
    assert chat.last.lines[:2] == [
        "Je n'ai pas compris. Voulez-vous que je cherche «\u00a0messagerie sécurisée\u00a0» dans les ressources\u00a0?",
        "✅ oui, ❌ non\u00a0; ou bien aide",
    ]

    await chat.says(ANA, "oui", room=room)
    assert "Tchap" in chat.last.text


@pytest.mark.parametrize("written", ["Merci beaucoup", "oui", "2", "bonjour, comment ça va", "…", "!zzz", "!", "suite"])
async def test_in_private_every_message_has_one_answer(chat: Chat, written: str) -> None:
    room = await chat.direct(ANA)
    chat.forget()

    await chat.says(ANA, written, room=room)

    assert len(chat.messages) == 1


@pytest.mark.parametrize("written", ["!sos", "!urgent quelqu'un ?", "!Urgence"])
async def test_who_cries_for_help_gets_the_emergency_numbers(chat: Chat, written: str) -> None:
    await chat.says(ANA, written)

    for number in ("15", "112", "114", "3114"):
        assert number in chat.last.text


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Bonjour Relais", "Voici ce que vous pouvez m'écrire\u00a0:"),
        ("Stop, s’il vous plaît", "C'est noté\u00a0: je ne vous écris plus de moi-même."),
    ],
)
async def test_a_word_that_stands_alone_may_be_said_politely_in_private(chat: Chat, written: str, answer: str) -> None:
    await chat.says(ANA, written, room=await chat.direct(ANA))

    assert chat.last.text.startswith(answer)


async def test_in_private_a_word_to_a_preview_that_is_over_is_not_met_with_silence(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "messagerie sécurisée", room=room)
    question = chat.last
    for answer in ("non", "oui"):
        await chat.says(ANA, answer, room=room, reply_to=question)

    assert "Je n'attends pas de réponse" in chat.last.text


async def test_an_old_client_quotes_what_it_answers(chat: Chat) -> None:
    await chat.says(ANA, "!dco messagerie")
    quoted = f"> <{BOT}> Vouliez-vous dire « !doc messagerie » ?\n> Répondez « oui » (✅).\n\noui"

    await chat.says(ANA, quoted, reply_to=chat.last)

    assert "Tchap" in chat.last.text


async def test_a_reply_to_somebody_else_with_an_old_quote_is_still_a_command(chat: Chat) -> None:
    first = await chat.says(BEN, "quelqu'un connaît une messagerie ?")

    await chat.says(ANA, "> <@ben:example.org> quelqu'un connaît une messagerie ?\n\n!doc messagerie", reply_to=first)

    assert "Tchap" in chat.last.text


async def test_a_quoted_command_is_not_done_again(chat: Chat) -> None:
    first = await chat.says(BEN, "!aide")
    chat.forget()

    await chat.says(ANA, "> <@ben:example.org> !aide\n\nmerci", reply_to=first)

    assert chat.sent == []


async def test_an_answer_stays_in_the_thread_of_its_command(chat: Chat) -> None:
    root = await chat.says(BEN, "Parlons messagerie")

    asked = await chat.says(ANA, "!doc messagerie", thread=root)

    assert (chat.last.thread, chat.last.reply_to) == (root, asked)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("“Soins palliatifs”", ["Soins palliatifs"]),
        ("«\u00a0Soins palliatifs\u00a0»", ["Soins palliatifs"]),
        ('"Soins palliatifs" "Palliative care"', ["Soins palliatifs", "Palliative care"]),
        ("Soins palliatifs", ["Soins palliatifs"]),
        ('"', []),
        ("", []),
    ],
)
def test_a_title_is_read_between_any_quotes_or_none(written: str, read: list[str]) -> None:
    assert titles(written) == read


def reading(text: str) -> Reading:
    message = MessageReceived(event_id="$1", room_id="!r", sender=ANA, sent_at=MORNING, text=text)
    return Reading(message, menu=MENU, names=(BOT,))
