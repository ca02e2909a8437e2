"""Which communities an account serves, and which rooms their files list."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """A room that a community's file lists; its first one is the main room."""

    slug: str
    main: bool


@dataclass(frozen=True, slots=True)
class Serving:
    """`slugs` of the communities served, empty for all. `listed` are rooms by id, or by alias until that is known."""

    slugs: frozenset[str] = frozenset()
    listed: dict[str, Listed] = field(default_factory=dict)

    def serves(self, slug: str) -> bool:
        return not self.slugs or slug in self.slugs

    def of(self, slugs: Iterable[str]) -> list[str]:
        """Those that are served, in the same order."""
        return [slug for slug in slugs if self.serves(slug)]

    @property
    def aliases(self) -> list[str]:
        """The listed rooms whose id is not known yet."""
        return [room for room in self.listed if room.startswith("#")]

    def known_as(self, alias: str, room_id: str) -> None:
        """Replace a listed alias by its room id, unless a file lists that id itself."""
        found = self.listed.pop(alias)
        self.listed.setdefault(room_id, found)

    def home(self, room_id: str) -> Listed | None:
        """The community that lists this room, if we serve it."""
        found = self.listed.get(room_id)
        return found if found is not None and self.serves(found.slug) else None
