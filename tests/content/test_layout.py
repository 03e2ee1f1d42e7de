"""How a passage is laid out."""

from kb.content.layout import pieces_of, pieces_of_text
from kb.content.reading import read_text

ARTICLE = """# Lice

Use **one** of:

- a comb & patience
  - a fine one
- a lotion

Then:

1. Rinse.

| Lotion | Hours |
|--------|-------|
| Oil &amp; tea | 8 |
"""


def laid_out(start: str, end: str) -> list[tuple[str, list[str]]]:
    document = read_text("lice.md", ARTICLE)
    first = document.text.index(start)
    last = document.text.index(end, first) + len(end)
    passage = document.text[first:last]
    return [
        (piece.layout, [passage[one:other] for one, other in piece.parts])
        for piece in pieces_of(document, first, last)
    ]


def test_lead_in_list_steps_and_rows_are_told_apart() -> None:
    assert laid_out("Use", "8") == [
        ("paragraph", ["Use one of:"]),
        ("item", ["a comb & patience"]),
        ("item", ["a fine one"]),
        ("item", ["a lotion"]),
        ("paragraph", ["Then:"]),
        ("step", ["Rinse."]),
        ("row", ["Lotion", "Hours"]),
        ("row", ["Oil & tea", "8"]),
    ]


def test_what_is_only_partly_in_the_passage_is_cut() -> None:
    assert laid_out("patience", "a fine") == [("item", ["patience"]), ("item", ["a fine"])]
    assert laid_out("Hours", "& tea") == [("row", ["Hours"]), ("row", ["Oil & tea"])]


def test_the_lines_of_a_plain_text_are_paragraphs() -> None:
    text = "One.\n\nTwo."
    assert [text[slice(*piece.parts[0])] for piece in pieces_of_text(text)] == ["One.", "Two."]
