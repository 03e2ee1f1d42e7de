"""Runs of marked-up text become the blocks of a document, with exact offsets."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

import nh3

from kb.content.documents import Block, BlockKind, Place
from kb.content.reading.decoding import UNSEEN
from kb.content.sentences import sentence_spans

# What may stand inside a block; everything else on a page is layout, and comes from a block's kind.
INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "q",
        "ruby",
        "rt",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
CELL_TAGS = frozenset({"td", "th"})
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
KEPT_ATTRIBUTES = frozenset(name for names in ATTRIBUTES.values() for name in names)
BOLD_TAGS = frozenset({"b", "strong"})
# A page may set its paragraphs as headings, for their size; no heading is this long.
MOST_WORDS_OF_A_HEADING = 40
MOST_WORDS_OF_SENTENCES_IN_A_HEADING = 20


def sanitise_inline(html: str) -> str:
    """Return the HTML of one block with nothing in it but inline tags and safe links."""
    if "<" not in html:
        return html  # Escaped text is safe as it is, and most blocks are nothing else.
    return nh3.clean(
        html, tags=set(INLINE_TAGS), attributes=ATTRIBUTES, url_schemes=set(LINK_SCHEMES), link_rel="noopener"
    )


def sanitise_cells(html: str) -> str:
    """Return the cells of one table row, sanitised; cells outside a table would be dropped, so one is lent."""
    opening, closing = "<table><tbody><tr>", "</tr></tbody></table>"
    cleaned = nh3.clean(
        opening + html + closing,
        tags=set(INLINE_TAGS | CELL_TAGS | {"table", "tbody", "tr"}),
        attributes=ATTRIBUTES,
        url_schemes=set(LINK_SCHEMES),
        link_rel="noopener",
    )
    return cleaned.removeprefix(opening).removesuffix(closing)


@dataclass
class Shape:
    """What a block will be, known before its words are."""

    kind: BlockKind = "paragraph"
    level: int = 0
    group: int = 0
    ordered: bool = False
    place: Place = ""
    enclosure: int = 0
    item: int = 0  # numbers the list item that the block is of; 0 for none
    lang: str = ""


@dataclass
class Draft:
    """A block while its words are collected; white space is squeezed on the way in.

    The HTML holds the same characters as the text, so that a place in one is a place in the other.
    """

    shape: Shape
    text: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, str]] = field(default_factory=list)  # with their attributes as written
    pending: list[tuple[str, str]] = field(default_factory=list)  # of these, those without any word yet
    space: bool = False
    bold: int = 0  # how many bold tags are open
    links: int = 0
    bold_letters: int = 0
    linked_letters: int = 0
    letters: int = 0

    def add_text(self, text: str) -> None:
        """Add words; any run of white space counts as one space, none at the block's start or end."""
        # Entities such as &shy; become characters only when a page is parsed.
        text = UNSEEN.sub("", text)
        words = text.split()
        if not words:
            self.space = self.space or bool(text)
            return
        if (self.space or text[0].isspace()) and self.text:
            self.text.append(" ")
            self.html.append(" ")
        self._open_pending()
        squeezed = " ".join(words)
        self.text.append(squeezed)
        self.html.append(escape(squeezed, quote=False))
        self.letters += len(squeezed)
        self.bold_letters += len(squeezed) if self.bold else 0
        self.linked_letters += len(squeezed) if self.links else 0
        self.space = text[-1].isspace()

    def add_break(self) -> None:
        """Add a line break within the block: a space in the text."""
        if self.text:
            self.html.append("<br>")
        self.space = True

    def open_tag(self, tag: str, attributes: str = "") -> None:
        self.open_tags.append((tag, attributes))
        self.pending.append((tag, attributes))
        self.bold += tag in BOLD_TAGS
        self.links += tag == "a"

    def close_tag(self, tag: str) -> None:
        self.open_tags.pop()
        self.bold -= tag in BOLD_TAGS
        self.links -= tag == "a"
        if self.pending and self.pending[-1][0] == tag:
            if tag not in CELL_TAGS:
                self.pending.pop()  # It held no word.
                return
            self._open_pending()  # An empty cell holds its column's place.
        self.html.append(f"</{tag}>")

    def _open_pending(self) -> None:
        for tag, attributes in self.pending:
            self.html.append(f"<{tag}{attributes}>")
        self.pending.clear()

    def finish(self, start: int) -> tuple[str, Block] | None:
        """Return the block's text and the block that begins at `start`; None when it holds no word."""
        if not self.text:
            return None
        text, html, shape = "".join(self.text), "".join(self.html), self.shape
        if shape.kind == "heading" and _is_prose(text):
            shape = replace(shape, kind="paragraph", level=0)
        block = Block(
            start=start,
            end=start + len(text),
            kind=shape.kind,
            html=sanitise_cells(html) if shape.kind == "table_row" else sanitise_inline(html),
            level=shape.level,
            group=shape.group,
            ordered=shape.ordered,
            place=shape.place,
            strong=self.bold_letters >= 0.95 * self.letters,  # a full stop or a note sign may stand outside
            linked=round(self.linked_letters / self.letters, 3),
            enclosure=shape.enclosure,
            lang=shape.lang,
        )
        return text, block


def _is_prose(text: str) -> bool:
    """Return whether the words of a heading are a paragraph's."""
    words = len(text.split())
    return words > MOST_WORDS_OF_A_HEADING or (
        words > MOST_WORDS_OF_SENTENCES_IN_A_HEADING and len(sentence_spans(text)) > 1
    )


def assemble(drafts: Sequence[Draft]) -> tuple[str, tuple[Block, ...]]:
    """Return the canonical text of all drafts, joined by newlines, and their blocks; empty drafts are left out."""
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for draft in drafts:
        finished = draft.finish(start)
        if finished is None:
            continue
        text, block = finished
        texts.append(text)
        blocks.append(block)
        start = block.end + 1
    return "\n".join(texts), tuple(blocks)
