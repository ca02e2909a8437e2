"""Rights are those of this very moment: whoever lost them keeps nothing of them, whatever the sync left out."""

import commands
from bot.dispatch.menu.menu import Menu
from bot.meetups import meetups
from bot.volunteers import volunteers as experts
from tests.attacks import attack
from tests.attacks.gone import misses, unseen
from tests.attacks.next_door import POLL
from tests.chat import ANA, BEN, BOSS, CLEO, MODO, Chat, Said
from tests.commands.meetups import flat, publishes
from tests.help.people import asks, request, volunteers

LATER = '!rdv nouveau "Tri des déchets" mardi 19 janvier 14h 1h visio https://visio.example.org/tri'
LED = (
    "déplacer mercredi 20 janvier 15h",
    "annuler",
    "type atelier",
    "territoire Bretagne",
    "places 40",
    "reprendre",
    "lien https://visio.example.org/autre",
    "présents 12",
    "odj le tri des piles",
    "cr",
    "défis C-1",
    "thèmes accueil, sorties jusqu'au 15 janvier",
)


async def appoints(chat: Chat, *people: str) -> None:
    """These people, and nobody else, have the power of a moderator; the bot hears it."""
    await chat.does(BOSS, "m.room.power_levels", {"users": dict.fromkeys(people, 50)}, state_key="")
    chat.forget()


def demotes(chat: Chat, *, left: str = MODO) -> None:
    """Only one moderator is left, and the sync does not tell it."""
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {left: 50}}, state_key="")
    misses(chat)
    chat.forget()


def refused(chat: Chat, *, by: str = "Modo") -> bool:
    """Whether the last answer says who may, and names one of them."""
    text = flat(chat.last.text)
    return text.startswith(("Seule", "Cette action")) and f"L'équipe de la communauté : {by}." in text


async def meeting_of(chat: Chat) -> meetups.Meetup:
    async with chat.database.reading() as tx:
        found = await meetups.get(tx, 1)
    assert found is not None
    return found


async def candidate(chat: Chat, person: str = ANA) -> Said:
    """Somebody volunteers, and the card waits for the team in the main room."""
    await chat.direct(person)
    await chat.says(person, "!expert devenir", room=await chat.direct(person))
    await chat.says(person, "sujets 1", room=await chat.direct(person))
    await chat.says(person, "oui", room=await chat.direct(person))
    card = next(said for said in chat.messages if said.room_id == chat.room)
    chat.forget()
    return card


async def is_volunteer(chat: Chat, person: str = ANA) -> bool:
    async with chat.database.reading() as tx:
        row = await experts.get(tx, "numerique", person)
    return row is not None and bool(row.team_yes)


# ── meet-ups ──────────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="somebody who was a moderator until a moment ago",
    tries="moves, cancels, takes over, or writes into a meet-up of somebody else, in whatever order of words",
    instead="rights are asked first: it stays as it is, and those who may are named",
)
async def test_a_meetup_is_led_by_those_who_still_may(chat: Chat) -> None:
    await publishes(chat, LATER)
    before, done = await meeting_of(chat), []
    for line in LED:
        verb, _space, rest = line.partition(" ")
        for said in (f"!rdv R-1 {line}", f"!rdv {verb} R-1 {rest}"):
            await appoints(chat, MODO, CLEO)
            demotes(chat)
            await chat.says(CLEO, said)
            done += [] if refused(chat) else [said]

    assert done == []
    assert await meeting_of(chat) == before
    led = {verb.words[0] for command in Menu.of(commands) for verb in command.verbs if verb.led}
    assert led == {line.partition(" ")[0] for line in LED}


