"""Show an article, or a passage of it, as HTML: its own lists, tables and paragraphs, and nothing else."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

from kb.content.documents import Block, Document, Span
from kb.content.withholding import TITLES, merged

# The page's own title is its h1.
TOP_HEADING, LAST_HEADING = 2, 6
VOID_TAGS = frozenset({"br"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that an entry answers with, [start, end) in the document's text."""

    id: str
    start: int
    end: int
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of an article that are not shown, and what is shown in their place, as inline HTML."""

    start: int
    end: int
    notice: str


def passage_html(document: Document, start: int, end: int) -> str:
    """Return the words [start, end) of the document as HTML; blocks that are only partly inside are cut."""
    return _render(document, start, end, ())


def article_html(document: Document, passages: Sequence[Passage], gaps: Sequence[Gap] = ()) -> str:
    """Return the whole article as HTML, but for the words in `gaps`, which come in order and do not overlap.

    The first word of each passage stands in an element with the id "e-ID"; the words of highlighted passages are
    marked.
    """
    return _render(document, 0, len(document.text), passages, gaps)


def plain_html(text: str) -> str:
    """Return plain text as HTML: a paragraph for each run of lines, a line break for each line in it."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(escape(" ".join(line.split()), quote=False))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n".join(f"<p>{'<br>'.join(lines)}</p>" for lines in paragraphs if lines)


# ---------------------------------------------------------------- blocks into layout


def _render(
    document: Document, start: int, end: int, passages: Sequence[Passage], gaps: Sequence[Gap] = ()
) -> str:
    first = bisect_right([block.end for block in document.blocks], start)
    last = bisect_left([block.start for block in document.blocks], end)
    blocks = document.blocks[first:last]
    lowest = min((block.level for block in document.blocks if block.kind == "heading"), default=1)
    anchors = sorted({(passage.start, passage.id) for passage in passages})
    marks = merged((passage.start, passage.end) for passage in passages if passage.highlighted)
    layout = _Layout()
    next_anchor = 0
    for block in blocks:
        inside = [
            (max(one, block.start) - block.start, min(other, block.end) - block.start)
            for one, other in marks
            if one < block.end and other > block.start
        ]
        for piece in _pieces(document, block, (max(start, block.start), min(end, block.end)), gaps):
            if isinstance(piece, Gap):
                layout.add(_speaking(block), piece.notice, (), lowest)
                continue
            ids = []
            while next_anchor < len(anchors) and anchors[next_anchor][0] < piece[1]:
                ids.append(anchors[next_anchor][1])
                next_anchor += 1
            span = (piece[0] - block.start, piece[1] - block.start)
            layout.add(block, cut_html(block.html, *span, inside), ids, lowest)
    return layout.finish()


def _pieces(document: Document, block: Block, shown: Span, gaps: Sequence[Gap]) -> Iterator[Span | Gap]:
    """Yield what is shown of a block: stretches of its words, and each gap in the block that it begins in."""
    at, end = shown
    for gap in gaps:
        if gap.start >= block.end or gap.end <= block.start:
            continue
        if document.text[at : gap.start].strip():
            yield at, gap.start
        if gap.start >= block.start:
            yield gap
        at = max(at, gap.end)
    if at == shown[0] or document.text[at:end].strip():
        yield at, end


def _speaking(block: Block) -> Block:
    """Return the block that a notice stands in for `block`: a heading would head what follows."""
    return replace(block, kind="paragraph", level=0) if block.kind in TITLES else block


OWN_NUMBER = re.compile(r"\d{1,3}[.)]\s")


