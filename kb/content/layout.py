"""Tell how a passage is laid out: which of its words are a paragraph, an item of a list, a row of a table."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from kb.content.documents import Block, Document, Span

Layout = Literal["paragraph", "item", "step", "row"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands together: of a row its cells, of anything else one part; ranges of the passage, in code points."""

    layout: Layout  # a step is an item of a list that counts
    parts: tuple[Span, ...]


def pieces_of(document: Document, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of the passage [start, end) of the document, in order."""
    found = []
    for block in document.blocks:
        cut = [(max(one, start) - start, min(other, end) - start) for one, other in _parts(block)]
        parts = tuple((one, other) for one, other in cut if one < other)
        if parts:
            found.append(Piece(_layout(block), parts))
    return tuple(found)


def pieces_of_text(text: str) -> tuple[Piece, ...]:
    """Return the lines of a plain text as paragraphs."""
    pieces, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            pieces.append(Piece("paragraph", ((at, at + len(line)),)))
        at += len(line) + 1
    return tuple(pieces)


def _layout(block: Block) -> Layout:
    if block.kind == "list_item":
        return "step" if block.ordered else "item"
    return "row" if block.kind == "table_row" else "paragraph"


def _parts(block: Block) -> list[Span]:
    if block.kind != "table_row":
        return [(block.start, block.end)]
    cells = _Cells()
    cells.feed(block.html)
    cells.close()
    found = [(block.start + start, block.start + end) for start, end in cells.found]
    return found or [(block.start, block.end)]


class _Cells(HTMLParser):
    """Finds where the cells of a row stand in its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Span] = []
        self._place = self._start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th"}:
            self._start = self._place

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.found.append((self._start, self._place))

    def handle_data(self, data: str) -> None:
        self._place += len(data)
