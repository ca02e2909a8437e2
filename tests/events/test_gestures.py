"""A gesture means the same on every device, by emoji or by word, in both languages."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.gestures import SIGNS, Gesture, gesture_of_emoji, gesture_of_word, normalise, sign_of

CARDS = (False, True)
SPELLINGS = [
    (emoji, sign.gesture, yes_no) for yes_no in CARDS for sign in SIGNS for emoji in sign.emojis(yes_no=yes_no)
]
WORDS = [(word, sign.gesture, yes_no) for yes_no in CARDS for sign in SIGNS for word in sign.words(yes_no=yes_no)]
LOOKS = ["", "\ufe0f", "\ufe0e", "\U0001f3fb", "\U0001f3ff", "\u200d♀️", "\u200d♂", "\U0001f3fd\u200d♀️"]


def test_every_gesture_has_one_row() -> None:
    assert sorted(sign.gesture for sign in SIGNS) == sorted(Gesture)


@pytest.mark.parametrize("gesture", Gesture)
def test_every_gesture_can_be_typed_in_both_languages(gesture: Gesture) -> None:
    sign = sign_of(gesture)
    for word in (sign.french[0], sign.english[0]):
        assert gesture_of_word(word, yes_no=sign.under_yes_no) is gesture


@pytest.mark.parametrize("yes_no", CARDS)
def test_no_spelling_means_two_things_under_one_kind_of_card(yes_no: bool) -> None:
    meanings: dict[str, set[Gesture]] = {}
    for sign in SIGNS:
        for spelling in {*map(normalise, sign.emojis(yes_no=yes_no)), *sign.words(yes_no=yes_no)}:
            meanings.setdefault(spelling.lower(), set()).add(sign.gesture)
    assert {spelling: found for spelling, found in meanings.items() if len(found) > 1} == {}


def test_a_reaction_counts_however_the_device_draws_it() -> None:
    misread = [
        (emoji, look, gesture)
        for (emoji, gesture, yes_no), look in product(SPELLINGS, LOOKS)
        for drawn in (emoji, normalise(emoji))
        if gesture_of_emoji(drawn + look, yes_no=yes_no) is not gesture
    ]
    assert misread == []


def test_an_emoji_typed_as_an_answer_counts_like_the_reaction() -> None:
    misread = [
        (emoji, gesture) for emoji, gesture, yes_no in SPELLINGS if gesture_of_word(emoji, yes_no=yes_no) is not gesture
    ]
    assert misread == []


def test_a_word_counts_however_it_is_typed() -> None:
    misread = [
        (text, gesture)
        for word, gesture, yes_no in WORDS
        for text in _typed(word)
        if gesture_of_word(text, yes_no=yes_no) is not gesture
    ]
    assert misread == []


def _typed(word: str) -> list[str]:
    bare = word.replace("ê", "e").replace("é", "e")
    return [
        word.upper(),
        f" {word}\xa0!",
        f"«\xa0{word}\xa0»",
        f"{word}.",
        f"{bare}…",
        word.replace("'", "’"),
    ]


@pytest.mark.parametrize(
    ("emoji", "asked", "under_a_result"),
    [
        ("👍🏽", Gesture.YES, Gesture.USEFUL),
        ("👎️", Gesture.NO, Gesture.USELESS),
        ("✅", Gesture.YES, Gesture.YES),
        ("🙋🏿‍♂️", Gesture.HELP, Gesture.HELP),
        ("🎉", None, None),
        ("", None, None),
    ],
)
def test_thumbs_answer_a_question_and_judge_a_result(
    emoji: str, asked: Gesture | None, under_a_result: Gesture | None
) -> None:
    assert gesture_of_emoji(emoji, yes_no=True) is asked
    assert gesture_of_emoji(emoji, yes_no=False) is under_a_result


@pytest.mark.parametrize("word", ["utile", "pas utile", "useful", "useless"])
def test_usefulness_exists_under_a_search_result_only(word: str) -> None:
    assert gesture_of_word(word, yes_no=True) is None
    assert gesture_of_word(word, yes_no=False) in (Gesture.USEFUL, Gesture.USELESS)


@pytest.mark.parametrize(
    ("text", "gesture"),
    [
        ("Oui, merci !", Gesture.YES),
        ("non merci", Gesture.NO),
        ("1, svp", Gesture.ONE),
        ("2)", Gesture.TWO),
        ("peut être", Gesture.MAYBE),
        ("D’accord", Gesture.YES),
        ("**oui**", Gesture.YES),
        ("Yes please", Gesture.YES),
    ],
)
def test_answers_as_people_write_them(text: str, gesture: Gesture) -> None:
    assert gesture_of_word(text, yes_no=True) is gesture


@pytest.mark.parametrize(
    "text",
    [
        "",
        "oui mais pas lundi",
        "nous",
        "merci",
        "12",
        "1 ou 2",
        "oui non",
        "un expert viendra",
        "annuler",
        "oui" * 50,
    ],
)
def test_an_ordinary_sentence_is_no_gesture(text: str) -> None:
    assert gesture_of_word(text, yes_no=True) is None


def test_what_is_shown_is_what_is_documented() -> None:
    shown = {sign.gesture: (sign.emoji, sign.french[0]) for sign in SIGNS}
    assert shown[Gesture.YES] == ("✅", "oui")
    assert shown[Gesture.NO] == ("❌", "non")
    assert shown[Gesture.MAYBE] == ("🤔", "peut-être")
    assert shown[Gesture.HELP] == ("🙋", "expert")
    assert shown[Gesture.REMOVE] == ("🗑️", "retirer")
    assert shown[Gesture.HAND_OVER] == ("🔁", "passer")
    assert shown[Gesture.REMIND] == ("🔔", "rappel")


@given(st.text(alphabet=[*"🙋👍a1\u20e3", "\ufe0f", "\ufe0e", "\u200d", "♀", "♂", "\U0001f3fc", " "]))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_hostile_reaction_is_no_gesture() -> None:
    for joiners in ("\u200d" * 60_000, "\u200d" * 30_000 + "♀" * 30_000):
        assert gesture_of_emoji(joiners + "x", yes_no=True) is None


@given(st.text(), st.sampled_from(CARDS))
def test_any_text_may_be_a_reaction_or_an_answer(text: str, yes_no: bool) -> None:
    gesture_of_emoji(text, yes_no=yes_no)
    gesture_of_word(text, yes_no=yes_no)


@given(st.permutations(LOOKS), st.sampled_from(list(product(["🙋", "👍", "✔", "1\u20e3"], CARDS))))
def test_the_order_of_looks_does_not_matter(looks: list[str], case: tuple[str, bool]) -> None:
    emoji, yes_no = case
    assert gesture_of_emoji(emoji + "".join(looks), yes_no=yes_no) is gesture_of_emoji(emoji, yes_no=yes_no)
