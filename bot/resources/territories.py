"""Of which territories a resource is, by what its catalogue says of it."""

from bot.registers import territories
from bot.resources.tables import Resource


def territories_of(resource: Resource) -> set[str]:
    """The codes of the territories that are its tags, and of the regions that its title or its source names."""
    tagged = {one.code for tag in resource.tags for one in territories.exactly(tag)}
    return tagged.union(territories.regions_in(f"{resource.title} ; {resource.source}"))
