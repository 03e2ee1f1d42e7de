"""Rendering: passages and articles as sanitised HTML."""

from kb.content.reading import read_text
from kb.content.rendering import Passage, article_html, passage_html, plain_html

ARTICLE = """# Lice

Lice are **small** insects.

## Treatment

Use:
- a comb
  - a fine one
- a lotion

| Lotion | Hours |
|--------|-------|
| Oil    |       |

<p onclick="x()">Rinse <a href="javascript:x()">well</a> &amp; dry.</p>
"""


def test_whole_article_keeps_its_layout_with_headings_below_the_page_title() -> None:
    assert article_html(read_text("lice.md", ARTICLE), []) == (
        "<h2>Lice</h2><p>Lice are <strong>small</strong> insects.</p><h3>Treatment</h3><p>Use:</p>"
        "<ul><li>a comb<ul><li>a fine one</li></ul></li><li>a lotion</li></ul>"
        "<table><tbody><tr><th>Lotion</th> <th>Hours</th></tr><tr><td>Oil</td><td></td></tr></tbody></table>"
        '<p>Rinse <a rel="noopener">well</a> &amp; dry.</p>'
    )


def test_passage_is_anchored_and_its_words_are_marked() -> None:
    document = read_text("lice.md", "Lice are **small** insects. They bite.\n\n- one\n- two")
    html = article_html(document, [Passage("314159", 5, 28, highlighted=True), Passage("271828", 35, 38)])
    assert html == (
        '<p id="e-314159">Lice <mark>are </mark><strong><mark>small</mark></strong>'
        "<mark> insects. They</mark> bite.</p>"
        '<ul><li id="e-271828">one</li><li>two</li></ul>'
    )


def test_overlapping_passages_are_marked_once_and_anchored_twice() -> None:
    document = read_text("lice.txt", "Lice are insects.")
    passages = [Passage("1", 0, 8, highlighted=True), Passage("2", 5, 16, highlighted=True)]
    assert article_html(document, passages) == (
        '<p id="e-1"><span id="e-2"></span><mark>Lice are insects</mark>.</p>'
    )


def test_passage_from_the_middle_of_a_block_is_cut() -> None:
    document = read_text("lice.md", ARTICLE)
    start, end = document.text.index("small"), document.text.index("comb")
    assert passage_html(document, start, end) == (
        "<p><strong>small</strong> insects.</p><h3>Treatment</h3><p>Use:</p><ul><li>a </li></ul>"
    )


def test_passage_that_begins_in_an_inner_list_keeps_its_depth() -> None:
    document = read_text("lice.md", ARTICLE)
    start, end = document.text.index("a fine"), document.text.index("a lotion") + len("a lotion")
    assert (
        passage_html(document, start, end)
        == "<ul><li><ul><li>a fine one</li></ul></li><li>a lotion</li></ul>"
    )


def test_passage_within_a_table_row_keeps_its_columns() -> None:
    document = read_text("lice.md", ARTICLE)
    start = document.text.index("Hours")
    assert (
        passage_html(document, start, start + 5)
        == "<table><tbody><tr><th></th><th>Hours</th></tr></tbody></table>"
    )


def test_plain_text_becomes_paragraphs_and_line_breaks() -> None:
    assert (
        plain_html("One <b>.\nTwo.\n\n\nThree & four.")
        == "<p>One &lt;b&gt;.<br>Two.</p>\n<p>Three &amp; four.</p>"
    )