@attack(
    who="a moderator who was demoted between the preview and the yes",
    tries="publishes the minutes of a meet-up of somebody else",
    instead="nothing is published",
)
async def test_minutes_are_published_by_those_who_still_may(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    card = await publishes(chat, LATER)
    await chat.says(ANA, "^décision Trois bacs", thread=card.event_id)
    await chat.passes(days=15)
    await chat.says(CLEO, "!rdv R-1 cr")
    demotes(chat)

    await chat.says(CLEO, "oui")

    assert refused(chat)
    assert not any(text.startswith("Compte rendu") for text in chat.texts)


@attack(
    who="a demoted moderator",
    tries="says yes when the bot asks whether a mistyped word meant “cancel”",
    instead="the line that is done then asks for rights too",
)
async def test_a_slip_is_no_way_around(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    await publishes(chat, LATER)
    await chat.says(CLEO, "!rdv R-1 anuler")
    assert "Vouliez-vous dire" in chat.last.text
    demotes(chat)

    await chat.says(CLEO, "oui")

    assert refused(chat)


@attack(
    who="a demoted moderator",
    tries="changes words that did nothing to a meet-up into those that cancel it",
    instead="the changed words ask for rights",
)
async def test_a_changed_message_is_no_way_around(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    await publishes(chat, LATER)
    line = await chat.says(CLEO, "!rdv R-1 montrer")
    demotes(chat)

    await chat.edits(CLEO, line, "!rdv R-1 annuler")

    assert refused(chat)


@attack(
    who="an organiser who was banned unseen",
    tries="cancels their meet-up from the private conversation",
    instead="they are asked about first, and know no such meet-up any more",
)
async def test_an_organiser_is_a_member(chat: Chat) -> None:
    await publishes(chat, LATER)
    room = await chat.direct(MODO)
    unseen(chat, MODO)
    misses(chat)
    chat.forget()

    await chat.says(MODO, "!rdv R-1 places 3", room=room)

    assert (await meeting_of(chat)).series.capacity is None
    assert "R-1" not in chat.last.text


@attack(
    who="a demoted moderator",
    tries="ends a choice of dates, and announces what was chosen",
    instead="the choice goes on",
)
async def test_dates_are_chosen_by_those_who_still_may(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    await chat.says(ANA, POLL)
    demotes(chat)

    await chat.says(CLEO, "!rdv dates P-1 1")

    assert refused(chat)
    assert await chat.rows("SELECT status FROM date_poll") == [("open",)]


@attack(
    who="a demoted moderator",
    tries="gets a new address of the whole community's calendar",
    instead="there is none",
)
async def test_the_calendar_of_all_is_for_the_team_of_now(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    demotes(chat)

    await chat.says(CLEO, "!rdv ics communauté")

    assert refused(chat)
    assert await chat.rows("SELECT * FROM calendar_link") == []


# ── reminders, resources, requests ────────────────────────────────────────────────────────────────────────


@attack(
    who="a demoted moderator",
    tries="has the bot remind the whole room of something",
    instead="nothing will be said in the room",
)
async def test_a_room_is_reminded_by_those_who_still_may(chat: Chat) -> None:
    await appoints(chat, MODO, CLEO)
    demotes(chat)

    await chat.says(CLEO, "!rappel salon demain 9h de m'écrire")

    assert refused(chat)
    assert await chat.rows("SELECT * FROM reminder") == []


@attack(
    who="a demoted moderator",
    tries="says that a resource for which somebody else answers is still right",
    instead="its date stays",
)
async def test_a_resource_is_verified_by_those_who_still_may(chat: Chat) -> None:
    query = "SELECT id, verified_on FROM resource WHERE community = 'numerique' ORDER BY id"
    before = await chat.rows(query)
    for line in (f"!doc DOC-{before[0][0]} vérifié", f"!doc à jour DOC-{before[0][0]}"):
        await appoints(chat, MODO, CLEO)
        demotes(chat)

        await chat.says(CLEO, line)

        assert refused(chat), line
    assert await chat.rows(query) == before


@attack(
    who="a demoted moderator",
    tries="cancels somebody's request, passes it on, changes its topic, or looks at it",
    instead="they learn not even that it exists",
)
async def test_a_request_is_led_by_those_who_still_may(chat: Chat) -> None:
    await volunteers(chat, BEN)
    await asks(chat, ANA)
    before = await request(chat)
    for words in ("annuler hors sujet", "passer", "sujet 1", ""):
        await appoints(chat, MODO, CLEO)
        demotes(chat)

        await chat.says(CLEO, f"!expert D-1 {words}")

        assert "Je ne connais pas de demande D-1 qui vous concerne" in chat.last.text, words
    assert await request(chat) == before


# ── cards ─────────────────────────────────────────────────────────────────────────────────────────────────


@attack(
    who="a demoted moderator",
    tries="agrees to a candidate with a bare “yes” in the room of mutual help where the card is",
    instead="nobody becomes a volunteer by it",
)
async def test_a_bare_yes_is_worth_as_much_as_a_reply(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin salon entraide")
    await appoints(chat, MODO, CLEO)
    await candidate(chat)
    demotes(chat)

    await chat.says(CLEO, "oui", mentions=["@relais:example.org"])

    assert not await is_volunteer(chat)


@attack(
    who="a demoted moderator",
    tries="answers with a number which of two things their “yes” meant",
    instead="the thing that the number means asks for rights",
)
async def test_a_number_is_worth_as_much_as_what_it_means(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin salon entraide")
    await appoints(chat, MODO, CLEO)
    for person in (ANA, BEN):
        await candidate(chat, person)
    await chat.says(CLEO, "oui")
    assert chat.last.text.startswith("Pour laquelle")
    demotes(chat)

    for number in ("1", "2"):
        await chat.says(CLEO, number)

    assert not await is_volunteer(chat)
    assert not await is_volunteer(chat, BEN)


@attack(
    who="a demoted moderator",
    tries="takes back a later “no”, so that a “yes” that never counted counts now",
    instead="what counts after a removal asks for rights as well",
)
async def test_a_removal_is_worth_as_much_as_a_reaction(chat: Chat) -> None:
    await appoints(chat, MODO)
    card = await candidate(chat)
    await chat.reacts(CLEO, "✅", card)
    no = await chat.reacts(CLEO, "❌", card)
    await appoints(chat, MODO, CLEO)
    demotes(chat)

    await chat.redacts(CLEO, no)

    assert not await is_volunteer(chat)
