from tests.keys.rooms import world
from tests.servers.fixtures import people, swept, synapse

__all__ = ["people", "swept", "synapse", "world"]
