"""Threads of a room in which a card of ours waits: there, a word alone may be for us."""

from collections.abc import Iterable


class Threads:
    """Known in memory, so that a room's talk is not even looked up; a thread that waits no more does no harm.

    A thread is its room and its root: an event of another room may name the same root.
    """

    def __init__(self) -> None:
        self._silent: dict[tuple[str, str], bool] = {}
        self.rooms_that_talk: set[str] = set()
        """Rooms that we opened for others, in which somebody has talked since we last wanted to know."""

    def follow(self, threads: Iterable[tuple[str, str]]) -> None:
        """A card waits in these threads; that people begin to talk there is worth knowing once."""
        self._silent |= dict.fromkeys(threads, True)

    def listen_again(self, place: str) -> None:
        """In this room, or in the thread with this root, the next word is worth knowing."""
        self.rooms_that_talk.discard(place)
        self._silent |= {thread: True for thread in self._silent if thread[1] == place}

    def has(self, room_id: str, root: str | None) -> bool:
        """Whether a card waits in this thread of the room."""
        return root is not None and (room_id, root) in self._silent

    def is_silent(self, room_id: str, root: str | None) -> bool:
        """Whether nobody has talked yet in the thread since a card came; without a root, in the room."""
        if root is None:
            return room_id not in self.rooms_that_talk
        return self._silent.get((room_id, root), False)

    def talk_began(self, room_id: str, root: str | None) -> None:
        """Somebody talks there, and this is kept: from now on it is no news."""
        if root is None:
            self.rooms_that_talk.add(room_id)
        elif (room_id, root) in self._silent:
            self._silent[room_id, root] = False
