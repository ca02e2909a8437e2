"""Threads of a room in which a card of ours waits: there, a word alone may be for us."""

from collections.abc import Collection, Iterable

Place = tuple[str, str | None]
"""A thread is its room and its root: an event of another room may name the same root. Without one, the room itself."""


class Threads:
    """Known in memory, so that a room's talk is not even looked up; forgotten once no card waits there any more."""

    def __init__(self) -> None:
        self._silent: dict[Place, bool] = {}
        self.rooms_that_talk: set[str] = set()
        """Rooms that we opened for others, in which somebody has talked since we last wanted to know."""

    def follow(self, threads: Iterable[tuple[str, str]]) -> None:
        """A card waits in these threads; that people begin to talk there is worth knowing once."""
        self._silent |= dict.fromkeys(threads, True)

    @property
    def any(self) -> bool:
        """Whether a card waits in some thread."""
        return bool(self._silent)

    def forget(self, places: Iterable[Place]) -> None:
        """No card waits in these threads any more."""
        for place in places:
            self._silent.pop(place, None)

    def only(self, places: Collection[Place]) -> None:
        """Cards wait in these places and nowhere else; what was known of them stays."""
        self._silent = {(room_id, root): self._silent.get((room_id, root), True) for room_id, root in places if root}
        self.rooms_that_talk &= {room_id for room_id, _root in places}

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
