"""Show an article, or a part of it, as HTML again."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kb.content.documents import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article that an entry answers with."""

    id: str
    start: int
    end: int
    highlighted: bool = False


def plain_html(text: str) -> str:
    """Return the lines of a text as paragraphs."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def passage_html(document: Document, start: int, end: int) -> str:
    """Return the passage [start, end) of the document as paragraphs."""
    return plain_html(document.text[start:end])


def article_html(document: Document, passages: Sequence[Passage]) -> str:
    """Return the whole document, a highlighted passage's lines marked, each passage's first line anchored."""
    pieces = []
    for block in document.blocks:
        text = escape(document.text_of(block))
        inside = [passage for passage in passages if passage.start < block.end and block.start < passage.end]
        first = next((passage.id for passage in inside if passage.start >= block.start), "")
        anchor = f' id="e-{escape(first)}"' if first else ""
        marked = f"<mark>{text}</mark>" if any(passage.highlighted for passage in inside) else text
        pieces.append(f"<p{anchor}>{marked}</p>")
    return "\n".join(pieces)
