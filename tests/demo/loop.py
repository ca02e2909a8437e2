"""The second half of the loop: a meet-up, a reminder, the sheet that the next person finds, what others make of it."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.meetups.rules.reminder_ladder import USUAL
from tests.demo.stage import PATIENCE, Room, Stage, french, opening
from tests.servers.events import Event
from tests.servers.listening import NothingOfTheKind

PARIS = ZoneInfo("Europe/Paris")
TITLE = "Café interopérabilité"
TOLD = "L'interface que notre éditeur refusait"
LEAST: Final = timedelta(seconds=20)
"""Time for Karim to say that he comes, before he is reminded."""
ANSWERS: Final = (
    "Notre éditeur refusait l'interface d'interopérabilité : tout était recopié à la main.",
    "Nous avons écrit à l'éditeur avec deux autres hôpitaux, en citant le cadre national d'interopérabilité.",
    "L'interface est ouverte en six semaines. Écrivez à plusieurs, et demandez une date.",
)
SHEET = "Notre éditeur refusait l'interface d'interopérabilité (F-1)"
MEASURED = "Indicateur : 40 minutes de ressaisie en moins par jour et par secrétariat."
ADAPTED: Final = (
    "Les fournisseurs ne répondaient pas à nos demandes de données sur leurs emballages.",
    "Nous leur avons écrit à quatre établissements, avec une même grille et une date.",
    "Cinq fournisseurs sur six ont répondu en un mois. Une grille d'une page suffit.",
)
QUESTIONS: Final = (
    "**1 of 3. What was the need?** What was difficult, for whom?",
    "**2 of 3. What did you do?** With whom, in which steps?",
    "**3 of 3. What came of it?** The result, and your advice to whoever tries it.",
    "**Read it again** (only its authors see it)",
)


def shortly() -> str:
    """The start of a meet-up of which people are reminded within the next minutes, as one types it."""
    start = datetime.now(PARIS) + LEAST + timedelta(minutes=USUAL.soon_minutes + 1)
    return f"le {start:%d/%m/%Y} {start:%H}h{start:%M}"


async def a_meetup(stage: Stage) -> None:
    """Inès announces a meet-up: Karim comes, and would like to tell there what helped"""
    room = stage.rooms["numerique"]
    await _own_chat(stage, "Inès")
    preview = await stage.asks("Inès", room, f'!rdv nouveau "{TITLE}" {shortly()}', TITLE)
    if preview is None:
        return
    mark = stage["Karim"].mark()
    await stage.taps("Inès", room, preview)
    card = await stage.hears("Karim", room, mark, words=french("**Do you come?** ✅ yes, 🤔 maybe, ❌ no"))
    if card is None:
        return
    stage.shows(room, card)
    stage.expects(card, "the card of the meet-up", TITLE, "R-1")
    await stage.taps("Karim", room, card)
    mark = stage["Inès"].mark()
    asked = french("Thank you. I ask the person who organises; you will hear from me in private.")
    await stage.asks("Karim", room, f"!rdv R-1 retex {TOLD}", asked, TOLD)
    done = french("Done: it is on the programme, and the person who proposed it knows.")
    await _agrees(stage, "Inès", mark, TOLD, done)


async def _own_chat(stage: Stage, name: str) -> Room:
    """Somebody's private conversation with the bot, which they open themselves."""
    person = stage[name]
    room_id = await person.create_room(direct=True, invite=[stage.bot.user_id])
    chat = stage.chats[name] = Room(room_id, f"Relais et {name}, en privé")
    try:
        await person.until(lambda event: _joins(event, room_id, stage.bot.user_id), within=PATIENCE)
    except NothingOfTheKind:
        stage.fails(f"Relais did not come into {name}'s private conversation")
    return chat


def _joins(event: Event, room_id: str, who: str) -> bool:
    return (event.room_id, event.state_key) == (room_id, who) and event.content.get("membership") == "join"


async def _agrees(stage: Stage, name: str, mark: int, words: str, then: str) -> None:
    """Somebody reads a card in private, and says yes."""
    chat = stage.chats[name]
    card = await stage.hears(name, chat, mark, words=words)
    if card is None:
        return
    stage.shows(chat, card)
    stage.expects(card, f"what {name} is asked")
    mark = stage[name].mark()
    await stage.taps(name, chat, card)
    answer: Event | None = await stage.hears(name, chat, mark, words=then)
    if answer is not None:
        stage.shows(chat, answer)
        stage.expects(answer, f"what follows {name}'s ✅")


async def the_reminder(stage: Stage) -> None:
    """A quarter of an hour before it, Karim is reminded in private: once, though the bot was killed meanwhile"""
    words = f"{TITLE} commence dans"
    await stage.reads("Karim", words, within=2 * PATIENCE)
    if (times := stage.devices["Karim"].how_often(stage.chats["Karim"].id, words)) > 1:
        stage.fails(f"Karim was reminded {times} times")


