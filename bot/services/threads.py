"""Threads of a room in which a card of ours waits: there, a word alone may be for us."""

from collections.abc import Iterable


class Threads:
    """Known in memory, so that a room's talk is not even looked up; a thread that waits no more does no harm."""

    def __init__(self) -> None:
        self._silent: dict[str, bool] = {}
        self.rooms_that_talk: set[str] = set()
        """Rooms that we opened for others, in which somebody has talked since we last wanted to know."""

    def follow(self, roots: Iterable[str]) -> None:
        """A card waits in these threads; that people begin to talk there is worth knowing once."""
        self._silent |= dict.fromkeys(roots, True)

    def listen_again(self, place: str) -> None:
        """In this room, or in the thread with this root, the next word is worth knowing."""
        self.rooms_that_talk.discard(place)
        if place in self._silent:
            self._silent[place] = True

    def __contains__(self, root: str | None) -> bool:
        return root in self._silent

    def first_word(self, root: str) -> bool:
        """Whether this is the first time that somebody talks there since a card came."""
        silent = self._silent.get(root, False)
        if silent:
            self._silent[root] = False
        return silent
