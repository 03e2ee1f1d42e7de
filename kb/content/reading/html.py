"""A page is walked as a browser shows it: every visible word goes into a block, hidden ones into none."""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from html5lib.constants import DataLossWarning

from kb.content.documents import BlockKind, Place
from kb.content.reading.blocks import (
    CELL_TAGS,
    INLINE_TAGS,
    KEPT_ATTRIBUTES,
    LINK_SCHEMES,
    Draft,
    Shape,
)
from kb.content.reading.depth import flattened
from kb.content.reading.hidden import Hidden, unfolds
from kb.content.reading.places import attribute, place_by_class, place_by_name

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LIST_TAGS = frozenset({"ul", "ol", "menu", "dir"})
# A tag that starts a new line on the page, and so a new block here.
BLOCK_TAGS = (
    HEADING_TAGS
    | LIST_TAGS
    | frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "button",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "html",
            "label",
            "legend",
            "li",
            "main",
            "nav",
            "option",
            "p",
            "pre",
            "search",
            "section",
            "select",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "td",
            "th",
            "textarea",
            "title",
        ]
    )
)
# Inside these, a new line is but a space: a heading is one heading.
WHOLE_TAGS = HEADING_TAGS | frozenset({"summary", "dt", "caption"})
# Past this many characters a "heading" is an unclosed tag that took the page in.
LONGEST_HEADING = 400
KIND_OF_TAG: dict[str, BlockKind] = {
    **dict.fromkeys(HEADING_TAGS, "heading"),
    "dt": "term",
    "dd": "definition",
    "summary": "summary",
    "blockquote": "quote",
}
# Elements that a page may set as headings by a role, or by the class that its style sheet gives to one.
STYLED_AS_HEADINGS = frozenset({"p", "div"})
# A table that holds one of these, or long cells, lays out a page and is no table to a reader.
LAYOUT_SIGNS = HEADING_TAGS | {"dl", "table", "section", "article", "main", "nav"}
PARAGRAPHS_OF_A_LAYOUT_CELL = 3
# Markdown left in a page: "- one" on a line of its own within a paragraph.
DASH_LINE = re.compile(r"\n[ \t]*[-*•·][ \t]+(?=\S)")
DEEPEST_LEVEL = 99
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47