async def a_sheet(stage: Stage) -> None:
    """After the meet-up Karim writes what helped, in three questions; Inès reviews it"""
    mark, room, chat = stage["Inès"].mark(), stage.rooms["numerique"], stage.chats["Karim"]
    await stage.asks("Karim", room, "!fiche", french("I write to you in private, where you write it."))
    await stage.reads("Karim", french("**Begin?** ✅ yes, ❌ no"), taps=True)
    for question, answer in zip(QUESTIONS, ANSWERS, strict=False):
        await stage.reads("Karim", french(question))
        await stage.says("Karim", chat, answer)
    await stage.reads("Karim", french(QUESTIONS[-1]), taps=True)
    published = opening("**It is published: {title}.** Its authors know.")
    await _agrees(stage, "Inès", mark, french("**A sheet to review**"), published)
    await stage.reads("Karim", opening("**Your sheet is published: {title}.**"))


async def found_by_the_next(stage: Stage) -> None:
    """John is stuck where Claire was, and finds what helped her"""
    await stage.asks("John", stage.rooms["numerique"], "!doc éditeur refuse interface", "F-1", ANSWERS[0][:30])


# ── what others make of it ────────────────────────────────────────────────────────────────────────────────


async def tried_and_evaluated(stage: Stage) -> None:
    """John tries it with a ✅ under the sheet, and says what came of it, with his indicator; Karim learns it"""
    room, chat = stage.rooms["numerique"], await _own_chat(stage, "John")
    sheet = await stage.asks(
        "John", room, "!F-1", ANSWERS[2][:30], french("✅ I try it, 👍 useful, 👎 not useful, 👏 thanks")
    )
    if sheet is None:
        return
    mark = stage["John"].mark()
    await stage.taps("John", room, sheet)
    begun = await stage.hears(
        "John",
        chat,
        mark,
        words=opening("**It is noted: you try {title}.** Those who wrote it learn that somebody does, not who."),
    )
    if begun is not None:
        stage.shows(chat, begun)
        stage.expects(begun, "what John reads in private")
    mark = stage["Inès"].mark()
    await stage.asks("John", chat, f"!fiche F-1 évaluer {MEASURED}", opening("**Thank you, it is noted for {title}.**"))
    evaluated = french("**{title} is evaluated.** Those who sign it know.", title=SHEET)
    await _agrees(stage, "Inès", mark, MEASURED, evaluated)
    await stage.reads("Karim", opening("**Your sheet is evaluated: {title}.** This is what came of it elsewhere:"))


async def taken_up_elsewhere(stage: Stage) -> None:
    """Karim offers it to another community; Paul, of its team, says yes, and its room reads it"""
    room, chat = stage.rooms["rse"], stage.chats["Karim"]
    await _own_chat(stage, "Paul")
    paul, claire = stage["Paul"].mark(), stage["Claire"].mark()
    await stage.says("Karim", chat, "!fiche F-1 diffuser rse")
    await stage.reads("Karim", opening("I would offer {title} to the team of the community {target}."), taps=True)
    asked = french("**Take it up?** ✅ yes, ❌ no: I then ask you why, and pass that on")
    await _agrees(
        stage, "Paul", paul, asked, opening("**Your community takes up {title}**: its members find it with `!doc`.")
    )
    posted = await stage.hears("Claire", room, claire, words="F-1")
    if posted is not None:
        stage.shows(room, posted)
        stage.expects(posted, "what the other community reads", SHEET)
    await stage.reads("Karim", opening("**Your sheet goes further: {title}.**"))


async def adapted_and_thanked(stage: Stage) -> None:
    """There, Claire adapts it to her own place, and thanks those who wrote it"""
    room, chat = stage.rooms["rse"], await _own_chat(stage, "Claire")
    mark = stage["Claire"].mark()
    await stage.asks("Claire", room, "!fiche F-1 adapter", SHEET)
    begin = await stage.hears("Claire", chat, mark, words=french("**Begin?** ✅ yes, ❌ no"))
    if begin is None:
        return
    await stage.taps("Claire", chat, begin)
    for question, answer in zip(QUESTIONS, ADAPTED, strict=False):
        await _next(stage, "Claire", question)
        await stage.says("Claire", chat, answer)
    preview, paul = await _next(stage, "Claire", QUESTIONS[-1]), stage["Paul"].mark()
    if preview is not None:
        await stage.taps("Claire", chat, preview)
    published = opening("**It is published: {title}.** Its authors know.")
    await _agrees(stage, "Paul", paul, french("**A sheet to review**"), published)
    await stage.reads("Karim", opening("**What you wrote is adapted elsewhere: {title}.**"))
    noted = opening(
        "**Your thanks to {name} are noted.** I pass them on in private, on another day; nobody else counts them."
    )
    await stage.asks("Claire", room, "!merci F-1 pour la lettre à l'éditeur", noted, "F-1")


async def _next(stage: Stage, name: str, words: str) -> Event | None:
    """What the bot says next to somebody in their own conversation, from the beginning of it on."""
    chat = stage.chats[name]
    found = await stage.hears(name, chat, 0, words=french(words))
    if found is not None:
        stage.shows(chat, found)
        stage.expects(found, f"what {name} reads in private")
    return found
