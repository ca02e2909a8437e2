"""Every test of this folder says who tries what."""

from tests.attacks.table import rows


def test_every_attack_says_who_tries_what_and_what_happens_instead() -> None:
    here = [(module.__name__, name, row) for module, name, row in rows() if module.__name__ != __name__]

    assert [(module, name) for module, name, row in here if row is None] == []
    told = [row for _module, _name, row in here]
    assert len(told) == len(set(told)), "two rows are the same"
