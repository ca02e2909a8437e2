"""Votes: given and taken back at random, all at once, over restarts, they are what the rows say, and the tally too."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.challenges.rules.vote import Refusal, Rule, count, level, refusal, retained
from tests.challenges.opening import closes, kept, opens, outcomes, solution_card, stored, votes_begin
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import flat

RULES = st.builds(Rule, each=st.integers(1, 4), threshold=st.integers(1, 5), places=st.integers(1, 4))
TALLIES = st.dictionaries(st.integers(1, 9), st.integers(0, 9), max_size=9)


@given(TALLIES, RULES)
def test_what_is_retained_has_enough_votes_and_no_better_or_equal_one_is_left_out(
    tally: dict[int, int], rule: Rule
) -> None:
    won = retained(tally, rule)
    assert all(tally[one] >= rule.threshold for one in won)
    enough = [one for one in tally if tally[one] >= rule.threshold]
    assert len(won) >= min(rule.places, len(enough))
    assert all(tally[other] < min(tally[one] for one in won) for other in set(enough) - set(won))
    same = [one for one in won if tally[one] == tally[won[-1]]]
    assert len(won) - len(same) < rule.places, "more than the places only by a tie with the last"


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("abc"))), RULES)
def test_nobody_has_more_votes_than_the_rule_gives_nor_two_for_one(votes: list[tuple[int, str]], rule: Rule) -> None:
    counted: list[tuple[int, str]] = []
    for solution, person in votes:
        mine = [one for one, who in counted if who == person]
        if refusal(rule, solution, open_now=True, entitled=True, own={3}, given=mine) is None:
            counted.append((solution, person))
    assert all(amount <= rule.each for amount in Counter(person for _one, person in counted).values())
    assert len(set(counted)) == len(counted)
    assert count(counted, [1, 2, 3]) == {1: count(counted, [1])[1], 2: count(counted, [2])[2], 3: 0}
    assert refusal(rule, 3, open_now=True, entitled=True, own={3}, given=()) is Refusal.OWN


async def test_words_that_may_mean_something_else_vote_for_nothing_and_a_message_counts_whole_or_not(
    chat: Chat,
) -> None:
    """The answer says so, and names the votes that are really counted."""
    await votes_begin(chat, ANA, CLEO, MODO, BOSS)
    rows: tuple[tuple[str, set[int], str], ...] = (
        ("contre 3", set(), "Votez par numéro"),
        ("1 pas 2", set(), "Votez par numéro"),
        ("1 à 3", set(), "Votez par numéro"),
        ("-3", set(), "Votez par numéro"),
        ("1 2 3 4", set(), "Il vous reste 3 votes sur 3. Aucun vote de ce message n'est compté."),
        ("1", {1}, "n° 1"),
        ("pour la solution n° 1, et la 2 !", {1, 2}, "n° 1, n° 2"),
        ("3 4", {1, 2}, "Il vous reste 1 vote sur 3. Aucun vote de ce message n'est compté."),
        ("3", {1, 2, 3}, "n° 3"),
        ("4", {1, 2, 3}, "vous avez donné 3 voix"),
        ("pas 1 et 2", {3}, "n° 3"),
    )
    others: tuple[tuple[str, set[int], str], ...] = (
        ("votes 2", {2, 3}, "n° 2, n° 3"),
        ("je vote pour la 1", {1, 2, 3}, "n° 1, n° 2, n° 3"),
        ("vote pas 1, 2 et 3", set(), "aucun"),
        ("4 vote", {4}, "n° 4"),
    )
    wrong = []
    for words, expected, said in [*((f"vote {one}", expected, said) for one, expected, said in rows), *others]:
        await chat.says(BEN, f"!idée C-1 {words}")
        text, counted = chat.last.text.replace("\u00a0", " "), {rank for rank, _person in await stored(chat)}
        if counted != expected or said not in text:
            wrong.append((words, counted, text))
    assert wrong == []


@pytest.mark.parametrize("seed", [1, 2])
async def test_votes_at_random_are_what_the_rows_and_the_tally_say(chat: Chat, seed: int) -> None:
    """By ⭐, its removal, words in the room or in private, over restarts and an event that comes twice."""
    draw, voters, most = Random(seed), (BEN, CLEO, MODO), 2
    await votes_begin(chat, ANA, BOSS, ANA, rule="2 votes, seuil 1")
    cards = {rank: await solution_card(chat, rank) for rank in (1, 2, 3)}
    private = {person: await chat.direct(person) for person in voters}
    model: set[tuple[int, str]] = set()
    stars: dict[tuple[int, str], str] = {}
    for step in range(45):
        person, rank = draw.choice(voters), draw.choice((1, 2, 3))
        vote, way = (rank, person), draw.choice(("star", "star", "word", "not", "unstar"))
        mine = sum(who == person for _rank, who in model)
        if way == "star" and vote not in stars:
            stars[vote] = await chat.reacts(person, "⭐", cards[rank])
        elif way == "word":
            await chat.says(person, f"!idée C-1 vote {rank}", room=draw.choice((chat.room, private[person])))
        elif way == "not":
            await chat.says(person, f"!idée C-1 vote pas {rank}", room=private[person])
            model.discard(vote)
            continue
        elif way == "unstar" and vote in stars:
            await chat.redacts(person, stars.pop(vote), room=chat.room)
            model.discard(vote)
            continue
        else:
            continue
        if vote not in model and mine < most:
            model.add(vote)
        if step % 15 == 14:
            await chat.hears_again(chat.room)
            await chat.restarts()
    assert set(await stored(chat)) == model
    await closes(chat)
    found = await kept(chat)
    assert found["tally"] == {str(rank): sum(one == rank for one, _who in model) for rank in (1, 2, 3)}
    assert found["voted"] == len({who for _rank, who in model})
    assert set(await stored(chat)) == model, "by name: the tally can be counted anew"


async def test_two_hundred_vote_at_once_and_each_vote_counts_once(chat: Chat) -> None:
    people = [f"@v{number}:example.org" for number in range(200)]
    for person in people:
        chat.homeserver.member(chat.room, person, displayname=person[1:].partition(":")[0])
    await chat.hears(chat.room)
    await votes_begin(chat, ANA, BEN, rule="1 vote, seuil 50")
    cards = [await solution_card(chat, rank) for rank in (1, 2)]
    chat.forget()
    for place, person in enumerate(people):
        for card in (cards[place % 2], cards[place % 2], cards[1 - place % 2])[
            : 3 if place % 20 == 0 else 2 if place % 5 == 0 else 1
        ]:
            relation = {"rel_type": "m.annotation", "event_id": card.event_id, "key": "⭐"}
            chat.homeserver.event(chat.room, "m.reaction", person, {"m.relates_to": relation})
    await chat.hears(chat.room)
    votes = await stored(chat)
    assert Counter(rank for rank, _person in votes) == {1: 100, 2: 100}
    assert len({person for _rank, person in votes}) == 200
    assert [said for said in chat.messages if said.room_id == chat.room] == [], "the room reads nothing of it"
    await closes(chat)
    assert (await kept(chat))["tally"] == {"1": 100, "2": 100}
    assert await outcomes(chat) == {1: "retained", 2: "retained"}, "a tie"


@given(TALLIES, RULES)
def test_what_a_team_chooses_among_is_level_and_fills_the_places_that_are_left(
    tally: dict[int, int], rule: Rule
) -> None:
    won = retained(tally, rule)
    tied, left = level({one: tally[one] for one in won}, rule)
    assert bool(tied) == (len(won) > rule.places)
    if tied:
        assert 0 < left < len(tied)
        assert len(won) - len(tied) + left == rule.places
        assert len({tally[one] for one in tied}) == 1


async def test_of_twelve_solutions_the_room_reads_the_first_and_the_rest_where_they_are_asked_for(chat: Chat) -> None:
    await opens(chat)
    for number in range(12):
        await chat.says((ANA, BEN)[number % 2], f"!idée C-1 Solution numéro {number}")
    chat.forget()
    await chat.confirms(MODO, "!admin défi C-1 voter")
    begins = next(said for said in chat.messages if said.room_id == chat.room and "Le vote commence" in said.text)
    assert "7 autres : !C-1" in flat(begins.text)
    assert len(begins.lines) <= 13
    chat.forget()
    await closes(chat)
    ends = next(said for said in chat.messages if said.room_id == chat.room and "Résultat du défi" in said.text)
    assert "7 autres : !C-1" in flat(ends.text)
    await chat.says(ANA, "!C-1")
    assert all(f"N° {rank} " in flat(chat.last.text) for rank in range(1, 13))
