"""Laws that hold for whatever is read: nothing raises, nothing shown is lost, offsets are exact."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.content.documents import Document
from kb.content.reading import read_bytes, read_text
from kb.content.rendering import Passage, article_html, passage_html
from kb.errors import KbError

SUFFIXES = st.sampled_from([".md", ".html", ".txt"])
MARKUP = st.sampled_from(
    ["# ", "##\n", "- ", "  - ", "1) ", "\n\n", "\n", " ", "|", "**", "_", "<b>", "</b>", "<p>", "<ul>",
     "<li>", "<table>", "<tr>", "<td>", "</td>", "<h2>", "</h2>", "<details>", "<summary>", "<dl>",
     "<dt>", "<dd>", "<br>", "<div>", "</div>", "&amp;", "&lt;", "{% x %}", "{{", "---\n", "```\n",
     "[a](b)", "<!--", "-->", "<script>", "\u202e", "🙂", "\u00ad", "<a href='x'>", "</a>",
     "<blockquote>", "> ", ": ", "===\n", "\x00", "\ud800"]
)  # fmt: skip
SOURCES = st.lists(
    st.one_of(MARKUP, st.text(max_size=8), st.sampled_from(["word", "Wörter", "12.5%"])), max_size=40
)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def words_of(html: str) -> str:
    """Return the text of HTML, and see to it that every tag is closed in its order."""
    parser = Words()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.text


def read_or_none(name: str, source: str) -> Document | None:
    try:
        return read_text(name, source)
    except KbError:
        return None


@settings(deadline=None, max_examples=60)
@given(SOURCES, SUFFIXES)
def test_no_text_raises_anything_but_the_one_error(parts: list[str], suffix: str) -> None:
    document = read_or_none(f"a{suffix}", "".join(parts))
    if document is None:
        return
    assert document.text == "\n".join(document.text_of(block) for block in document.blocks)
    for block in document.blocks:
        text = document.text_of(block)
        assert text == " ".join(text.split())
        assert words_of(block.html) == text


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200), st.sampled_from([".md", ".html", ".txt", ".docx"]))
def test_no_bytes_raise_anything_but_the_one_error(data: bytes, suffix: str) -> None:
    try:
        document = read_bytes(f"a{suffix}", data)
    except KbError as error:
        assert "\n" not in str(error)
    else:
        assert document.text.strip() == document.text != ""


PLAIN_WORD = st.from_regex(r"[a-zäöü]{1,9}[.,?]?", fullmatch=True)
PHRASE = st.lists(PLAIN_WORD, min_size=1, max_size=6).map(" ".join)
INLINE = st.one_of(
    PHRASE,
    st.builds("{} <b>{}</b> {}".format, PHRASE, PHRASE, PHRASE),
    st.builds("{}<br>{}".format, PHRASE, PHRASE),
    st.builds('<a href="https://example.org/">{}</a> <em>{}</em>'.format, PHRASE, PHRASE),
)
PAGES = st.recursive(
    st.one_of(
        st.builds("<p>{}</p>".format, INLINE),
        st.builds("<h2>{}</h2>".format, INLINE),
        st.builds("<dl><dt>{}</dt><dd>{}</dd></dl>".format, INLINE, INLINE),
        st.builds(
            "<table><caption>{}</caption><tr><th>{}</th><td>{}</td></tr></table>".format,
            INLINE,
            INLINE,
            INLINE,
        ),
        st.builds("<details><summary>{}</summary>{}</details>".format, INLINE, INLINE),
    ),
    lambda inner: st.one_of(
        st.builds("<div>{}{}</div>".format, inner, inner),
        st.builds("<ul><li>{}</li><li>{}</li></ul>".format, inner, inner),
        st.builds("<blockquote>{}</blockquote>".format, inner),
        st.builds("<table><tr><td>{}</td><td>{}</td></tr></table>".format, inner, inner),
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(PAGES)
def test_every_word_that_a_browser_shows_is_kept_in_its_order(page: str) -> None:
    shown = re.sub(r"<[^>]*>", " ", page).split()
    document = read_text("a.html", page)
    assert document.text.split() == shown
    assert words_of(article_html(document, [])).split() != [] and re.sub(
        r"\s", "", words_of(article_html(document, []))
    ) == "".join(shown)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(PHRASE, min_size=1, max_size=12),
    st.lists(st.sampled_from(["", "- ", "  - ", "## ", "1. "]), min_size=12),
)
def test_every_word_of_markdown_is_kept_in_its_order(phrases: list[str], marks: list[str]) -> None:
    source = "\n".join(f"{mark}{phrase}" for mark, phrase in zip(marks, phrases, strict=False))
    assert read_text("a.md", source).text.split() == " ".join(phrases).split()


@settings(deadline=None, max_examples=60)
@given(PAGES, st.data())
def test_passage_shows_its_own_words_in_valid_html(page: str, data: st.DataObject) -> None:
    document = read_text("a.html", page)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    shown = words_of(passage_html(document, start, end))
    assert "".join(shown.split()) == "".join(document.text[start:end].split())


@settings(deadline=None, max_examples=60)
@given(PAGES, st.data())
def test_marks_and_anchors_change_no_word(page: str, data: st.DataObject) -> None:
    document = read_text("a.html", page)
    places = st.integers(0, len(document.text) - 1)
    spans = data.draw(st.lists(st.tuples(places, places), max_size=4))
    passages = [
        Passage(str(number), min(span), max(span) + 1, highlighted=number % 2 == 0)
        for number, span in enumerate(spans)
    ]
    html = article_html(document, passages)
    assert "".join(words_of(html).split()) == "".join(document.text.split())
    assert sorted(re.findall(r'id="e-(\d+)"', html)) == sorted(passage.id for passage in passages)


@pytest.mark.parametrize("depth", [50, 600])
def test_deeply_nested_lists_are_read(depth: int) -> None:
    page = "".join(f"<ul><li>level {number}" for number in range(depth))
    assert read_text("a.html", page).text.split("\n")[-1] == f"level {depth - 1}"
    markdown = "\n".join(f"{'  ' * number}- level {number}" for number in range(50))
    assert read_text("a.md", markdown).text.split("\n") == [f"level {number}" for number in range(50)]