def parse(source: str) -> BeautifulSoup:
    """Return the page as a tree, built as browsers build it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataLossWarning)  # characters that XML forbids and pages hold
        warnings.filterwarnings("ignore", module="bs4")  # text that looks like a file name or an address
        # Nobody asks on which line an element stands, and counting lines takes time for each.
        return BeautifulSoup(flattened(source), "html5lib", store_line_numbers=False)


def drafts_of_page(page: Tag, address: str = "") -> list[Draft]:
    """Return the drafts of all blocks of a page; relative links are resolved against its `address`, or dropped."""
    return _Walk(page, address).drafts()


class _Walk:
    """One walk over a page. Keeps its own stack, as pages nest deeper than Python calls may."""

    def __init__(self, page: Tag, address: str) -> None:
        self._page = page
        self._address = address
        self._drafts: list[Draft] = []
        self._draft = Draft(Shape())
        self._groups = 0
        elements = [element for element in page.descendants if isinstance(element, Tag)]
        self._hidden = Hidden(elements)
        self._holding_headings = _ancestors(one for one in elements if one.name in HEADING_TAGS)
        self._holding_layout = _ancestors(one for one in elements if one.name in LAYOUT_SIGNS)
        self._holding_paragraphs = _ancestors(one for one in elements if one.name == "p")
        self._page_length = len(page.get_text())
        self._items = 0
        self._begun_items: set[int] = set()

    def drafts(self) -> list[Draft]:
        # Each step is an element with the shape of its blocks, or a closing to be done.
        stack: list[tuple[Tag | NavigableString, Shape] | _Closing] = [(self._page, Shape())]
        while stack:
            step = stack.pop()
            if isinstance(step, _Closing):
                self._close(step)
                continue
            node, shape = step
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):  # comments, declarations
                    self._add_text(str(node), shape)
                continue
            if node in self._hidden:
                continue
            inner, closing = self._open(node, shape)
            stack.append(closing)
            stack.extend(
                (child, inner)
                for child in reversed(node.contents)
                if isinstance(child, Tag | NavigableString)
            )
        self._next_draft(Shape())
        return self._drafts

    # ------------------------------------------------------------ elements

    def _open(self, node: Tag, shape: Shape) -> tuple[Shape, "_Closing"]:
        """Begin an element; return the shape of what is in it, and how it ends."""
        tag = node.name
        if isinstance(shape, _Whole):
            return shape, self._open_inside_whole(node)
        if tag == "br":
            self._line_break(node, shape)
            return shape, _Closing()
        if tag in INLINE_TAGS:
            self._draft.open_tag(tag, self._attributes(node))
            return shape, _Closing(tag=tag)
        if tag not in BLOCK_TAGS:
            return shape, _Closing()
        inner, lang = self._shape_inside(node, shape), _language(node) or shape.lang
        inner = inner if inner.lang == lang else replace(inner, lang=lang)
        self._next_draft(inner)
        return inner, _Closing(back_to=shape)

    def _open_inside_whole(self, node: Tag) -> "_Closing":
        """Begin an element inside a heading, a table row and their like, where a new line is a space."""
        tag = node.name
        if tag == "br":
            self._draft.add_break()
            return _Closing()
        if tag in INLINE_TAGS or (tag in CELL_TAGS and self._draft.shape.kind == "table_row"):
            if tag in CELL_TAGS:
                self._draft.space = True
            self._draft.open_tag(tag, self._attributes(node))
            return _Closing(tag=tag)
        if tag in BLOCK_TAGS:
            self._draft.space = True
            return _Closing(space=True)
        return _Closing()

    def _shape_inside(self, node: Tag, shape: Shape) -> Shape:
        """Return the shape of the blocks inside a block element."""
        tag = node.name
        heads_a_panel = unfolds(node)
        place = shape.place if heads_a_panel else self._place(node) or shape.place
        shape = shape if place == shape.place else replace(shape, place=place)
        if tag in LIST_TAGS:
            group = shape.group if shape.level and shape.kind == "list_item" else self._new_group()
            level = min(shape.level + 1 if shape.kind == "list_item" else 1, DEEPEST_LEVEL)
            return replace(shape, kind="list_item", level=level, group=group, ordered=tag == "ol")
        if tag in {"li", "dd"} and id(node) in self._holding_headings:
            return Shape(place=place, enclosure=shape.enclosure)  # a card or an accordion, no item
        if tag == "li":
            self._items += 1
            if shape.kind == "list_item":
                return replace(shape, item=self._items)
            return replace(shape, kind="list_item", level=1, group=self._new_group(), item=self._items)
        if tag == "tr":
            if self._is_layout(node):
                return Shape(place=place, enclosure=shape.enclosure)
            group = shape.group or self._new_group()
            return _Whole(kind="table_row", group=group, place=place, enclosure=shape.enclosure)
        if tag == "table":
            return Shape(place=place, group=self._new_group(), enclosure=shape.enclosure)
        if tag in {"dl", "details"}:
            group = self._new_group()
            return Shape(place=place, group=group, enclosure=shape.enclosure or group)
        if heads_a_panel:
            # What a button unfolds stands under it, as under a <summary>.
            return _Whole(kind="summary", place=shape.place, enclosure=shape.enclosure)
        level = _heading_level(node)
        if (level or tag in WHOLE_TAGS) and len(node.get_text()) <= LONGEST_HEADING:
            group = shape.group if not level else 0
            kind: BlockKind = "heading" if level else KIND_OF_TAG.get(tag, "paragraph")
            if level and place == "header":
                place = ""
            return _Whole(kind=kind, level=level, group=group, place=place, enclosure=shape.enclosure)
        if tag in {"dd", "blockquote"}:
            return replace(shape, kind=KIND_OF_TAG[tag])
        return shape

    def _place(self, node: Tag) -> Place:
        named = place_by_name(node)
        if named:
            return named
        by_class = place_by_class(node)
        # A page may name its frame after its sidebar; what holds most of the words is the article.
        return by_class if by_class and len(node.get_text()) * 2 < self._page_length else ""

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _is_layout(self, row: Tag) -> bool:
        # Asked for each row of a table, of which there may be thousands: looked up, not searched for.
        table = next((parent for parent in row.parents if parent.name == "table"), None)
        if table is None:
            return True
        if attribute(table, "role") == "presentation" or id(row) in self._holding_layout:
            return True
        return id(row) in self._holding_paragraphs and any(
            len(cell.find_all("p", limit=PARAGRAPHS_OF_A_LAYOUT_CELL)) >= PARAGRAPHS_OF_A_LAYOUT_CELL
            for cell in row.find_all(["td", "th"], recursive=False)
        )

    def _attributes(self, node: Tag) -> str:
        """Return the attributes worth keeping, as they stand in a tag; the sanitiser has the last word."""
        kept = {name: attribute(node, name) for name in node.attrs if name in KEPT_ATTRIBUTES}
        if "href" in kept:
            try:
                target = urljoin(self._address, kept["href"].strip())
                known = urlsplit(target).scheme.lower() in LINK_SCHEMES
            except ValueError:  # an address with half a bracket
                known = False
            if known:
                kept["href"] = target
            else:
                del kept["href"]
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())

    # ------------------------------------------------------------ blocks

    def _add_text(self, text: str, shape: Shape) -> None:
        draft = self._draft
        if isinstance(shape, _Whole) or shape.kind not in {"paragraph", "definition"}:
            draft.add_text(text)
            return
        after_break = draft.html and draft.html[-1] == "<br>"
        before, *items = DASH_LINE.split(f"\n{text.lstrip()}" if after_break else text)
        in_list = draft.shape.kind == "list_item"
        announced = f"{''.join(draft.text)}{before}".rstrip().endswith(":") if items else False
        # One such line alone may be a dash where a long line was wrapped.
        if not items or not (in_list or announced or len(items) > 1):
            draft.add_text(text)
            return
        draft.add_text(before)
        group = draft.shape.group if in_list else self._new_group()
        for item in items:
            self._next_draft(replace(shape, kind="list_item", level=1, group=group))
            self._draft.add_text(item)

    def _line_break(self, node: Tag, shape: Shape) -> None:
        """End a line: two in a row end the paragraph, and so does one after a line that is all bold."""
        draft = self._draft
        following = node.next_sibling
        while isinstance(following, NavigableString) and not following.strip():
            following = following.next_sibling
        doubled = isinstance(following, Tag) and following.name == "br"
        bold_line = draft.letters and draft.bold_letters == draft.letters and not draft.links
        if shape.kind == "paragraph" and (doubled or bold_line):
            self._next_draft(replace(draft.shape))
        else:
            draft.add_break()

    def _next_draft(self, shape: Shape) -> None:
        """Begin another block, inside the inline tags that are open."""
        draft = self._draft
        open_tags = list(draft.open_tags)
        for tag, _ in reversed(open_tags):
            draft.close_tag(tag)
        if draft.text:
            item = draft.shape.item
            if item in self._begun_items and draft.shape.kind == "list_item":
                # A further paragraph of the same item has no bullet of its own.
                draft.shape = replace(draft.shape, kind="paragraph")
            if item:
                self._begun_items.add(item)
            self._drafts.append(draft)
        self._draft = Draft(shape)
        for tag, attributes in open_tags:
            self._draft.open_tag(tag, attributes)

    def _close(self, closing: "_Closing") -> None:
        if closing.tag:
            self._draft.close_tag(closing.tag)
        if closing.space:
            self._draft.space = True
        if closing.back_to is not None:
            self._next_draft(closing.back_to)


class _Whole(Shape):
    """The shape of a block whose inner lines are no blocks of their own."""


class _Closing:
    """What is to be done when an element ends."""

    def __init__(self, tag: str = "", back_to: Shape | None = None, *, space: bool = False) -> None:
        self.tag = tag
        self.back_to = back_to
        self.space = space


def _heading_level(node: Tag) -> int:
    """Return the level of an element that a page shows as a heading, by its tag, role or class; 0 for any other."""
    if node.name in HEADING_TAGS:
        return int(node.name[1])
    if node.name not in STYLED_AS_HEADINGS:
        return 0
    named = HEADING_TAGS.intersection(attribute(node, "class").lower().split())
    is_heading = attribute(node, "role") == "heading"
    if not (named or is_heading) or node.find(sorted(BLOCK_TAGS)) is not None:
        return 0
    if is_heading:
        level = attribute(node, "aria-level")
        return min(int(level), 6) if level.isdecimal() and int(level) else 2
    return int(min(named)[1])


def _language(node: Tag) -> str:
    """Return the language that a part of a page is marked as; "" where it is not, and for the page as a whole."""
    named = "" if node.name in {"html", "body"} else attribute(node, "lang").strip()
    return named if LANGUAGE.fullmatch(named) else ""


def _ancestors(elements: Iterable[Tag]) -> set[int]:
    """Return the identities of all elements around these."""
    found: set[int] = set()
    for element in elements:
        for parent in element.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def visible_text(source: str) -> str:
    """Return the words of a piece of HTML that a browser shows, white space squeezed."""
    text = ("".join(draft.text) for draft in drafts_of_page(parse(source)))
    return " ".join(part for part in text if part)


def iterate_json_scripts(page: Tag) -> Iterator[str]:
    """Yield the content of each JSON-LD script of a page."""
    for script in page.find_all("script", type="application/ld+json"):
        yield script.string or ""
