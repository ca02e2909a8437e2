"""The scenes, in the order of the play: each is one small function, its docstring is its title."""

from collections.abc import Awaitable, Callable

from tests.demo import challenge, loop
from tests.demo.stage import PATIENCE, Room, Stage, communities, english_slug, french
from tests.demo.storm import storm
from tests.servers.events import Event
from tests.servers.listening import NothingOfTheKind

Scene = Callable[[Stage], Awaitable[None]]
NIR = "2 69 05 49 588 157 80"
"""The example that INSEE prints; it belongs to nobody."""


async def five_rooms(stage: Stage) -> None:
    """Paul opens a room for each community and invites the bot"""
    for slug, name in communities().items():
        room = stage.rooms[slug] = await _opens(stage, name, slug)
        expected = french("This room is linked to the community {name}.", name=name)
        await stage.asks("Paul", room, f"!admin communauté lier {slug}", expected)


async def _opens(stage: Stage, name: str, slug: str) -> Room:
    paul = stage["Paul"]
    mark = paul.mark()
    others = [person for person in stage.persons.values() if person is not paul]
    room = Room(await paul.create_room(name, invite=[*others, stage.bot.user_id]), name, slug)
    for person in others:
        await person.join(room.id)
    arrival = await stage.hears("Paul", room, mark)
    if arrival is not None and not stage.rooms:
        stage.shows(room, arrival)
    return room


async def a_look_up(stage: Stage) -> None:
    """Claire looks for something, without accents"""
    await stage.asks(
        "Claire", stage.rooms["numerique"], "!doc messagerie securisee", "https://tchap.numerique.gouv.fr/"
    )


async def a_slip(stage: Stage) -> None:
    """Karim types too fast"""
    await stage.asks("Karim", stage.rooms["sante-mentale"], "!doc prevension suicide", "prévention suicide", "3114")


async def five_libraries(stage: Stage) -> None:
    """Each community has its own resources"""
    await stage.asks("Inès", stage.rooms["rse"], "!doc bilan carbone", "BEGES")
    await stage.asks("Inès", stage.rooms["immobilier"], "!doc decret tertiaire", "OPERAT")
    await stage.asks("Inès", stage.rooms["gestion"], "!doc tableau de bord", "ScanSanté")


async def nothing_found(stage: Stage) -> None:
    """What nobody has written down yet"""
    words = "machine à café"
    expected = french("I found nothing for “{words}”.", words=words)
    await stage.asks("Karim", stage.rooms["numerique"], f"!doc {words}", expected)


async def help_and_ping(stage: Stage) -> None:
    """What may one ask?"""
    await stage.asks("Claire", stage.rooms["rse"], "!aide", "!doc", "3114")
    await stage.asks("Claire", stage.rooms["rse"], "!ping")


async def a_moderators_room(stage: Stage) -> None:
    """Claire would like a second room; Inès, who moderates the community, agrees"""
    main = stage.rooms["numerique"]
    await stage["Paul"].set_power(main.id, stage["Inès"], 50)
    claire, ines = stage["Claire"], stage["Inès"]
    second = Room(await claire.create_room("DPI en EHPAD", invite=[stage.bot.user_id]), "DPI en EHPAD")
    await stage.hears("Claire", second, 0)
    mark = ines.mark()
    await stage.asks("Claire", second, "!admin communauté lier numerique", "Numérique en santé")
    card = await stage.hears("Inès", main, mark)
    if card is None:
        return
    stage.shows(main, card)
    mark = claire.mark()
    await stage.taps("Inès", main, card)
    told = await stage.hears("Claire", second, mark)
    if told is not None:
        stage.shows(second, told)
        expected = french("This room is linked to the community {name}.", name=main.name)
        stage.expects(told, "the second room", expected)


async def a_patients_number(stage: Stage) -> None:
    """Karim pastes a patient's number: he alone is told, and the number is kept nowhere"""
    room, karim = stage.rooms["sante-mentale"], stage["Karim"]
    await stage.gets_a_device("Karim")
    mark = karim.mark()
    await stage.says("Karim", room, f"Le dossier du patient {NIR} est incomplet, que faire ?")
    try:
        chat = await karim.invited(within=PATIENCE, since=mark)
    except NothingOfTheKind:
        stage.fails("no private warning about a patient's number")
        return
    await karim.join(chat)
    stage.chats["Karim"] = Room(chat, "Relais et Karim, en privé (chiffré)")
    warning = await stage.reads("Karim", french("a social security number"))
    if NIR in warning or NIR.encode() in stage.bot.bytes_kept():
        stage.fails("the number was repeated or kept")


