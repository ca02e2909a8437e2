"""Which communities an account serves, and the rooms that are theirs from the start."""

from bot.communities.rules.serving import Listed, Serving

MAIN = Listed("rse", main=True)


def test_without_a_word_about_it_all_are_served() -> None:
    assert Serving().of(["rse", "gestion"]) == ["rse", "gestion"]
    assert Serving(frozenset({"gestion"})).of(["rse", "gestion"]) == ["gestion"]


def test_an_alias_counts_once_its_room_is_known_and_never_against_an_id() -> None:
    other = Listed("gestion", main=False)
    serving = Serving(listed={"#a:x.fr": MAIN, "#b:x.fr": MAIN, "!b": other})
    assert serving.home("!a") is None
    serving.known_as("#a:x.fr", "!a")
    serving.known_as("#b:x.fr", "!b")
    assert (serving.home("!a"), serving.home("!b"), serving.aliases) == (MAIN, other, [])


def test_a_listed_room_of_a_community_that_is_not_served_is_nobodys() -> None:
    assert Serving(frozenset({"gestion"}), {"!a": MAIN}).home("!a") is None
