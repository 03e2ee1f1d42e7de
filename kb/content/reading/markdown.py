"""Markdown becomes HTML, after its looser habits are written in the form that the parser knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from kb.content.reading.plain import heads_its_paragraph
from kb.content.reading.templates import MARKDOWN_PART

EXTENSIONS = ("tables", "def_list", "sane_lists", "attr_list", "fenced_code", "abbr")

FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
EMPTY_HEADING = re.compile(r"^(#{1,6})[ \t]*$")
LIST_ITEM = re.compile(r"^([ \t]*)([-*+•]|\d{1,9}[.)])[ \t]+(?=\S)")
RULE = re.compile(r"^[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
DEFINITION = re.compile(r"^[ ]{0,3}:[ \t]+\S")
TABLE_LINE = re.compile(r"^\s*\|.*\|\s*$")
LINK_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]^]+\]:[ \t]*\S.*$", re.MULTILINE)
UNSHOWN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# Elements that hold paragraphs: what stands inside them may be Markdown again.
CONTAINERS = (
    "div|section|article|aside|details|main|header|footer|nav|figure|center|blockquote|ul|ol|dl|table|thead|tbody"
    "|tfoot|tr|form|fieldset|html|body|head|hr|link|meta|iframe|noscript"
)
# Elements that hold words: a line of theirs goes on until they end.
HOLDERS = "p|li|td|th|h[1-6]|dt|dd|summary|figcaption|caption|pre|address|button|label|title"
HTML_LINE = re.compile(rf"^[ \t]*</?(?:{CONTAINERS}|{HOLDERS})\b[^<>]*>", re.IGNORECASE)
HOLDER_TAG = re.compile(rf"<(/?)({HOLDERS})\b[^<>]*>", re.IGNORECASE)
# In a line of HTML, the two marks of Markdown that would show.
INLINE_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\))?)(?:\s+\"[^\"]*\")?\)")
INLINE_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
# What has a meaning of its own at the beginning of a line.
MARKED_LINE = re.compile(r"^[ \t]*(?:[#>|<:=~`*_-]|\[[^\]]+\]:|!?\[)")
# Without one of these, words hold nothing that the parser would mark up, but for abbreviations that a text defines.
INLINE_MARK = re.compile(r"[`\\\[<&*_]|  \n")
ABBREVIATION = "*["
LOWEST_HEADING = "######"
MOST_LINES_LOOKED_AT = 50
# Past this depth lists are no deeper for a reader, and the parser calls itself once for each level.
DEEPEST_LIST = 12
BULLETS = frozenset("-*+•")
BEFORE_INLINE_MARKS = 21  # the parser's own step has 20
INDENT = 4  # What the parser wants for each level of a list.
# The parser's time grows faster than the text; headings are where it may be cut without harm.
LONGEST_PART = 20_000


def to_html(source: str) -> str:
    """Return the HTML of a Markdown text, HTML within it left as it stands.

    A line that begins with a tag is HTML, as far as its element goes; all else is Markdown, also inside a `<div>`.
    """
    source = UNSHOWN.sub("", source)
    links = "\n".join(LINK_DEFINITION.findall(source))
    parser = Markdown(extensions=list(EXTENSIONS))
    if ABBREVIATION not in source:
        parser.treeprocessors.register(_PlainWords(), "plain words", BEFORE_INLINE_MARKS)
    pages = []
    for part in _parts(source):
        if part.is_html:
            pages.append(_inline_html("\n".join(part.lines)))
        else:
            pages.append(
                parser.reset().convert(
                    "\n".join([*part.lines, "", links]) if links else "\n".join(part.lines)
                )
            )
    return "\n".join(pages)


class _PlainWords(Treeprocessor):
    """Tells the parser which words hold no mark, so that it does not look for each kind of mark in them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and INLINE_MARK.search(element.text) is None:
                element.text = AtomicString(element.text)


def render_markdown_parts(source: str) -> str:
    """Return a page template with what stands between its Markdown tags made HTML."""
    return MARKDOWN_PART.sub(lambda match: f"\n{to_html(_unindented(match.group(1)))}\n", source)


def _unindented(text: str) -> str:
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return "\n".join(line[min(indents, default=0) :] for line in lines)


def _inline_html(html: str) -> str:
    linked = INLINE_LINK.sub(
        lambda match: f'<a href="{match[2].replace(chr(34), "%22")}">{match[1]}</a>', html
    )
    return INLINE_BOLD.sub(r"<strong>\1</strong>", linked)


@dataclass
class _Part:
    """Lines that are all HTML, or all Markdown in the form that the parser reads."""

    is_html: bool
    after_html: bool = False
    lines: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)  # of the open list items, outermost first
    marks: list[str] = field(default_factory=list)  # of the same: "-" or "1"
    length: int = 0

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.length += len(line)

    @property
    def after_gap(self) -> bool:
        return not self.lines or not self.lines[-1]


