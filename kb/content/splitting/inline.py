"""Part the publisher's questions from their answers where both stand in one paragraph or one item of a list."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise

from kb.content.documents import Block, Document, Span
from kb.content.reading.language import foreign_language_of
from kb.content.sections import MOST_WORDS_OF_A_QUESTION_LINE, bold_is_rare
from kb.content.sentences import asks, sentence_spans, word_count
from kb.content.splitting.headings import QUESTION_OPENING

FEWEST_WORDS, FEWEST_WORDS_ELSEWHERE = 3, 2  # "¿Es grave?" is whole
CLOSING_QUOTES = ('"', "”", "»")
# "Did you know?" calls the reader.
CALLING = re.compile(r"(?i)(?:did|have|are|were) you\b")
# "Q: Can I park? A: Yes."
PAIR = re.compile(r"(?:^|(?<=[.!?)] ))(?:Q|Question)\s*\d*\s*[:.)]\s+[^?]+\?(?=\s)", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?:[.!?…:;)。！？]|^\(?\d{1,2}[.)])[\"'”’)]*\s*$")
# Without bold type or letters a question may be there for its sound; a reader's own, or one with an answer, is not.
READERS = re.compile(r"\b(?:I|[Mm]y|[Mm]e)\b")
ANSWERED = re.compile(
    r"(?i)(?:yes|no|sí|usually|sometimes|often|rarely|not (?:always|usually|necessarily))\b"
)
ADDRESSING = re.compile(r"(?i)(?:do|would|will|can|could|should) you\b|(?:is|are|does|do) your\b")


def with_questions_apart(document: Document) -> Document:
    """Return the document, its words as they are, with each such question as a block that heads its answer."""
    blocks = document.blocks
    bold = bold_is_rare(blocks)
    cuts = [_questions(document, block, bold=bold) for block in blocks]
    plain = [_plain_question(document, block) for block in blocks]
    all_ask = _lists_of_answered_questions(blocks, plain)
    for at, (block, question) in enumerate(zip(blocks, plain, strict=True)):
        if (
            not cuts[at]
            and question is not None
            and (block.group in all_ask or _is_meant(document, block, question))
        ):
            cuts[at] = [question]
    asked = _items_that_only_ask(document)
    lists = {
        block.group
        for at, block in enumerate(blocks)
        if block.kind == "list_item" and (cuts[at] or at in asked)
    }
    if not any(cuts) and not asked:
        return document
    # What a question in a list heads ends with the list.
    first = max(block.enclosure for block in blocks) + 1
    enclosures = {group: number for number, group in enumerate(sorted(lists), start=first) if group}
    parted: list[Block] = []
    for at, block in enumerate(blocks):
        enclosure = block.enclosure or enclosures.get(block.group, 0)
        held = replace(block, enclosure=enclosure)
        if at in asked:
            parted.append(replace(held, kind="summary", level=0))
        else:
            parted += _parted(document, held, cuts[at])
    return replace(document, blocks=tuple(parted))


def _parted(document: Document, block: Block, questions: Sequence[Span]) -> list[Block]:
    """Return a block as its questions and what stands between and after them."""
    found: list[Block] = []
    at = block.start
    for start, end in questions:
        if document.text[at:start].strip():
            found.append(_part(document, block, at, start))
        found.append(replace(_part(document, block, start, end), kind="summary", level=0))
        at = end
    if not found:
        return [block]
    return [*found, replace(_part(document, block, at, block.end), kind="paragraph", level=0)]


def _part(document: Document, block: Block, start: int, end: int) -> Block:
    words = document.text[start:end]
    start += len(words) - len(words.lstrip())
    return replace(
        block,
        start=start,
        end=start + len(words.strip()),
        html=escape(words.strip(), quote=False),
        strong=False,
    )


def _may_hold(block: Block) -> bool:
    return block.kind in {"paragraph", "list_item"} and not block.place


def _questions(document: Document, block: Block, *, bold: bool) -> list[Span]:
    """Return where the questions of a block stand that bold type or a letter sets apart, and that words follow."""
    if not _may_hold(block):
        return []
    text = document.text_of(block)
    found = [match.span() for match in PAIR.finditer(text)]
    if not found and bold and not block.strong and "<" in block.html:
        found = [
            (start, end)
            for start, end in _bold_runs(block.html)
            if _is_question(document, block.start + start, block.start + end)
        ]
        found = [
            span for span in found if not text[: span[0]].strip() or SENTENCE_END.search(text[: span[0]])
        ]
    if not found:
        return []
    ends = [*(start for start, _ in found[1:]), len(text)]
    answered = all(
        any(map(str.isalpha, text[end:following])) for (_, end), following in zip(found, ends, strict=True)
    )
    return [(block.start + start, block.start + end) for start, end in found] if answered else []


def _is_question(document: Document, start: int, end: int) -> bool:
    """Return whether the words [start, end) are a question that somebody may ask."""
    words = document.text[start:end].strip()
    if not asks(words) or words.endswith(CLOSING_QUOTES) or CALLING.match(words):
        return False
    foreign = not document.metadata.lang.startswith("en") or foreign_language_of(words)
    fewest = FEWEST_WORDS_ELSEWHERE if foreign else FEWEST_WORDS
    known = foreign or QUESTION_OPENING.match(words) is not None
    return known and fewest <= word_count(words) <= MOST_WORDS_OF_A_QUESTION_LINE


def _plain_question(document: Document, block: Block) -> Span | None:
    """Return where a block's first sentence stands if it asks and other sentences follow it."""
    text = document.text_of(block)
    if not _may_hold(block) or "?" not in text:
        return None
    spans = sentence_spans(text)
    start, end = block.start + spans[0][0], block.start + spans[0][1]
    asked = len(spans) > 1 and _is_question(document, start, end) and not ADDRESSING.match(text)
    return (start, end) if asked else None


