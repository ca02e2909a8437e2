"""The second half of the loop: a meet-up with its reminder, and the sheet that the next person finds."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.meetups.rules.reminder_ladder import USUAL
from tests.demo.stage import PATIENCE, Room, Stage, french
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
QUESTIONS: Final = (
    "**1 of 3. What was the need?** What was difficult, for whom?",
    "**2 of 3. What did you do?** With whom, in which steps?",
    "**3 of 3. What came of it?** The result, and your advice to whoever tries it.",
    "**Read it again** (only its authors see it)",
)


def shortly() -> str:
    """The start of a meet-up of which people are reminded within the next minutes, as one types it."""
    start = datetime.now(PARIS) + LEAST + timedelta(minutes=USUAL.soon_minutes + 1)
    return f"le {start:%d/%m/%Y} {start.hour}h{start:%M}"


async def a_meetup(stage: Stage) -> None:
    """Inès announces a meet-up: Karim comes, and would like to tell there what helped"""
    room, chat = stage.rooms["numerique"], await _ines_chat(stage)
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
    await _ines_agrees(stage, chat, mark, TOLD, done)


async def _ines_chat(stage: Stage) -> Room:
    """Her private conversation with the bot, which she opens herself."""
    ines = stage["Inès"]
    room_id = await ines.create_room(direct=True, invite=[stage.bot.user_id])
    chat = stage.chats["Inès"] = Room(room_id, "Relais et Inès, en privé")
    try:
        await ines.until(lambda event: _joins(event, room_id, stage.bot.user_id), within=PATIENCE)
    except NothingOfTheKind:
        stage.fails("Relais did not come into Inès's private conversation")
    return chat


def _joins(event: Event, room_id: str, who: str) -> bool:
    return (event.room_id, event.state_key) == (room_id, who) and event.content.get("membership") == "join"


async def _ines_agrees(stage: Stage, chat: Room, mark: int, words: str, then: str) -> None:
    """She reads a card in private, and says yes."""
    card = await stage.hears("Inès", chat, mark, words=words)
    if card is None:
        return
    stage.shows(chat, card)
    stage.expects(card, "what Inès is asked")
    mark = stage["Inès"].mark()
    await stage.taps("Inès", chat, card)
    answer: Event | None = await stage.hears("Inès", chat, mark, words=then)
    if answer is not None:
        stage.shows(chat, answer)
        stage.expects(answer, "what follows Inès's ✅")


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
    review = french("**A sheet to review**")
    await _ines_agrees(
        stage,
        stage.chats["Inès"],
        mark,
        review,
        french("**It is published: {title}.** Its authors know.", title="").partition("\u00a0")[0],
    )
    await stage.reads("Karim", french("**Your sheet is published: {title}.**", title="").partition("\u00a0")[0])


async def found_by_the_next(stage: Stage) -> None:
    """John is stuck where Claire was, and finds what helped her"""
    await stage.asks("John", stage.rooms["numerique"], "!doc éditeur refuse interface", "F-1", ANSWERS[0][:30])
