"""Promises of the mouth: complete without HTML, safe with it, and nobody is rung who was not asked for."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.events.messages import Message
from bot.events.text import Line, Text
from bot.matrix import content

ANSWER = Message(Text.of("Trouvé", Line("Guide", link="https://example.org/a?b=1&c=2"), Line("https://example.org/a")))


def test_an_answer_is_a_notice_that_mentions_nobody() -> None:
    said = content.message(ANSWER, key="k")
    assert (said["msgtype"], said["m.mentions"]) == ("m.notice", {})
    assert said["body"] == "Trouvé\nGuide\nhttps://example.org/a"


def test_what_must_be_acted_on_rings_those_it_names() -> None:
    said = content.message(Message(Text.of("oui ?"), rings=True, mentioned=("@ana:example.org",)), key="k")
    assert (said["msgtype"], said["m.mentions"]) == ("m.text", {"user_ids": ["@ana:example.org"]})


def test_an_answer_in_a_thread_stays_there_and_names_the_question() -> None:
    relation = content.message(Message(Text.of("x"), reply_to="$q", thread="$root"), key="k")["m.relates_to"]
    assert relation == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": "$q"},
    }


def test_an_edit_replaces_the_words_and_rings_nobody_in_its_fallback() -> None:
    said = content.edit(Message(Text.of("neuf")), of="$old", key="k")
    assert said["m.new_content"]["body"] == "neuf"
    assert said["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$old"}
    assert said["m.mentions"] == {}


def test_a_link_that_is_no_web_address_stays_text() -> None:
    html = Text.of(Line("clic", link="javascript:alert(1)")).html
    assert html == "clic"


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@given(st.text(max_size=60), st.text(max_size=40))
def test_no_text_and_no_address_brings_other_html_than_ours(text: str, address: str) -> None:
    seen = Seen(Text.of(Line(text, link=f"https://{address}"), Line(f"<b>{text}</b>")).html)
    assert seen.tags <= {"a", "p"}
    assert seen.attributes <= {"href"}
