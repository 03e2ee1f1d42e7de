"""A page nests no deeper than browsers let it; its words stay."""

import pytest

from kb.content.reading import read_text
from kb.content.reading.depth import DEEPEST, flattened

DEEP = 2000


def test_a_page_of_usual_depth_is_left_as_it_is() -> None:
    page = "<div><p>One<br>two</p><ul><li>three</ul></div>" * DEEP
    assert flattened(page) == page


def test_tags_below_the_deepest_level_go_and_their_words_stay() -> None:
    page = f"{'<div>' * DEEP}<p>Hello.</p>{'</div>' * DEEP}"
    assert flattened(page) == f"{'<div>' * DEEPEST}<p>Hello.</p>{'</div>' * DEEPEST}"


def test_each_end_tag_goes_with_its_own_start() -> None:
    page = f"{'<b>' * DEEPEST}<div>one</div>{'</b>' * DEEPEST}<div>two</div>"
    assert flattened(page) == f"{'<b>' * DEEPEST}one{'</b>' * DEEPEST}<div>two</div>"


@pytest.mark.parametrize(
    "opens_nothing",
    ["<p>", "<br>", "<!-- <div> -->", "<script>'<div>'</script>", "<div/>", "</div>", '<div title="'],
)
def test_what_opens_no_level_does_not_count(opens_nothing: str) -> None:
    page = f"{opens_nothing * DEEP}<section>Hello.</section>"
    assert flattened(page) == page


@pytest.mark.parametrize("tag", ["div", "b", "ul", "blockquote", "span"])
def test_a_deep_page_is_read(tag: str) -> None:
    page = f"<h1>Title</h1>{f'<{tag}>' * DEEP}Hello there.{f'</{tag}>' * DEEP}<p>Good bye.</p>"
    assert read_text("deep.html", page).text == "Title\nHello there.\nGood bye."