class _Layout:
    """Puts lists, tables and quotes around their blocks."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []  # closing tags, innermost last
        self._around = ""  # what kind of thing is open: "list", "table", "quote", "dl"
        self._group = 0

    def add(self, block: Block, html: str, ids: Sequence[str], lowest: int) -> None:
        around = _around(block)
        if around != self._around or (around in {"list", "table"} and block.group != self._group):
            self._close(0)
            self._around, self._group = around, block.group
        anchor = f' id="e-{escape(ids[0])}"' if ids else ""
        # One element has one id: further passages that begin in the same block get an empty one each.
        more = "".join(f'<span id="e-{escape(name)}"></span>' for name in ids[1:])
        if around == "list":
            self._add_item(block, f"{more}{html}", anchor)
        elif around == "table":
            if not self._open:
                self._begin("<table><tbody>", "</tbody></table>")
            # A span may not stand between cells.
            cells = html.replace("<td", f"<td{anchor}", 1) if html.startswith("<td") else html
            cells = cells.replace("<th", f"<th{anchor}", 1) if html.startswith("<th") else cells
            row = (
                cells.replace(">", f">{more}", 1)
                if cells.startswith("<t")
                else f"<td{anchor}>{more}{cells}</td>"
            )
            self._parts.append(f"<tr>{row}</tr>")
        elif around == "quote":
            if not self._open:
                self._begin("<blockquote>", "</blockquote>")
            self._parts.append(f"<p{anchor}>{more}{html}</p>")
        elif around == "dl":
            if not self._open:
                self._begin("<dl>", "</dl>")
            tag = "dt" if block.kind == "term" else "dd"
            self._parts.append(f"<{tag}{anchor}>{more}{html}</{tag}>")
        else:
            tag = "p"
            if block.kind == "heading":
                tag = f"h{min(LAST_HEADING, TOP_HEADING + block.level - lowest)}"
            elif block.kind == "summary":
                tag = f"h{LAST_HEADING}"
            self._parts.append(f"<{tag}{anchor}>{more}{html}</{tag}>")

    def _add_item(self, block: Block, html: str, anchor: str) -> None:
        """Add an item at its depth; a paragraph of the group belongs to the item before it."""
        if block.kind == "paragraph" and self._open:
            self._parts.append(f"<p{anchor}>{html}</p>")
            return
        # Each level has two things open: its list and its item.
        self._close(max(0, 2 * block.level - 1))
        if len(self._open) == 2 * block.level - 1:
            pass
        else:
            while len(self._open) < 2 * block.level - 1:
                if len(self._open) % 2:
                    # The passage begins below the list's first level.
                    self._begin("<li>", "</li>")
                tag = "ol" if block.ordered else "ul"
                # The items of a plain text bring their numbers along.
                kind = ' class="numbered"' if OWN_NUMBER.match(html) else ""
                self._begin(f"<{tag}{kind}>", f"</{tag}>")
        self._begin(f"<li{anchor}>", "</li>")
        self._parts.append(html)

    def _begin(self, opening: str, closing: str) -> None:
        self._parts.append(opening)
        self._open.append(closing)

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            self._parts.append(self._open.pop())

    def finish(self) -> str:
        self._close(0)
        return "".join(self._parts)


def _around(block: Block) -> str:
    if block.kind == "list_item" or (block.kind == "paragraph" and block.group and block.level):
        return "list"
    if block.kind == "table_row":
        return "table"
    if block.kind == "quote":
        return "quote"
    return "dl" if block.kind in {"term", "definition"} else ""


# ---------------------------------------------------------------- inside a block


def cut_html(html: str, start: int, end: int, marks: Sequence[tuple[int, int]] = ()) -> str:
    """Return the characters [start, end) of a block's HTML with their tags, those in `marks` marked.

    Offsets count characters of the block's text; tags that hold nothing of the cut are left out, but for the
    cells of a table, which hold their column's place.
    """
    cutter = _Cutter(start, end, marks)
    cutter.feed(html)
    cutter.close()
    return "".join(cutter.parts)


class _Cutter(HTMLParser):
    def __init__(self, start: int, end: int, marks: Sequence[tuple[int, int]]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._start, self._end, self._marks = start, end, marks
        self._place = 0
        self._waiting: list[tuple[str, str]] = []  # opened, and nothing of theirs written yet

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID_TAGS:
            if self._start < self._place < self._end:
                self.parts.append(f"<{tag}>")
            return
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self._waiting.append((tag, f"<{tag}{written}>"))

    def handle_endtag(self, tag: str) -> None:
        if self._waiting and self._waiting[-1][0] == tag and tag not in {"td", "th"}:
            self._waiting.pop()
            return
        self._write_waiting()
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        first = self._place
        self._place += len(data)
        start, end = max(self._start, first), min(self._end, self._place)
        if start >= end:
            return
        if data.isspace():
            # Between two cells; inside a sentence it is just as right.
            self.parts.append(data)
            return
        self._write_waiting()
        edges = sorted({start, end, *(edge for mark in self._marks for edge in mark if start < edge < end)})
        for one, other in pairwise(edges):
            text = escape(data[one - first : other - first], quote=False)
            marked = any(mark_start <= one and other <= mark_end for mark_start, mark_end in self._marks)
            self.parts.append(f"<mark>{text}</mark>" if marked else text)

    def _write_waiting(self) -> None:
        self.parts.extend(opening for _, opening in self._waiting)
        self._waiting.clear()
