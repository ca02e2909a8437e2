"""Names as weapons: whatever people, rooms and servers call themselves, the bot's sentences stay its own."""

from tests.attacks import attack
from tests.chat import ANA, BEN, BOSS, MODO, Chat, Said
from tests.commands.meetups import card_now, publishes
from tests.help.people import asks, volunteers
from tests.homeserver import BOT

NIR = "1 55 08 99 999 999 19"
STRANGER = "@zoe:evil.example"
HIDDEN = "\u202e\u2066\u200f\u200b\u061c\ufeff"


async def named(chat: Chat, person: str, name: object, *, room: str | None = None) -> None:
    """Somebody changes how they are called."""
    chat.homeserver.member(room or chat.room, person, displayname=name)
    await chat.hears(room or chat.room)
    chat.forget()


async def greeted(chat: Chat, name: object, *, person: str = STRANGER) -> Said:
    """What the bot answers in the main room to somebody new of that name: « Bonjour … »."""
    await named(chat, person, name)
    await chat.says(person, "!aide")
    return next(said for said in chat.messages if "Bonjour" in said.text)


def hello(said: Said) -> str:
    """How the person was called."""
    line = next(line for line in said.lines if line.startswith("Bonjour"))
    return line.removeprefix("Bonjour ").partition(", je suis")[0]


async def proposes_an_experience(chat: Chat, person: str) -> Said:
    """The organiser is asked whether this person may tell something at the meet-up; returns what they read."""
    await publishes(chat)
    await chat.says(person, "!rdv R-1 retex Notre tri des déchets")
    return next(said for said in chat.messages if "propose" in said.text and said.room_id != chat.room)


@attack(who="a member", tries="ends the line in their name, and goes on in the bot's voice", instead="it is one line")
async def test_a_name_of_two_lines(chat: Chat) -> None:
    await named(chat, ANA, "Camille\nR-1 est annulé : ne venez pas")

    asked = await proposes_an_experience(chat, ANA)

    assert asked.lines[0].startswith("Camille R-1 est annulé : ne venez pas propose")
    assert not any(line.startswith("R-1") for line in asked.lines)


@attack(
    who="a stranger",
    tries="puts the address of a false sign-in page in their name",
    instead="the bot repeats it so that no client makes it a link",
)
async def test_a_name_that_is_an_address(chat: Chat) -> None:
    assert hello(await greeted(chat, "https://evil.example/login")) == "evil. example/login"
    assert hello(await greeted(chat, "www.evil.example", person="@yan:evil.example")) == "www. evil. example"


@attack(
    who="a stranger",
    tries="is called @room, so that the bot rings everybody",
    instead="the answer mentions nobody, and holds no “@room” for old clients either",
)
async def test_a_name_that_rings_the_room(chat: Chat) -> None:
    said = await greeted(chat, "@room")
    assert (hello(said), said.content["m.mentions"]) == ("@ room", {})
    assert "@room" not in str(said.content)


@attack(
    who="a moderator of nothing",
    tries="turns the writing round in the name of a room that is to be linked",
    instead="the team reads the name without the marks",
)
async def test_a_room_name_that_turns_the_writing_round(chat: Chat) -> None:
    room = await chat.opens("!theirs:example.org", members=(ANA,), creator=ANA)
    chat.homeserver.event(room, "m.room.name", ANA, {"name": f"{HIDDEN}noissucsiD »\nAcceptez"}, state_key="")
    await chat.hears(room)
    await chat.says(ANA, "!admin communauté lier numerique", room=room)
    await chat.says(ANA, "oui", room=room)

    card = next(said for said in chat.messages if said.room_id == chat.room)
    assert "«\u00a0noissucsiD ' Acceptez\u00a0»" in card.lines[0]
    assert not set(HIDDEN) & set(card.text)


@attack(who="a stranger", tries="has a name of 300 letters", instead="40 characters of it are repeated")
async def test_a_name_without_end(chat: Chat) -> None:
    assert hello(await greeted(chat, "Camille" + "e" * 300)) == "Camille" + "e" * 32 + "…"


@attack(
    who="a stranger",
    tries="piles twenty accents on each letter, over the lines above and below",
    instead="a letter keeps two",
)
async def test_a_name_that_covers_other_lines(chat: Chat) -> None:
    assert hello(await greeted(chat, "".join(letter + "\u0335" * 20 for letter in "Zoe"))) == "".join(
        letter + "\u0335" * 2 for letter in "Zoe"
    )


@attack(
    who="a stranger",
    tries="has a name that shows nothing, of characters that count as letters",
    instead="their id is said",
)
async def test_a_name_that_nobody_sees(chat: Chat) -> None:
    assert hello(await greeted(chat, "\u3164\u2800\u200b")) == "zoe"


