"""Hidden parts of pages: what a reader unfolds is read, what stays hidden is not."""

import pytest

from kb.content.reading import read_text

SHOWN = "<h1>Flu</h1><p>Flu is an illness.</p>"


@pytest.mark.parametrize(
    "panel",
    [
        '<h3><button aria-expanded="false" aria-controls="x">Does it hurt?</button></h3><div id="x" hidden>A bit.</div>',
        '<button aria-controls="x">Does it hurt?</button><div id="x" style="display: none"><p>A bit.</p></div>',
        '<div role="button" aria-expanded="false">Does it hurt?</div><div hidden="until-found">A bit.</div>',
        '<a data-toggle="collapse" href="#x">Does it hurt?</a><div id="x" style="display:none">A bit.</div>',
        '<button data-bs-toggle="collapse" data-bs-target="#x">Does it hurt?</button><div id="x" hidden>A bit.</div>',
        '<h3 class="accordion-title">Does it hurt?</h3><div class="inside" hidden>A bit.</div>',
        '<dl><dt>Does it hurt?</dt><dd style="display:none">A bit.</dd></dl>',
    ],
)
def test_panel_that_a_reader_unfolds_is_read(panel: str) -> None:
    assert read_text("a.html", SHOWN + panel).text == "Flu\nFlu is an illness.\nDoes it hurt?\nA bit."


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("<p hidden>A note of the staff.</p>", ""),
        ("<h2>Does it hurt?</h2><p hidden>A note of the staff.</p>", "Does it hurt?"),
        ('<button aria-controls="m">Menu</button><ul id="m" hidden><li><a href="/">Home</a></ul>', "Menu"),
        ('<button aria-controls="m">Find</button><form id="m" hidden><label>Word</label></form>', "Find"),
        ('<button aria-controls="m">Ask</button><div id="m" role="dialog" hidden>Hello.</div>', "Ask"),
        (
            '<button aria-controls="m" aria-haspopup="true">Tongue</button><div id="m" hidden>French</div>',
            "Tongue",
        ),
        (
            '<button data-toggle="collapse">Cookies</button><div class="cookies" hidden>Accept.</div>',
            "Cookies",
        ),
        (
            '<button aria-controls="m">Does it hurt?</button><template id="m">A bit.</template>',
            "Does it hurt?",
        ),
    ],
)
def test_what_stays_hidden_is_no_part_of_the_article(part: str, left: str) -> None:
    assert read_text("a.html", SHOWN + part).text == f"Flu\nFlu is an illness.\n{left}".rstrip()


def test_button_for_more_goes_on_with_the_passage_above_it() -> None:
    page = f'{SHOWN}<button aria-expanded="false" aria-controls="x">Read more</button><div id="x" hidden>It ends.</div>'
    document = read_text("a.html", page)
    assert [(block.kind, block.place, document.text_of(block)) for block in document.blocks[2:]] == [
        ("paragraph", "control", "Read more"),
        ("paragraph", "", "It ends."),
    ]
