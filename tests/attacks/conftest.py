"""Attacks are on what the bot does, hardly ever on how a database does it."""

import pytest

ON_BOTH = ("test_erasure", "test_quotas")
"""What is searched in every column, and what two may do at once, depends on the database."""


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """SQLite alone for the others: a second time takes as long and shows the same."""
    module = metafunc.module.__name__.rpartition(".")[2]
    if "database_address" in metafunc.fixturenames and module not in ON_BOTH:
        metafunc.definition.add_marker(pytest.mark.parametrize("database_address", ["sqlite"], indirect=True))
