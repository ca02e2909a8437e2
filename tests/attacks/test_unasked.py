"""What strangers, and members of one room, put into another that nobody there asked for."""

from bot.events.events import Invited
from bot.events.sync_batch import RoomBatch
from tests.attacks import attack
from tests.chat import ANA, BEN, MODO, Chat, Said
from tests.homeserver import BOT

STRANGER = "@stranger:example.org"
IN = {"membership": "join"}


async def asks_to_link(chat: Chat, number: int, *, person: str = STRANGER) -> str:
    room = await chat.opens(f"!theirs{number}{person[1:4]}:example.org", members=[person], power={person: 100})
    await chat.says(person, "!admin communauté lier numerique", room=room)
    return room


def cards(chat: Chat, room: str) -> list[Said]:
    return [said for said in chat._everything() if said.room_id == room and "a communauté Numérique" in said.text]


async def invites(chat: Chat, person: str, room: str) -> None:
    event = Invited(event_id=f"invite:{room}", room_id=room, sender=person, sent_at=chat.now, direct=False)
    await chat._take(RoomBatch(room, (event,)))
    await chat.settles()


@attack(
    who="a stranger",
    tries="asks from twenty-five rooms that they be linked",
    instead="the main room has one card that rings once; three rooms are on it, the others are told to wait",
)
async def test_twenty_five_rooms(chat: Chat) -> None:
    rooms = [await asks_to_link(chat, number) for number in range(25)]

    shown = cards(chat, chat.room)[1:]  # behind the words by which the room itself was linked
    assert [said.edits for said in shown].count(None) == 1
    assert shown[-1].lines[0] == "3 salons demandent à rejoindre la communauté Numérique en santé\u00a0:"
    waiting = [said for said in chat._everything() if said.room_id == rooms[-1]]
    assert waiting[-1].text.startswith("Je n'ai pas transmis cette demande\u00a0: 3 de vos salons attendent")


@attack(
    who="ten people with three rooms each",
    tries="ask that they be linked",
    instead="ten wait on one card, five are shown, and the next are told to wait",
)
async def test_a_crowd_of_rooms(chat: Chat) -> None:
    for number in range(12):
        await asks_to_link(chat, number, person=f"@p{number:02}:example.org")

    shown = cards(chat, chat.room)[1:]
    assert [said.edits for said in shown].count(None) == 1
    assert shown[-1].lines[0].startswith("10 salons demandent")
    assert [line[:2] for line in shown[-1].lines[1:6]] == ["1.", "2.", "3.", "4.", "5."]
    assert shown[-1].lines[6] == "Et 5 de plus."


@attack(
    who="a stranger",
    tries="has one of three rooms linked along with the one that the team meant",
    instead="yes names no room; a number stays that of its room when others are answered",
)
async def test_rooms_are_answered_by_number(chat: Chat) -> None:
    theirs = [await asks_to_link(chat, number) for number in range(3)]
    card = next(said for said in cards(chat, chat.room)[1:] if not said.edits)

    await chat.reacts(MODO, "✅", card)
    assert chat.last.text.startswith("Plusieurs salons attendent.")
    await chat.says(BEN, "relier 1", room=chat.room, reply_to=card)
    await chat.says(MODO, "refuser 1", room=chat.room, reply_to=card)
    await chat.says(MODO, "relier 3", room=chat.room, reply_to=card)

    linked = await chat.rows("SELECT room_id FROM room_binding WHERE linked_by LIKE '@stranger%%'")
    assert linked == [(theirs[2],)]
    assert [status for (status,) in await chat.rows("SELECT status FROM link_request ORDER BY id")] == [
        "declined",
        "open",
        "done",
    ]
    await chat.reacts(MODO, "❌", card)
    assert len(await chat.rows("SELECT id FROM link_request WHERE status = 'declined'")) == 2


@attack(
    who="a stranger who was refused",
    tries="asks again, is refused again, and so on",
    instead="five times a day; the room rings twice, then the team is asked in private",
)
async def test_asking_again_and_again(chat: Chat) -> None:
    room = await chat.opens("!theirs:example.org", members=[STRANGER], power={STRANGER: 100})
    for _turn in range(7):
        await chat.says(STRANGER, "!admin communauté lier numerique", room=room)
        for event_id, place in await chat.rows(
            "SELECT event_id, room_id FROM outbox WHERE key LIKE 'unasked:links:%%' AND kind = 'message' AND open"
        ):
            await chat.reacts(MODO, "❌", event_id, room=place)

    assert len(await chat.rows("SELECT id FROM link_request")) == 5
    rang = [said for said in cards(chat, chat.room)[1:] if said.rings and not said.edits]
    assert len(rang) == 2


@attack(
    who="a stranger",
    tries="invites the bot into thirty rooms",
    instead="it enters ten; the others are declined, and in private that is said once",
)
async def test_thirty_invitations(chat: Chat) -> None:
    private = await chat.direct(STRANGER)
    chat.forget()
    for number in range(30):
        chat.homeserver.create(f"!bait{number}:example.org", STRANGER)
        await invites(chat, STRANGER, f"!bait{number}:example.org")

    kinds = [kind for (kind,) in await chat.rows("SELECT kind FROM outbox WHERE lane LIKE '!bait%%'")]
    assert (kinds.count("join"), kinds.count("leave")) == (9, 21)  # the private conversation was the first of ten
    (told,) = [said for said in chat.messages if said.room_id == private]
    assert told.text.startswith("Je n'ai pas rejoint le salon où vous m'invitez\u00a0: 10 par jour")


@attack(
    who="a moderator of one room",
    tries="throws the bot out and invites it again, over and over",
    instead="the main room is told once a day",
)
async def test_thrown_out_again_and_again(chat: Chat) -> None:
    second = await chat.opens("!second:example.org", community="numerique", power={BEN: 50})
    for _turn in range(6):
        out = {"membership": "leave"}
        chat.homeserver.event(second, "m.room.member", BEN, out, state_key=BOT, unsigned={"prev_content": IN})
        await chat.hears(second)
        await invites(chat, BEN, second)
        chat.homeserver.member(second, BOT)
        await chat.hears(second)

    assert len([said for said in chat.messages if said.text.startswith("On m'a retiré d'un salon")]) == 1


@attack(
    who="a candidate",
    tries="agrees to volunteer fifty times",
    instead="the team is asked once",
)
async def test_agreeing_fifty_times(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!expert devenir", room=room)
    await chat.says(ANA, "sujets 1", room=room)
    card = chat.last
    for _turn in range(50):
        reaction = await chat.reacts(ANA, "✅", card)
        await chat.redacts(ANA, reaction, room=room)

    assert len([said for said in chat.messages if said.room_id == chat.room and said.rings]) == 1
