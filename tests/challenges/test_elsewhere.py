"""Irritants and challenges where something is in the way: another room, no right to write, a hostile name, no right."""

from tests.attacks.moves import closes, successor
from tests.challenges.opening import closes as ends
from tests.challenges.opening import gives, kept, opens, solution_card, stored, votes_begin
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat
from tests.commands.meetups import flat
from tests.dispatch import test_may_write as rights
from tests.help.people import to
from tests.help.test_own_data import erases
from tests.homeserver import BOT
from tests.ideas.reporting import DOUBLE, card, ideas, now_reads, reports, supporters


async def test_in_an_upgraded_room_a_vote_goes_on_and_its_result_is_read_there(chat: Chat) -> None:
    first, _second = await votes_begin(chat, ANA, BEN, rule="seuil 1")
    await chat.reacts(MODO, "⭐", first)
    new = await successor(chat, BOSS, of=chat.room)
    for person in (ANA, BEN, CLEO, MODO):
        chat.homeserver.member(new, person)
    await closes(chat, BOSS, chat.room, to=new)
    await chat.hears(new)
    await chat.says(CLEO, "!idée C-1 vote 1", room=new)
    assert await stored(chat) == [(1, CLEO), (1, MODO)]
    chat.forget()
    await chat.says(BOSS, "!admin défi C-1 clore", room=new)
    await chat.says(BOSS, "oui", room=new)
    (result,) = [
        said for said in chat.messages if "Résultat du défi" in said.text and "votes par personne" in said.text
    ]
    assert result.room_id == new


async def test_where_we_may_not_write_the_author_knows_and_the_card_comes_with_the_right(chat: Chat) -> None:
    home = await chat.direct(ANA)
    await rights.closes(chat)
    await chat.says(ANA, f"!idée irritant {DOUBLE}", room=home)
    assert "pas le droit d'écrire" in chat.last.text
    await chat.says(ANA, "oui", room=home)
    assert [said for said in chat.messages if said.room_id == chat.room and DOUBLE in said.text] == []
    await rights.levels(chat)
    await chat.passes(minutes=2)
    shown = await card(chat)
    await chat.reacts(BEN, "➕", shown)
    assert await supporters(chat) == [BEN]


async def test_a_hostile_name_and_hostile_words_stay_theirs(chat: Chat) -> None:
    chat.homeserver.member(chat.room, ANA, displayname="Modo** https://evil.example\n✅ oui")
    await chat.hears(chat.room)
    shown = await reports(chat, ANA, "@room **tout** `!admin` <b>vite</b>")
    assert len([line for line in shown.lines if "evil" in line]) <= 1
    assert "evil.example" not in shown.html
    assert "<b>" not in shown.html
    assert shown.mentioned == []


async def test_who_is_of_the_team_no_more_decides_nothing_with_a_preview_that_waits(chat: Chat) -> None:
    await reports(chat)
    await chat.says(MODO, "!idée I-1 écarter parce que")
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {BOSS: 100}}, state_key="")
    await chat.hears(chat.room)
    await chat.says(MODO, "oui")
    assert (await ideas(chat))[0]["status"] == "reported"


async def test_a_solution_that_waits_while_the_vote_begins_is_refused_and_not_lost(chat: Chat) -> None:
    """And a moderator who says yes twice, or a second one, begins it once."""
    await opens(chat)
    await gives(chat, ANA, BEN)
    await chat.says(MODO, "!admin défi C-1 voter")
    preview = chat.last
    await chat.reacts(MODO, "✅", preview)
    await chat.reacts(MODO, "✅", preview)
    assert (await kept(chat))["status"] == "voting"
    await chat.says(CLEO, "!idée C-1 Ma solution arrive trop tard")
    assert "vous pouvez la dire comme une idée" in chat.last.text
    await chat.says(MODO, "!admin défi C-1 voter")
    assert "ce n'est plus possible" in chat.last.text


async def test_who_reads_english_reads_and_writes_english(chat: Chat) -> None:
    home = await chat.direct(CLEO)
    await chat.says(CLEO, "!me language en", room=home)
    await chat.says(CLEO, "!idea irritant discreet Too many double entries", room=home)
    assert "not your name" in chat.last.text
    await chat.says(CLEO, "yes", room=home)
    shown = await card(chat)
    assert shown.lines[0] == "Un irritant (I-1)", "the room speaks French"
    await chat.says(CLEO, "!idea I-1 me too", room=home)
    assert "1 autre personne" in await now_reads(chat, shown)
    await votes_begin(chat, ANA, BEN)
    await chat.says(CLEO, "!challenge C-1 vote 2", room=home)
    assert "2 of 3 votes are left" in chat.last.text
    await ends(chat)
    await chat.says(CLEO, "!C-1", room=home)
    assert "Result of the challenge" in chat.last.text
    assert (await solution_card(chat, 1)).room_id == chat.room


