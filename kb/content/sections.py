"""Cut a document into sections: a heading with the blocks under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.content.documents import Block, Document
from kb.content.sentences import asks, is_in_title_case, word_count

# Bold lines head what follows only where bold is rare: a page that never closes a <b> is all bold.
MOST_BOLD = 0.3
MOST_WORDS_OF_A_BOLD_HEADING = 16
MOST_WORDS_OF_A_QUESTION_LINE = 28
MOST_WORDS_OF_A_TITLE_LINE, FEWEST_WORDS_UNDER_A_TITLE_LINE = 7, 15
# Levels of what heads a passage without being a heading of the page, below all that are.
BOLD_LEVEL, UNFOLDING_LEVEL, QUESTION_LEVEL = 7, 8, 9
NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)]\s+\S")
SENTENCE_BREAK = re.compile(r"[a-z][.!]\s+\S")
LETTERED = re.compile(r"\s*(?:Q|Question)\s*\d*\s*[:.)]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks under it, those of its own subsections left out.

    `heading` is None for what stands before the first heading, and for what goes on after a `<details>` or a
    definition has ended. `path` holds the headings above, the highest first. `level` is the heading's depth: 1 to 6
    as the page has it, more for bold lines, `<summary>`, terms and question lines; 0 without a heading.
    """

    heading: Block | None
    path: tuple[Block, ...]
    blocks: tuple[Block, ...]
    level: int = 0


def split_sections(document: Document) -> list[Section]:
    """Return the document's sections in reading order; together they hold every block once."""
    heads = heading_levels(document)
    sections: list[Section] = []
    open_heads: list[tuple[int, Block]] = []
    heading: Block | None = None
    path: tuple[Block, ...] = ()
    level = 0
    collected: list[Block] = []

    def close() -> None:
        if heading is not None or collected:
            sections.append(Section(heading, path, tuple(collected), level))
        collected.clear()

    for index, block in enumerate(document.blocks):
        own_level = heads.get(index)
        if own_level is not None:
            close()
            while open_heads and (open_heads[-1][0] >= own_level or _has_ended(open_heads[-1][1], block)):
                open_heads.pop()
            path = tuple(head for _, head in open_heads)
            open_heads.append((own_level, block))
            heading, level = block, own_level
            continue
        if open_heads and _has_ended(open_heads[-1][1], block):
            close()
            while open_heads and _has_ended(open_heads[-1][1], block):
                open_heads.pop()
            heading, level = None, 0
            path = tuple(head for _, head in open_heads)
        collected.append(block)
    close()
    return sections


def _has_ended(head: Block, block: Block) -> bool:
    """Return whether a block stands after the `<details>` or definition list that its head belongs to."""
    return head.kind in {"summary", "term"} and head.enclosure not in {0, block.enclosure}


def heading_levels(document: Document) -> dict[int, int]:
    """Return for the number of each block that heads others its level."""
    bold_counts = bold_is_rare(document.blocks)
    levels: dict[int, int] = {}
    boxes = boxes_in_lists(document)
    for index, block in enumerate(document.blocks):
        if index in boxes:
            continue
        if block.kind == "heading":
            levels[index] = max(1, block.level)
        elif block.kind in {"summary", "term"}:
            levels[index] = UNFOLDING_LEVEL
        elif block.kind == "paragraph" and not block.place:
            text = document.text_of(block)
            following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
            if following is None or following.place or following.kind in {"heading", "summary", "term"}:
                continue
            if bold_counts and block.strong and not following.strong and _heads_like_a_heading(text):
                levels[index] = BOLD_LEVEL
            elif _is_question_line(text):
                levels[index] = QUESTION_LEVEL
            elif index and _is_title_line(text, document.blocks[index - 1], following, document):
                levels[index] = BOLD_LEVEL
    return levels


def bold_is_rare(blocks: Sequence[Block]) -> bool:
    """Return whether bold type says anything in a document."""
    body = [block for block in blocks if block.kind != "heading" and not block.place]
    bold = sum(block.end - block.start for block in body if block.strong)
    return bold <= MOST_BOLD * sum(block.end - block.start for block in body)


def _heads_like_a_heading(text: str) -> bool:
    """Return whether a bold paragraph is a heading: short, and no sentence or lead-in of its own."""
    if len(text.split()) > MOST_WORDS_OF_A_BOLD_HEADING or text.startswith("("):
        return False
    if NUMBERED.match(text) and text.endswith(":"):
        return True
    return text.endswith("?") or not text.endswith((".", ":", ",", ";", "!", "…", ")"))


def _is_title_line(text: str, before: Block, following: Block, document: Document) -> bool:
    """Return whether a paragraph between two others is a heading in all but its mark-up: "Make a Plan"."""
    return (
        before.kind == following.kind == "paragraph"
        and not before.place
        and 1 < len(text.split()) <= MOST_WORDS_OF_A_TITLE_LINE
        and text[-1].isalpha()
        and ":" not in text
        and is_in_title_case(f"a {text}")
        and document.text_of(before).endswith((".", "!", "?"))
        and len(document.text_of(following).split()) >= FEWEST_WORDS_UNDER_A_TITLE_LINE
    )


def _is_question_line(text: str) -> bool:
    """Return whether a paragraph is nothing but a question: a line of a FAQ without markup."""
    if not asks(text) or text.endswith(('"', "”", "»")) or word_count(text) > MOST_WORDS_OF_A_QUESTION_LINE:
        return False
    if LETTERED.match(text) is not None:
        return True
    # "I was in pain. But what about my jaw?" tells before it asks: a paragraph of a story.
    return text.count("?") <= 1 and (SENTENCE_BREAK.search(text) is None or "¿" in text)


def boxes_in_lists(document: Document) -> frozenset[int]:
    """Return the numbers of blocks that part a list from the sentence that announces it: a box put there by a page.

    Such a box is a heading, and at most two short paragraphs, between a lead-in and its list.
    """
    blocks = document.blocks
    boxes: set[int] = set()
    for index, block in enumerate(blocks[:-2]):
        if block.kind != "paragraph" or not document.text_of(block).endswith(":"):
            continue
        after = index + 1
        if blocks[after].kind != "heading":
            continue
        following = after + 1
        while following < len(blocks) and blocks[following].kind == "paragraph" and following - after <= 2:
            if document.text_of(blocks[following]).endswith(":"):
                break
            following += 1
        if following > after + 1 and following < len(blocks) and blocks[following].kind == "list_item":
            boxes.update(range(after, following))
    return frozenset(boxes)
