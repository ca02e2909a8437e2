"""Threads in which one of our cards waits for an answer: a message there may be for us without naming us."""

from collections.abc import Collection, Iterable

Place = tuple[str, str | None]
"""A thread: its room id and root event id (another room may name the same root). Root None: the room itself."""


class Threads:
    """Held in memory, so that ordinary talk costs no query. A thread is dropped once no card waits in it."""

    def __init__(self) -> None:
        self._silent: dict[Place, bool] = {}
        self.begun_by: set[str] = set()
        """Kinds of cards in whose own thread people answer."""
        self.rooms_that_talk: set[str] = set()
        """Rooms that we opened for others, in which somebody has written since the last `listen_again`."""

    def follow(self, threads: Iterable[tuple[str, str]]) -> None:
        """Follow threads in which a card now waits; they count as silent until somebody writes there."""
        self._silent |= dict.fromkeys(threads, True)

    @property
    def any(self) -> bool:
        """Whether a card waits in some thread."""
        return bool(self._silent)

    def forget(self, places: Iterable[Place]) -> None:
        """Stop following these threads: no card waits in them any more."""
        for place in places:
            self._silent.pop(place, None)

    def only(self, places: Collection[Place]) -> None:
        """Follow exactly these places; those that were followed before stay silent, or not, as they were."""
        self._silent = {(room_id, root): self._silent.get((room_id, root), True) for room_id, root in places if root}
        self.rooms_that_talk &= {room_id for room_id, _root in places}

    def listen_again(self, place: str) -> None:
        """Count this room, or the thread with this root, as silent again, so that the next message is noticed."""
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
        """Count the place as no longer silent: somebody wrote there, and this is stored."""
        if root is None:
            self.rooms_that_talk.add(room_id)
        elif (room_id, root) in self._silent:
            self._silent[room_id, root] = False
