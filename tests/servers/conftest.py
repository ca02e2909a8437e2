from tests.servers.fixtures import people, postgres, postgres_url, swept, synapse

__all__ = ["people", "postgres", "postgres_url", "swept", "synapse"]
