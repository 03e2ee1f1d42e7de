"""Plain text is read by its lines: what its writer set apart becomes headings, lists and paragraphs."""

import re
from itertools import chain, islice, pairwise

from kb.content.reading.blocks import Draft, Shape
from kb.content.sentences import is_in_title_case

# "Q. Can I park?" asks; a list seldom gets as far.
BULLET = re.compile(r"^\s*(?:[-*•·‣◦▪●–—]|\d{1,3}[.)]|(?!Q)[a-zA-Z][.)])\s+(?=\S)")
MARK_ONLY_BULLET = re.compile(r"^\s*[-*•·‣◦▪●–—]\s+(?=\S)")
NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(?=\S)")
LETTERED_OR_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[aA])[.)]\s+(?=\S)")
UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|\*{3,}|~{3,}|_{3,})\s*$")
SENTENCE_END = re.compile(r"[.!…:;,]['\"”’)\]]*$")
# "Other signs include", above a list: a sentence that the list ends.
LEAD_IN = re.compile(
    r"\b(?:includes?|including|are|is|may|can|to|on|of|if|with|for|that|and|or|such as|like|have|has|by)$",
    re.IGNORECASE,
)
# "What it is for" asks, and announces no list.
ASKING = re.compile(r"(?:what|who|when|where|why|how)\b", re.IGNORECASE)
# A line that a margin ended is longer than this.
SHORTEST_MARGIN_LINE = 48
LONGEST_HEADING = 120
MOST_WORDS_OF_A_HEADING = 14
MOST_WORDS_BEFORE_A_COLON = 6
MOST_WORDS_OVER_A_LIST = 4
# The line that a text opens with is its title, also when it is as long as a headline.
MOST_WORDS_OF_A_TITLE = 24
# A line this near to the longest of its paragraph was broken by an editor's right margin, not by its writer.
WRAPPED = 0.65
NARROWEST_MARGIN, WIDEST_MARGIN = 40, 130


def drafts_of_text(source: str) -> list[Draft]:
    """Return the drafts of the blocks of a plain text; offsets and words are those of the text."""
    paragraphs = _paragraphs(source)
    drafts: list[Draft] = []
    group = 0
    in_list = in_numbered = False
    for index, paragraph in enumerate(paragraphs):
        lines = paragraph
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else []
        if len(lines) == 1 and _is_heading(lines[0], following, first=index == 0, in_numbered=in_numbered):
            level = 1 if not drafts else 2
            drafts.append(_draft(Shape("heading", level=level), [lines[0]]))
            in_list = in_numbered = False
            continue
        if len(lines) > 1 and heads_its_paragraph(lines):
            drafts.append(_draft(Shape("heading", level=1 if not drafts else 2), lines[:1]))
            in_list = in_numbered = False
            lines = lines[1:]
        for block in _unwrapped(lines):
            bullet = BULLET.match(block[0])
            # A numbered line alone among paragraphs is a step or a heading of the text, not a list of one.
            if bullet and (MARK_ONLY_BULLET.match(block[0]) or in_list or _has_neighbour(lines, following)):
                group += not in_list
                # A number or a letter is a word of the text; only a mark is layout.
                mark = MARK_ONLY_BULLET.match(block[0])
                words = block[0][mark.end() :] if mark else block[0].lstrip()
                drafts.append(_draft(Shape("list_item", level=1, group=group), [words, *block[1:]]))
                in_list, in_numbered = True, NUMBERED.match(block[0]) is not None
            else:
                drafts.append(_draft(Shape(), block))
                in_list = in_numbered = False
    return drafts


def _draft(shape: Shape, lines: list[str]) -> Draft:
    draft = Draft(shape)
    for line in lines:
        draft.add_text(f"{line} ")
    return draft


def _paragraphs(source: str) -> list[list[str]]:
    """Return the runs of filled lines; an underlined line is a run of its own."""
    paragraphs: list[list[str]] = [[]]
    for line in source.split("\n"):
        if UNDERLINE.match(line):
            if paragraphs[-1]:
                paragraphs[-1:] = [part for part in (paragraphs[-1][:-1], paragraphs[-1][-1:]) if part]
            paragraphs.append([])
        elif line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [part for paragraph in paragraphs if paragraph for part in _parted_at_headings(paragraph)]


