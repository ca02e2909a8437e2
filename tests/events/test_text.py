"""One text, two bodies: complete as plain lines, laid out as HTML."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.events.text import Line, Part, Text, bullets, folded, link, more, numbered, quote, title
from bot.i18n import _, speaking
from bot.markup import code, marked, strong
from bot.text.typed import collapsed

ALLOWED = {"p", "br", "h4", "blockquote", "ul", "ol", "li", "code", "strong", "a", "details", "summary"}
"""Those of ours; all are on the list of the Client-Server API, "m.room.message msgtypes"."""


def test_one_line_needs_no_tag() -> None:
    assert Text.of("a < b").html == "a &lt; b"
    assert Text.of("a < b").plain == "a < b"


def test_each_string_is_a_paragraph_and_a_line_break_goes_on_with_it() -> None:
    text = Text.of("one\ntwo", "", "three", more("four"))
    assert text.html == "<p>one<br>two</p><p>three<br>four</p>"
    assert text.plain == "one\ntwo\nthree\nfour"


def test_a_title_and_a_quotation_whose_last_mark_does_not_begin_a_line() -> None:
    text = Text.of(title("Café DPI"), quote("Comment choisir ?"))
    assert text.html == "<h4>Café DPI</h4><blockquote>Comment choisir\u00a0?</blockquote>"
    assert text.plain == "Café DPI\nComment choisir ?"


def test_an_item_keeps_its_further_lines() -> None:
    text = Text.of("Found:", bullets("one", Text.of("two", "in detail"), ""))
    assert text.html == "<p>Found:</p><ul><li>one</li><li>two<br>in detail</li></ul>"
    assert text.plain == "Found:\n- one\n- two\nin detail"


def test_what_is_printed_beside_an_item_is_its_number() -> None:
    text = numbered(["four", "five"], start=4)
    assert text.html == '<ol start="4"><li>four</li><li>five</li></ol>'
    assert text.plain == "4. four\n5. five"
    assert Text.of(numbered(["one"]), numbered(["seven"], start=7)).html.count("<ol") == 2


def test_a_link_has_a_label_and_the_plain_body_its_address() -> None:
    text = Text.of(link("Rejoindre la visio", "https://visio.exemple.fr/a?b=1&c=2"))
    assert text.html == '<a href="https://visio.exemple.fr/a?b=1&amp;c=2">Rejoindre la visio</a>'
    assert text.plain == "Rejoindre la visio\nhttps://visio.exemple.fr/a?b=1&c=2"
    assert Text.of(Line("x", link="javascript:alert(1)"), "y").html == "<p>x</p><p>y</p>"


def test_each_folded_part_has_its_own_summary_and_what_follows_is_not_folded() -> None:
    text = Text.of(folded("More", "a", bullets("b")), folded("Still more", "c"), "d")
    assert text.html == (
        "<details><summary>More</summary><p>a</p><ul><li>b</li></ul></details>"
        "<details><summary>Still more</summary><p>c</p></details><p>d</p>"
    )
    assert text.plain == "More\na\n- b\nStill more\nc\nd"


def test_what_one_types_and_what_matters_are_marked_in_the_catalogue_alone() -> None:
    with speaking("en"):
        text = Text.of(_("To see them: `!rdv`"))
        foreign = Text.of(_("Perhaps you meant: `!doc {words}`").format(words="`a` **b**"))
    assert text.html == "To see them: <code>!rdv</code>"
    assert text.plain == "To see them: !rdv"
    assert foreign.plain == "Perhaps you meant: !doc `a` **b**"
    assert foreign.html == "Perhaps you meant: <code>!doc `a` **b**</code>"


def test_marks_may_be_put_round_what_people_wrote() -> None:
    assert Text.of(f"{strong('A & B')} {code('DOC-4')}").html == "<strong>A &amp; B</strong> <code>DOC-4</code>"
    assert Text.of(f"{strong('A & B')} {code('DOC-4')}").plain == "A & B DOC-4"
    assert Text.of(marked("**see `!doc`**")).html == "<strong>see <code>!doc</code></strong>"


def test_what_people_type_is_never_taken_for_a_mark() -> None:
    assert collapsed("a\ufdd0b\ufdd1") == "ab"


_WORDS = st.text(alphabet="ab <&>\"'`*\ufdd0\ufdd1\ufdd2\ufdd3", max_size=12)
_LINES = st.builds(
    Line,
    text=_WORDS,
    part=st.sampled_from(Part),
    number=st.none() | st.integers(1, 9),
    folded=st.booleans(),
    link=st.none() | st.just('https://a.fr/"><b>'),
    plain_only=st.booleans(),
)


@given(st.lists(_LINES, max_size=8))
def test_whatever_is_said_every_tag_is_ours_and_closed(lines: list[Line]) -> None:
    opened: list[str] = []
    said = Text(tuple(lines)).html
    for end, tag in re.findall(r"<(/?)(\w+)[^>]*>", said):
        assert tag in ALLOWED
        if end:
            assert opened.pop() == tag
        elif tag != "br":
            opened.append(tag)
    assert opened == []
    assert not re.search("[\ufdd0-\ufdd3]", said + Text(tuple(lines)).plain)


@given(_LINES)
def test_a_line_that_is_stored_is_read_again(line: Line) -> None:
    assert Line.of_kept(line.kept()) == line


def test_a_line_stored_by_an_older_version_is_read_again() -> None:
    assert Line.of_kept({"text": "a", "link": None, "plain_only": False}) == Line("a")
