"""What went on with the things of nouns in a transaction, for those who want something to follow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """A thing of a noun went from one status to another; `before` is empty for what is no step of a lifecycle."""

    noun: str
    item: str
    before: str
    after: str
