"""From an irritant to a challenge: what troubles several people is put to all, and they vote for an answer."""

from datetime import datetime, timedelta
from typing import Final

from tests.demo.loop import PARIS
from tests.demo.stage import Room, Stage, opening
from tests.servers.events import Event

TROUBLE: Final = "Trop de doubles saisies à l'entrée en EHPAD"
ASKED: Final = "Comment ne saisir qu'une fois ?"
SHARED, SCANNED = "Une fiche d'entrée partagée avec l'hôpital", "Un code à scanner à l'accueil"


async def an_irritant(stage: Stage) -> None:
    """Claire reports what gets in the way of everybody; Karim adds that it is so for him (➕)"""
    room, mark = stage.rooms["numerique"], stage["Karim"].mark()
    await _confirms(stage, "Claire", room, f"!idée irritant {TROUBLE}")
    card = await stage.hears("Karim", room, mark, words="(I-1)")
    if card is None:
        return
    stage.shows(room, card)
    stage.expects(card, "the card of the irritant", TROUBLE)
    stage.screen.said(room.name, "Karim", "➕")
    await stage["Karim"].react(room.id, card, "➕")


async def a_challenge(stage: Stage) -> None:
    """Inès makes a challenge of it; Karim and John each give a solution"""
    room, mark = stage.rooms["numerique"], stage["Karim"].mark()
    until = datetime.now(PARIS) + timedelta(days=10)
    await _confirms(stage, "Inès", room, f'!admin défi ouvrir "{ASKED}" depuis I-1 jusqu\'au {until:%d/%m/%Y}, seuil 1')
    card = await stage.hears("Karim", room, mark, words=ASKED)
    if card is not None:
        stage.shows(room, card)
        stage.expects(card, "the card of the challenge", ASKED)
    await stage.asks("Karim", room, f"!idée C-1 {SHARED}", "C-1")
    await stage.asks("John", room, f"!idée C-1 {SCANNED}", "C-1")


async def a_vote(stage: Stage) -> None:
    """Claire and Paul vote (⭐) for Karim's; Inès ends the vote, and the room reads the count"""
    room, mark = stage.rooms["numerique"], stage["Claire"].mark()
    await _confirms(stage, "Inès", room, "!admin défi C-1 voter")
    for name in ("Claire", "Paul"):
        stage.screen.said(room.name, name, "⭐")
        await stage[name].react(room.id, await _solution(stage, room), "⭐")
    await stage.asks("Claire", room, "!C-1", ASKED)
    await _confirms(stage, "Inès", room, "!admin défi C-1 clore")
    result = await stage.hears("Claire", room, mark, words=opening("Result of the challenge: {challenge}"))
    if result is not None:
        stage.shows(room, result)
        stage.expects(result, "the result", SHARED, "(2 voix)")


async def _solution(stage: Stage, room: Room) -> Event:
    """The card of Karim's solution, which is edited as it goes on."""
    history = await stage["Claire"].messages(room.id)
    cards = [event for event in history if event.sender == stage.bot.user_id and event.body.startswith("Solution 1 ")]
    return next(event for event in cards if event.replaces is None)


async def _confirms(stage: Stage, name: str, room: Room, text: str) -> None:
    """Somebody asks for something, reads it again, and says yes."""
    preview = await stage.asks(name, room, text)
    if preview is None:
        return
    mark = stage[name].mark()
    await stage.taps(name, room, preview)
    done = await stage.hears(name, room, mark)
    if done is not None:
        stage.shows(room, done)
        stage.expects(done, f"what follows {name}'s ✅")