async def mutual_help(stage: Stage) -> None:
    """Claire asks for help, Karim volunteers and says yes: they meet in a room of their own"""
    room, karim = stage.rooms["numerique"], stage["Karim"]
    await stage["Paul"].set_power(room.id, stage["Inès"], 50)
    proposal = await stage.asks("Inès", room, f"!admin expert ajouter {karim.user_id} interopérabilité", "Karim")
    if proposal is None or not await _taps_and_hears(stage, "Inès", room, proposal):
        return
    if not await stage.reads("Karim", "interopérabilité", taps=True):
        return
    await stage.asks("Karim", room, "!moi horaires lun-dim 0h-24h")
    question = "!expert Notre éditeur refuse l'interface d'interopérabilité, que faire ?"
    preview = await stage.asks("Claire", room, question, "interopérabilité")
    if preview is None or not await _taps_and_hears(stage, "Claire", room, preview):
        return
    mark = karim.mark()
    if await stage.reads("Karim", french("✅ **yes**: I open a conversation for you two"), taps=True):
        await _meet(stage, mark)


async def _taps_and_hears(stage: Stage, name: str, room: Room, card: Event) -> Event | None:
    """Somebody says yes to a card by a gesture, and hears what follows in the room."""
    mark = stage[name].mark()
    await stage.taps(name, room, card)
    answer = await stage.hears(name, room, mark)
    if answer is not None:
        stage.shows(room, answer)
        stage.expects(answer, f"what follows {name}'s ✅")
    return answer


async def _meet(stage: Stage, mark: int) -> None:
    """Both come into the room that the bot opened; Claire has her answer, and the bot leaves it to them."""
    try:
        meeting = await stage["Karim"].invited(within=PATIENCE, since=mark)
    except NothingOfTheKind:
        stage.fails("no private room for Claire and Karim")
        return
    for name in ("Karim", "Claire"):
        await stage[name].join(meeting)
    topic = str((await stage["Claire"].state(meeting, "m.room.name"))["name"])
    stage.counts(topic, "the private room", "D-1")
    stage.screen.note(f"Claire and Karim are in “{topic}”, which is encrypted.")
    expected = french("**The request has its answer**: {subject}.", subject="interopérabilité (D-1)")
    mark = stage["Claire"].mark()
    await stage.asks("Claire", stage.rooms["numerique"], "!expert D-1 résolu", expected)
    try:
        await stage["Claire"].until(
            lambda event: (
                (event.room_id, event.state_key) == (meeting, stage.bot.user_id)
                and event.content.get("membership") == "leave"
            ),
            within=PATIENCE,
            since=mark,
        )
    except NothingOfTheKind:
        stage.fails("Relais did not leave the private room")


async def in_english(stage: Stage) -> None:
    """A new community is one file: this one speaks English"""
    room = await _opens(stage, "Digital health", english_slug())
    await stage.asks("Paul", room, f"!admin community link {room.community}")
    await stage.asks("John", room, "!find standard health records", "resource", "https://hl7.org/fhir/")


async def killed_in_the_middle(stage: Stage) -> None:
    """Everybody asks at once, and the bot is killed (kill -9) twice in the middle"""
    await storm(stage)


PLAY: tuple[Scene, ...] = (
    five_rooms,
    a_look_up,
    a_slip,
    five_libraries,
    nothing_found,
    help_and_ping,
    a_moderators_room,
    a_patients_number,
    mutual_help,
    loop.a_meetup,
    in_english,
    killed_in_the_middle,
    loop.the_reminder,
    loop.a_sheet,
    loop.found_by_the_next,
    loop.tried_and_evaluated,
    loop.taken_up_elsewhere,
    loop.adapted_and_thanked,
    challenge.an_irritant,
    challenge.a_challenge,
    challenge.a_vote,
)
