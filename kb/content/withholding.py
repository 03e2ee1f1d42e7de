"""Tell which words of an article its page must not show: those of answers that were withdrawn or are being checked."""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from kb.content.documents import Block, Document, Span, Withheld
from kb.content.entries import Entry

# Of 100. Above, a passage is the old one, edited; sentences about the same subject stay below.
EDITED = 65
SAME_QUESTION = 85
# An edited passage may have grown: its lines are looked for within so many times its length.
NEIGHBOURHOOD = 2

TITLES = frozenset({"heading", "summary"})


def withheld_of(document: Document, standing: Iterable[Entry], lost: Iterable[Entry]) -> tuple[Withheld, ...]:
    """Return what the page of `document` must not show; `lost` are the entries whose answers it no longer holds."""
    return tuple(
        withheld
        for entry in (*standing, *lost)
        if (withheld := _withheld(document, entry, entry.answer in document.text)) is not None
    )


def without(spans: Iterable[Span], kept: Iterable[Span]) -> list[Span]:
    """Return `spans` in order less what is `kept`; those that touch are made one."""
    left: list[Span] = []
    edges = sorted(kept)
    for start, end in merged(spans):
        at = start
        for kept_start, kept_end in edges:
            if kept_start < end and kept_end > at:
                if at < kept_start:
                    left.append((at, kept_start))
                at = max(at, kept_end)
        if at < end:
            left.append((at, end))
    return left


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def _withheld(document: Document, entry: Entry, stands: bool) -> Withheld | None:
    if entry.status == "withdrawn":
        if stands:
            return Withheld(entry.id, "withdrawn", tuple(_places(document.text, entry.answer)))
        # Edited since: only who looks at it can tell whether it is right now.
        return Withheld(entry.id, "checked", tuple(_edited(document, entry)))
    if entry.audience != "public":
        return None
    if entry.status == "published":
        # None of the article's words is known to stand for it: then any that no answer holds may.
        return None if stands else Withheld(entry.id, "checked", tuple(_changed(document, entry)))
    if entry.status in ("draft", "orphaned") and (entry.published_on or entry.previous_answer):
        spans = _places(document.text, entry.answer) if stands else _edited(document, entry)
        return Withheld(entry.id, "checked", tuple(spans))
    return None


def _places(text: str, answer: str) -> Iterator[Span]:
    start = text.find(answer)
    while start >= 0:
        yield start, start + len(answer)
        start = text.find(answer, start + 1)


def _changed(document: Document, entry: Entry) -> list[Span]:
    return _edited(document, entry) or _paragraphs(document.blocks)


def _edited(document: Document, entry: Entry) -> list[Span]:
    """Return where the edited words of `entry` stand: like its answer, or below its question; else nothing."""
    found = fuzz.partial_ratio_alignment(entry.answer, document.text, score_cutoff=EDITED)
    if found is None:
        return _below(document, {entry.question, entry.auto.question if entry.auto else entry.question})
    start, end = found.dest_start, found.dest_end
    reach = NEIGHBOURHOOD * len(entry.answer)
    near_start, near_end = max(0, start - reach), end + reach
    for line in entry.answer.splitlines():
        at = document.text.find(line, near_start, near_end)
        if at >= 0:
            start, end = min(start, at), max(end, at + len(line))
    return _paragraphs([block for block in document.blocks if block.start < end and block.end > start])


def _below(document: Document, questions: Iterable[str]) -> list[Span]:
    """Return the paragraphs below the first heading that asks one of the questions."""
    asked = [question.casefold() for question in questions]
    for place, block in enumerate(document.blocks):
        heading = document.text_of(block).casefold()
        if block.kind not in TITLES or all(fuzz.ratio(heading, one) < SAME_QUESTION for one in asked):
            continue
        section: list[Block] = []
        for follower in document.blocks[place + 1 :]:
            if follower.kind in TITLES and follower.level <= block.level:
                break
            section.append(follower)
        return _paragraphs(section)
    return []


def _paragraphs(blocks: Sequence[Block]) -> list[Span]:
    """Return the spans of the blocks that stand together; headings stay, as they say what is missing."""
    spans: list[Span] = []
    for block in blocks:
        if block.kind in TITLES:
            continue
        if spans and block.start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], block.end)
        else:
            spans.append((block.start, block.end))
    return spans