@attack(
    who="a stranger on another server",
    tries="takes the bot's name, with a Cyrillic letter in it",
    instead="the bot calls them by their id, and by their server if the id is its own too",
)
async def test_a_name_like_the_bots(chat: Chat) -> None:
    await named(chat, BOT, "Relais (robot)")
    assert hello(await greeted(chat, "Rel\u0430is (robot)")) == "zoe"
    assert hello(await greeted(chat, "RELAIS", person="@relais:evil.example")) == "relais (evil. example)"


@attack(
    who="a stranger",
    tries="writes HTML and a pill in their name",
    instead="formatted answers show it as it is written, and link nothing",
)
async def test_a_name_of_html(chat: Chat) -> None:
    await named(chat, STRANGER, '<a href="https://matrix.to/#/@modo:example.org">Modo</a>')
    await chat.says(STRANGER, "!doc messagerie")
    said = next(said for said in chat.messages if said.html and "Bonjour" in said.html)
    assert "Bonjour &lt;a href=&#x27; matrix. to" in said.html
    assert "matrix.to" not in said.html


@attack(
    who="a member",
    tries="changes their name into an advertisement after the card with it was posted",
    instead="the next edit of the card says what is harmless of the new one",
)
async def test_a_name_that_changes_under_a_card(chat: Chat) -> None:
    card = await publishes(chat)
    await chat.reacts(ANA, "✅", card)
    await named(chat, ANA, "Ana\nhttps://evil.example @room")
    await chat.reacts(BEN, "✅", card)
    await chat.says(ANA, "!rdv R-1 retex Notre tri")

    for text in (card_now(chat, card), *chat.texts):
        assert "evil.example" not in text
        assert "@room" not in text


@attack(
    who="another homeserver",
    tries="sends a member whose id, unlike its name, holds an address and marks",
    instead="what is said instead of a name is made harmless too",
)
async def test_an_id_of_a_hostile_server(chat: Chat) -> None:
    person = "@www.evil.example\u202e/@room\n!admin:evil.example"
    assert hello(await greeted(chat, None, person=person)) == "www. evil. example/@ room !admin"


@attack(
    who="another homeserver",
    tries="sends names that are no text: a list, a number, half a character",
    instead="the person is called by their id, and the answer leaves",
)
async def test_a_name_that_is_no_text(chat: Chat) -> None:
    for number, name in enumerate((["Zoe"], 7, {"a": 1}, "\ud83d")):
        assert hello(await greeted(chat, name, person=f"@z{number}:evil.example")) == f"z{number}"


@attack(
    who="who has power in a room",
    tries="gives it no name and an alias with an address in it, then is warned about patient data",
    instead="the warning names the alias without what follows it, or who is in the room",
)
async def test_a_room_without_a_name(chat: Chat) -> None:
    await chat.direct(ANA)
    nameless = await chat.opens("!x.evil.example:example.org", community="numerique")
    await chat.says(ANA, f"Le NIR est {NIR}", room=nameless)
    assert "evil" not in chat.last.text
    assert "dans le salon conversation avec Ana, Ben et 3 autres" in chat.last.lines[0]

    content = {"alias": "#pole:www.evil.example"}
    chat.homeserver.event(nameless, "m.room.canonical_alias", BOSS, content, state_key="")
    await chat.hears(nameless)
    await chat.says(ANA, f"Le NIR est {NIR}", room=nameless)
    assert "dans le salon #pole" in chat.last.text
    assert "evil.example" not in chat.last.text


@attack(
    who="a moderator who is to be recommended in a refusal",
    tries="calls themselves like a sentence of the bot, with its closing bracket and a line end",
    instead="the refusal is the same one line",
)
async def test_a_name_in_a_refusal(chat: Chat) -> None:
    await named(chat, MODO, "Modo). Écrivez à\n@evil:evil.example (urgent")
    await chat.says(ANA, "!admin salon")
    refusal = next(line for line in chat.last.lines if "réservée" in line)
    assert "@evil:" not in refusal
    assert refusal.endswith("Vous pouvez leur en parler directement.")


@attack(
    who="a member",
    tries="ends the line in the title of a poll, and adds @room and U+202E to a request",
    instead="the title is one line, and both are repeated without effect",
)
async def test_words_of_others_in_front_of_others(chat: Chat) -> None:
    await chat.says(MODO, '!rdv dates "Café DPI\nR-9 est annulé" mardi 19 janvier 14h / mercredi 20 janvier 14h')
    assert "Café DPI R-9 est annulé" in chat.last.lines[0]

    await volunteers(chat, BEN)
    await asks(chat, ANA, f"@room {HIDDEN}Notre éditeur refuse l'interface d'interopérabilité, que faire ?")
    offer = next(said for said in chat.messages if BEN in said.meant_for)
    assert "@ room Notre éditeur" in offer.text
    assert not set(HIDDEN) & set(offer.text)
