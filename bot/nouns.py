"""The nouns of Relais, on one page: each is a folder with its tables, its rules and its words.

A noun comes after those that it builds on: so it ends first what goes on with somebody who is erased.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.challenges.noun import NOUN as CHALLENGES
from bot.communities.noun import NOUN as COMMUNITIES
from bot.communities.settings import settings
from bot.communities.settings.setting import Fixed, Setting
from bot.contributors.noun import NOUN as CONTRIBUTORS
from bot.digest.noun import NOUN as DIGESTS
from bot.help.noun import NOUN as HELP
from bot.ideas.noun import NOUN as IDEAS
from bot.mailbox.noun import NOUN as MAILBOX
from bot.meetups.noun import NOUN as MEETUPS
from bot.noun import Export, Noun, Signed, Undoable
from bot.person_columns import QUOTED, SETTINGS, PersonColumns
from bot.programmes.noun import NOUN as PROGRAMMES
from bot.resources.noun import NOUN as RESOURCES
from bot.sheets.noun import NOUN as SHEETS
from bot.store.database import Transaction
from bot.teams.noun import NOUN as TEAMS
from bot.thanks.noun import NOUN as THANKS
from bot.volunteers.noun import NOUN as VOLUNTEERS

NOUNS: tuple[Noun, ...] = (
    MAILBOX,
    COMMUNITIES,
    CONTRIBUTORS,
    RESOURCES,
    VOLUNTEERS,
    HELP,
    MEETUPS,
    SHEETS,
    THANKS,
    IDEAS,
    CHALLENGES,
    TEAMS,
    PROGRAMMES,
    DIGESTS,
)


def every_table() -> Iterator[PersonColumns]:
    """The whole schema: how each table may name somebody, if only in what others write."""
    for noun in NOUNS:
        yield from noun.people
        yield from map(PersonColumns, noun.nobody)


def headings() -> tuple[str, ...]:
    """What is known of a person, in the order in which they read it: what they do first, what serves it last."""
    own = [columns.heading for noun in reversed(NOUNS) for columns in noun.people]
    return (SETTINGS, *dict.fromkeys(heading for heading in own if heading not in (SETTINGS, QUOTED)), QUOTED)


def every_setting() -> tuple[Setting[Any], ...]:
    """All that a team may set for its community, in the order in which it reads them."""
    return tuple(setting for noun in NOUNS for setting in noun.settings)


def every_entry() -> tuple[Setting[Any] | Fixed, ...]:
    """The same, and behind it what a team reads there and does not set."""
    return (*every_setting(), *(fixed for noun in NOUNS for fixed in noun.fixed))


def setting(key: str) -> Setting[Any]:
    """The setting of a key."""
    return next(setting for setting in every_setting() if setting.key == key)


def entry(key: str) -> Setting[Any] | Fixed:
    """The setting of a key, or what is fixed under it."""
    return next(entry for entry in every_entry() if entry.key == key)


def every_undoable() -> Iterator[Undoable]:
    """Each kind of change that a team can take back; each setting is one."""
    for noun in NOUNS:
        yield from noun.undoable
        yield from map(settings.undoable, noun.settings)


def undoable(name: str) -> Undoable:
    """The kind of change that a record names."""
    return next(kind for kind in every_undoable() if kind.name == name)


def is_signed(letter: str) -> bool:
    """Whether things whose number has this letter are signed by people, who are thanked for them."""
    return any(noun.letter == letter and noun.signed is not None for noun in NOUNS)


async def signed(tx: Transaction, number: str) -> Signed | None:
    """The thing of a number, `F-12`, for which those who sign it are thanked; None for what nobody reads."""
    letter, _dash, digits = number.partition("-")
    find = next((noun.signed for noun in NOUNS if noun.letter == letter), None)
    return await find(tx, int(digits)) if find is not None and digits.isdigit() else None


async def read_in(tx: Transaction, number: str) -> Sequence[str]:
    """The communities in which the thing of a number is read."""
    thing = await signed(tx, number)
    return thing.communities if thing is not None else ()


async def overview(tx: Transaction, person: str) -> list[str]:
    """What each noun says in `!moi` of what a person has of it, a line each."""
    said = [await noun.overview(tx, person) for noun in NOUNS if noun.overview is not None]
    return [line for line in said if line]


def every_export() -> tuple[Export, ...]:
    """The files of all nouns that a team exports."""
    return tuple(export for noun in NOUNS for export in noun.exports)
