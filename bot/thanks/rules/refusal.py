"""Who may thank whom, and what for."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final


class Refusal(StrEnum):
    """Why somebody is not thanked."""

    ONESELF = "oneself"
    ROBOT = "robot"
    STRANGER = "stranger"  # no member of the community
    ALREADY = "already"  # by the same person, for the same
    GONE = "gone"  # all who signed what one thanks for left, or were erased


LONGEST: Final = 300
"""Characters of the words that go with a thanks."""


def refusal(giver: str, receiver: str, *, robot: str, members: Collection[str]) -> Refusal | None:
    """Why `giver` may not thank `receiver` in a community with these members; None if they may."""
    if receiver == robot:
        return Refusal.ROBOT
    if receiver == giver:
        return Refusal.ONESELF
    return None if receiver in members else Refusal.STRANGER


def subject_of(message: str | None, *, today: date) -> str:
    """What one thanks for: a message, else the day: without a message, somebody is thanked once a day."""
    return message or today.isoformat()