async def test_a_moderator_of_one_community_decides_nothing_in_another_where_they_are_a_member(chat: Chat) -> None:
    """In private too, where all their communities are there."""
    await votes_begin(chat, ANA, BEN)
    await chat.opens("!rse:example.org", community="rse", power={MODO: 0, CLEO: 50})
    home = await chat.direct(CLEO)
    await chat.says(CLEO, "!moi communauté rse", room=home)
    for typed in ("!admin défi C-1 clore", "!admin défi C-1 abandonner parce que", "!idée I-1 écarter parce que"):
        await chat.says(CLEO, typed, room=home)
        await chat.says(CLEO, "oui", room=home)
    assert (await kept(chat))["status"] == "voting"


async def test_after_the_last_minute_a_vote_is_refused_though_it_is_counted_on_a_working_day(chat: Chat) -> None:
    """The vote ends on a Saturday night; nothing rings in a room before Monday."""
    await votes_begin(chat, ANA, BEN)
    home = await chat.direct(CLEO)
    chat.forget()
    await chat.passes(days=39, hours=20)
    assert (await kept(chat))["status"] == "voting"
    assert [said for said in chat.messages if said.room_id == chat.room] == []
    await chat.says(CLEO, "!idée C-1 vote 1", room=home)
    assert "a pris fin le samedi 13 février" in chat.last.text
    await chat.passes(days=2)
    assert (await kept(chat))["status"] == "closed"


async def test_whoever_is_erased_is_named_on_no_card_whatever_became_of_it(chat: Chat) -> None:
    """As author and as co-author, before the vote, during it and after it; the others who sign stay."""
    home = await chat.direct(BEN)
    irritant = await reports(chat, BEN)
    await opens(chat)
    await gives(chat, ANA, BEN, CLEO)
    for rank, giver in ((1, ANA), (3, CLEO)):
        await chat.says(giver, f"!idée C-1 {rank} avec Ben")
        await chat.reacts(BEN, "✅", to(chat, BEN)[-1], room=home)
    cards = [await solution_card(chat, rank) for rank in (1, 2, 3)]
    await erases(chat, BEN)
    assert "signalé par" not in await now_reads(chat, irritant)
    shown = [(await now_reads(chat, one)).split("\n")[0] for one in cards]
    assert [line.rpartition(", ")[2] for line in shown] == ["de Ana", "d'un ancien membre", "de Cleo"]

    await chat.confirms(MODO, "!admin défi C-1 voter")
    await chat.reacts(MODO, "⭐", cards[0])
    await erases(chat, ANA)
    assert "Ana" not in await now_reads(chat, cards[0])
    assert "je soutiens" in await now_reads(chat, cards[0])
    await ends(chat)
    await erases(chat, CLEO)
    assert "Cleo" not in await now_reads(chat, cards[2])
    assert "pas retenue" in await now_reads(chat, cards[2])
    assert (await kept(chat))["tally"] == {"1": 1, "2": 0, "3": 0}


async def test_a_reply_that_is_clearly_a_solution_is_one_however_it_is_typed_and_talk_is_none(chat: Chat) -> None:
    home = await chat.direct(CLEO)
    shown = await opens(chat)
    said = flat(shown.text)
    assert "Répondez à ce message par « solution : … »" in said
    await chat.says(ANA, "!solution : un seul badge", reply_to=shown)
    await chat.says(BEN, "Relais : solution : deux badges", reply_to=shown, mentions=[BOT])
    await chat.says(CLEO, "!C-1", room=home)
    await chat.says(CLEO, "solution : trois badges", room=home)
    for talk in ("Quelle solution !", "solution", "La solution serait un badge", "Merci pour ce défi"):
        await chat.says(MODO, talk)
        await chat.says(MODO, talk, reply_to=shown)
    rows = await chat.rows("SELECT author, text FROM solution ORDER BY rank")
    assert [tuple(row) for row in rows] == [(ANA, "un seul badge"), (BEN, "deux badges"), (CLEO, "trois badges")]
