"""A topic has a name for every reader."""

from bot.communities.tables import Topic
from bot.volunteers import topics

KNOWN = [
    Topic(community="x", slug="mail", name={"en": "Secure mail"}),
    Topic(community="x", slug="dpi", name={"fr": "DPI"}),
]


def test_a_topic_without_a_name_in_the_reader_s_language_is_called_as_it_is_elsewhere() -> None:
    assert [topics.label(topic.slug, KNOWN, "fr") for topic in KNOWN] == ["secure mail", "DPI"]
    assert topics.numbered(KNOWN, "fr") == "1. Secure mail / 2. DPI"