def _parted_at_headings(lines: list[str]) -> list[list[str]]:
    """Return a run of lines parted where a heading stands on top of a list with no empty line above it."""
    parts = [lines[:1]]
    for (before, line), following in zip(pairwise(lines), [*lines[2:], ""], strict=False):
        if _heads_a_list(line, following) and SENTENCE_END.search(before.strip()):
            parts.append([])
        parts[-1].append(line)
    return parts


def _heads_a_list(line: str, following: str) -> bool:
    """Return whether a line is a few words in the way of a title over the first of some numbered lines."""
    text = line.strip()
    return (
        LETTERED_OR_NUMBERED.match(following) is not None
        and BULLET.match(line) is None
        and text[:1].isupper()
        and len(text.split()) <= MOST_WORDS_OVER_A_LIST
        and not re.search(r"[!…:;,?]$", text)
        and not LEAD_IN.search(text)
    )


def _unwrapped(lines: list[str]) -> list[list[str]]:
    """Return the lines of a paragraph, those that only a margin parted kept together."""
    longest = max(len(line) for line in lines)
    margin = NARROWEST_MARGIN <= longest <= WIDEST_MARGIN
    blocks = [[lines[0]]]
    for before, line in pairwise(lines):
        indented = line[0].isspace() and BULLET.match(blocks[-1][0])
        wrapped = margin and len(before) >= WRAPPED * longest and not (before.rstrip().endswith(":"))
        # A sentence that goes on in small letters was broken, whatever the other lines are like.
        goes_on = (
            len(before) >= SHORTEST_MARGIN_LINE
            and line.strip()[0].islower()
            and not SENTENCE_END.search(before.strip())
        )
        if not BULLET.match(line) and (wrapped or indented or goes_on):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _has_neighbour(lines: list[str], following: list[str]) -> bool:
    # Of thousands of lines, the first two that are marked tell.
    marked = (line for line in chain(lines, following[:1]) if BULLET.match(line))
    return len(list(islice(marked, 2))) > 1


def heads_its_paragraph(lines: list[str]) -> bool:
    """Return whether a paragraph's first line is a heading with no empty line under it: short, and no sentence."""
    first, second = lines[0].strip(), lines[1].strip().lstrip("\"“‘'(")
    if not second:
        return False
    if len(first) > SHORTEST_MARGIN_LINE or first[0].islower() or BULLET.match(lines[0]):
        return False
    if _is_title_with_colon(first) or _heads_a_list(first, lines[1]):
        return True
    if not first.endswith("?") and (
        SENTENCE_END.search(first) or LEAD_IN.search(first) or len(first.split()) > 8
    ):
        return False
    # The lines of an address or a poem are all short; what a heading heads is a sentence or a list.
    return BULLET.match(lines[1]) is not None or (
        SENTENCE_END.search(lines[-1].strip()) is not None
        and second[0].isupper()
        and len(second) > len(first)
    )


def _is_title_with_colon(line: str) -> bool:
    """Return whether a line is a title that a colon ends: "Eating and Drinking:"; a lead-in is a sentence."""
    words = line.removesuffix(":").split()
    return (
        line.endswith(":")
        and 0 < len(words) <= MOST_WORDS_BEFORE_A_COLON
        and line[0].isupper()
        and (len(words) == 1 or is_in_title_case(line))
    )


def _is_heading(line: str, following: list[str], *, first: bool, in_numbered: bool) -> bool:
    """Return whether a line that stands alone heads what follows."""
    text = line.strip()
    if not following or MARK_ONLY_BULLET.match(line) or len(text) > LONGEST_HEADING * (1 + first):
        return False
    numbered = NUMBERED.match(line)
    if numbered:
        # "1. Age makes a difference." above a paragraph; but not one of a list of numbered lines.
        return not in_numbered and BULLET.match(following[0]) is None
    words = text.split()
    most_words = MOST_WORDS_OF_A_TITLE if first else MOST_WORDS_OF_A_HEADING
    if len(words) > most_words and not text.endswith("?"):
        return False
    if text.endswith("?"):
        return True
    if _is_title_with_colon(text):
        return True
    announces = LEAD_IN.search(text) and not ASKING.match(text)
    if SENTENCE_END.search(text) or text[0].islower() or announces:
        return False
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    if all(character.isupper() for character in letters):
        return True
    # A heading is followed by more than itself: the next line is longer, or a list.
    return first or len(following[0].strip()) > len(text) or BULLET.match(following[0]) is not None
