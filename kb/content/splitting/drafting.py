"""Passages become draft entries, with the sentence that answers and other wordings of the question."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kb.content.documents import Document, Span
from kb.content.entries import Entry
from kb.content.sentences import forbids, sentence_spans, telling_spans, word_count
from kb.content.splitting import rules
from kb.content.splitting.passages import DANGLING, Passage, announces_more
from kb.content.splitting.qtypes import as_qtype

ASKS_FOR_A_NUMBER = frozenset({"prevalence", "effectiveness", "cost"})
NUMBER = re.compile(r"\d|\b(?:half|third|quarter|million|none|free)\b")
LONGEST_SHORT = 60  # words
FEWEST_WORDS_OF_A_SENTENCE = 5
# A sentence that limits the one before it: "Unless your doctor …", "If it is nearly time for the next, skip it."
LIMITS = re.compile(
    r"(?i)(?:unless|except|but|however|though|only (?:if|when|after|with)|otherwise"
    r"|(?:do not|don[’']t|never) (?:do|use|take) (?:it|this)"
    r"|(?:if|when|in)\b[^.!?]*\b(?:not|don[’']t|never|skip|stop|avoid|wait|instead|less|first))\b"
)
SENTENCE = re.compile(
    r"(?s)[A-Z](?:\S*\s+){2,}.*[.!?]"
)  # of an item of a list: more than a thing that it names


def draft_entries(document: Document, passages: Sequence[Passage], names: Sequence[str]) -> Iterator[Entry]:
    """Yield an entry for each passage, in order, with a throwaway id."""
    metadata = document.metadata
    rows = [block.start for block in document.blocks if block.kind == "table_row"]
    for number, passage in enumerate(passages, start=1):
        answer = document.text[passage.start : passage.end]
        qtype = as_qtype(passage.qtype)
        place = bisect_left(rows, passage.start)
        row = rows[place] - passage.start if place < len(rows) and rows[place] < passage.end else None
        yield Entry(
            id=f"{document.slug}-{number}",
            article=document.name,
            lang=passage.lang or metadata.lang,
            question=passage.question,
            alt_questions=other_wordings(passage.question, qtype, passage.lang or metadata.lang),
            qtype=qtype,
            focus=passage.about,
            answer=answer,
            start=passage.start,
            end=passage.end,
            short=short_answer(answer, passage.question, qtype, first_row=row),
            tags=tuple(dict.fromkeys(metadata.tags)),
            synonyms=tuple(names[1:]),
            flags=passage.flags,
            source=metadata.source or metadata.title,
            reviewed_by=metadata.reviewed_by,
            reviewed_on=metadata.reviewed_on if metadata.reviewed_by else None,
            review_due=metadata.review_due,
        )


def short_answer(answer: str, question: str, qtype: str = "info", *, first_row: int | None = None) -> str:
    """Return the sentence or two of an answer that say it: a span of the answer, "" where none does by itself.

    Where a number is asked for, that is the first sentence with one. What is forbidden stands with the line that
    forbids it, what is limited ("Unless your doctor …") with its limit, an announced list with its announcement. A
    row of a table says nothing without its heads; the first of them begins at `first_row`.
    """
    if first_row is not None:
        said = answer[:first_row].rstrip()
        return short_answer(said, question, qtype) if said and not announces_more(said) else ""
    start, end = _span_of_short(answer, question, qtype)
    return answer[start:end]


def _span_of_short(answer: str, question: str, qtype: str) -> Span:
    if "\n" in answer and forbids(answer.split("\n", 1)[0]):
        return _with_what_is_forbidden(answer)
    spans = telling_spans(answer)
    if qtype in ASKS_FOR_A_NUMBER and not answer.startswith(question):
        for place, (start, end) in enumerate(spans):
            if NUMBER.search(answer[start:end]) and not DANGLING.match(answer[start:end]):
                return _with_limit(answer, spans, place, start)
    asked = answer.split("\n", 1)[0].rstrip("?") == question.rstrip("?")
    for place, (start, end) in enumerate(spans[1 if asked and len(spans) > 1 else 0 :], start=int(asked)):
        sentence = answer[start:end]
        if announces_more(sentence):
            return _with_list(answer, spans[place:])
        if word_count(sentence) >= FEWEST_WORDS_OF_A_SENTENCE and not (place and DANGLING.match(sentence)):
            yes_no = place and answer[slice(*spans[place - 1])].rstrip(".! ").lower() in {"yes", "no"}
            return _with_limit(answer, spans, place, spans[place - 1][0] if yes_no else start)
    return _with_limit(answer, spans, 0, spans[0][0]) if spans else (0, len(answer))


def _with_limit(answer: str, spans: Sequence[Span], place: int, start: int) -> Span:
    """Return a sentence with the one after it where that limits it; nothing where more do."""
    limits = [LIMITS.match(answer[slice(*span)]) is not None for span in spans[place + 1 : place + 3]]
    if limits == [True, True]:
        return (0, 0)
    return start, spans[place + 1 if limits[:1] == [True] else place][1]


def _with_what_is_forbidden(answer: str) -> Span:
    """Return the line that forbids with as much of what it forbids as is short."""
    (start, end), *items = sentence_spans(answer)
    for _, item_end in items:
        if len(answer[start:item_end].split()) > LONGEST_SHORT:
            break
        end = item_end
    return start, end


def _with_list(answer: str, spans: Sequence[Span]) -> Span:
    """Return a lead-in with its list, nothing where that is long or a list of sentences: half of it misleads."""
    start, end = spans[0]
    for item, item_end in spans[1:]:
        if SENTENCE.fullmatch(answer[item:item_end]):
            break
        end = item_end
    said_all = end > spans[0][1] and len(answer[start:end].split()) <= LONGEST_SHORT
    return (start, end) if said_all else (0, 0)


def other_wordings(question: str, qtype: str, lang: str) -> tuple[str, ...]:
    """Return rewordings of a question that ask the very same; none where no rule knows its form."""
    if not lang.startswith("en"):
        return ()
    asked = question.rstrip("? ")
    for rule in rules.table("alternatives")["reword"]:
        match = rules.pattern(rule["pattern"]).fullmatch(asked)
        if match and rule.get("qtype", qtype) == qtype:
            return tuple(wording.replace("{x}", match["x"]) for wording in rule["questions"])
    return ()