def _lists_of_answered_questions(blocks: Sequence[Block], plain: Sequence[Span | None]) -> set[int]:
    """Return the groups of the lists whose items, two or more, all ask first and then tell."""
    items = Counter(block.group for block in blocks if block.kind == "list_item")
    asking = Counter(
        block.group
        for block, question in zip(blocks, plain, strict=True)
        if block.kind == "list_item" and question is not None
    )
    return {group for group, count in asking.items() if group and count == items[group] > 1}


def _is_meant(document: Document, block: Block, question: Span) -> bool:
    """Return whether a plain question is asked for its answer: by a reader, or with a yes or no behind it."""
    words, rest = document.text[slice(*question)], document.text[question[1] : block.end].lstrip()
    if SENTENCE_END.search(rest) is None or rest.lower().startswith("if "):
        return False  # "If yes: skip it." weighs, and does not answer.
    return ANSWERED.match(rest) is not None or (
        READERS.search(words) is not None and READERS.search(rest) is None
    )


def _items_that_only_ask(document: Document) -> set[int]:
    """Return the numbers of list items that are a question, with its answer under it in the same item."""
    found = set()
    blocks = document.blocks
    for at, (block, following) in enumerate(pairwise(blocks)):
        if block.kind == "list_item" and _may_hold(block) and _is_question(document, block.start, block.end):
            under = following.group == block.group and following.kind == "paragraph" and following.level > 0
            if under:
                found.add(at)
    return found


def _bold_runs(html: str) -> list[Span]:
    bold = _Bold()
    bold.feed(html)
    bold.close()
    return bold.found


class _Bold(HTMLParser):
    """Finds where the bold words of a block stand in its text, a question mark right behind them taken along."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Span] = []
        self._tags: Counter[str] = Counter()
        self._place = self._start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"b", "strong"}:
            if not self._tags.total():
                self._start = self._place
            self._tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if self._tags[tag]:
            self._tags[tag] -= 1
            if not self._tags.total():
                self.found.append((self._start, self._place))

    def handle_data(self, data: str) -> None:
        if data[:1] in {"?", "？", "؟"} and self.found and self.found[-1][1] == self._place:
            self.found[-1] = (self.found[-1][0], self._place + 1)
        self._place += len(data)