def _parts(source: str) -> Iterator[_Part]:
    """Yield the parts of a Markdown text in order.

    Lists may follow a paragraph without an empty line, be indented by two or three spaces and be numbered "1)";
    a heading mark may stand alone above its heading.
    """
    part = _Part(is_html=False)
    lines = source.split("\n")
    fence = ""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        fence_mark = FENCE.match(line)
        if fence or fence_mark:
            if not fence and fence_mark:
                fence = fence_mark.group(1)
            elif line.strip().startswith(fence):
                fence = ""
            part.add(line)
            continue
        if HTML_LINE.match(line) and not (part.indents and _width(line) > part.indents[-1]):
            yield part
            html = _Part(is_html=True, lines=[line])
            while _open_holders("\n".join(html.lines)) and index < len(lines) and lines[index].strip():
                html.add(lines[index])
                index += 1
            yield html
            part = _Part(is_html=False, after_html=True)
            continue
        empty_heading = EMPTY_HEADING.match(line)
        if empty_heading:
            heading = _next_filled(lines, index)
            if heading < len(lines) and _may_be_heading(lines, heading):
                line, index = f"{empty_heading.group(1)} {lines[heading].strip()}", heading + 1
            else:
                line = ""
        if line.startswith("#") and part.length > LONGEST_PART:
            yield part
            part = _Part(is_html=False)
        if part.after_gap and not part.indents and _heads_the_lines_below(lines, index - 1):
            line = f"{LOWEST_HEADING} {line.strip()}"
        _add_line(part, line)
    yield part


def _heads_the_lines_below(lines: list[str], index: int) -> bool:
    """Return whether a line is a heading without a mark of its own, and without an empty line under it."""
    end = index
    while end < len(lines) and lines[end].strip():
        end += 1
    paragraph = lines[index : min(end, index + MOST_LINES_LOOKED_AT)]
    return (
        len(paragraph) > 1
        and not any(MARKED_LINE.match(line) for line in paragraph[:2])
        and heads_its_paragraph(paragraph)
    )


def _open_holders(html: str) -> bool:
    """Return whether an element that holds words is still open at the end."""
    depth = 0
    for match in HOLDER_TAG.finditer(html):
        depth += -1 if match[1] else 1
    return depth > 0


def _add_line(part: _Part, line: str) -> None:
    """Add a line of Markdown, its list level and the gaps around it as the parser wants them."""
    if not line.strip():
        part.add("")
        return
    item = None if RULE.match(line) else LIST_ITEM.match(line)
    if item:
        _add_item(part, line, item)
        return
    width = _width(line)
    if part.after_gap:
        while part.indents and width <= part.indents[-1]:
            part.indents.pop()
            part.marks.pop()
    if width == 0 and (line.startswith("#") or (TABLE_LINE.match(line) and not _after_table_line(part))):
        part.indents.clear()
        part.marks.clear()
        part.add("")
    if part.indents:
        part.add(" " * (INDENT * min(len(part.indents), DEEPEST_LIST)) + line.strip())
        return
    if DEFINITION.match(line) and part.lines and part.after_gap:
        while part.lines and not part.lines[-1]:
            part.lines.pop()  # The parser wants a definition right under its term.
    # Between tags, an indent follows the tags' own and makes no program code.
    part.add(line.lstrip() if part.after_html else line)


def _after_table_line(part: _Part) -> bool:
    return bool(part.lines) and TABLE_LINE.match(part.lines[-1]) is not None


def _add_item(part: _Part, line: str, item: re.Match[str]) -> None:
    """Add a list item at four spaces for each level above it."""
    width = _width(line)
    while part.indents and width < part.indents[-1]:
        part.indents.pop()
        part.marks.pop()
    mark = "-" if item.group(2) in BULLETS else "1"
    if not part.indents or width >= part.indents[-1] + 2:
        if not part.indents and not part.after_gap:
            part.add("")
        part.indents.append(width)
        part.marks.append(mark)
    elif part.marks[-1] != mark:
        part.add("")  # A list of another kind begins.
        part.marks[-1] = mark
    depth = min(len(part.indents), DEEPEST_LIST) - 1
    marker = "-" if mark == "-" else f"{item.group(2)[:-1]}."
    part.add(f"{' ' * (INDENT * depth)}{marker} {line[item.end() :]}")


def _width(line: str) -> int:
    expanded = line.expandtabs(INDENT)
    return len(expanded) - len(expanded.lstrip())


def _next_filled(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _may_be_heading(lines: list[str], index: int) -> bool:
    """Return whether a line can be the heading that an empty mark announces: one short line, alone."""
    line = lines[index].strip()
    alone = index + 1 >= len(lines) or not lines[index + 1].strip()
    return (
        alone and len(line) <= 160 and not line.startswith(("#", "|", "<", ">")) and not LIST_ITEM.match(line)
    )
