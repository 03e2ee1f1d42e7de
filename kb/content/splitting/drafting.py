"""Passages become draft entries, with the sentence that answers and other wordings of the question."""

import re
from collections.abc import Iterator, Sequence

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.sentences import forbids, sentence_spans, telling_spans, word_count
from kb.content.splitting import rules
from kb.content.splitting.passages import DANGLING, Passage, announces_more
from kb.content.splitting.qtypes import as_qtype

ASKS_FOR_A_NUMBER = frozenset({"prevalence", "effectiveness", "cost"})
NUMBER = re.compile(r"\d|\b(?:half|third|quarter|million|none|free)\b")
LONGEST_SHORT = 60  # words
FEWEST_WORDS_OF_A_SENTENCE = 5


def draft_entries(document: Document, passages: Sequence[Passage], names: Sequence[str]) -> Iterator[Entry]:
    """Yield an entry for each passage, in order, with a throwaway id."""
    metadata = document.metadata
    for number, passage in enumerate(passages, start=1):
        answer = document.text[passage.start : passage.end]
        qtype = as_qtype(passage.qtype)
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
            short=short_answer(answer, passage.question, qtype),
            tags=tuple(dict.fromkeys(metadata.tags)),
            synonyms=tuple(names[1:]),
            flags=passage.flags,
            source=metadata.source or metadata.title,
            reviewed_by=metadata.reviewed_by,
            reviewed_on=metadata.reviewed_on if metadata.reviewed_by else None,
            review_due=metadata.review_due,
        )


def short_answer(answer: str, question: str, qtype: str = "info") -> str:
    """Return the sentence or two of an answer that say it: a span of the answer.

    Where a number is asked for, that is the first sentence with one. What is forbidden stands with the line that
    forbids it.
    """
    if "\n" in answer and forbids(answer.split("\n", 1)[0]):
        return _with_list(answer, sentence_spans(answer))
    spans = telling_spans(answer)
    if qtype in ASKS_FOR_A_NUMBER and not answer.startswith(question):
        for start, end in spans:
            if NUMBER.search(answer[start:end]) and not DANGLING.match(answer[start:end]):
                return answer[start:end]
    asked = answer.split("\n", 1)[0].rstrip("?") == question.rstrip("?")
    for position, (start, end) in enumerate(spans[1 if asked and len(spans) > 1 else 0 :], start=int(asked)):
        sentence = answer[start:end]
        if announces_more(sentence):
            return _with_list(answer, spans[position:])
        if word_count(sentence) >= FEWEST_WORDS_OF_A_SENTENCE and not (position and DANGLING.match(sentence)):
            yes_no = position and answer[slice(*spans[position - 1])].rstrip(".! ").lower() in {"yes", "no"}
            return answer[spans[position - 1][0] : end] if yes_no else sentence
    start, end = spans[0] if spans else (0, len(answer))
    return answer[start:end]


def _with_list(answer: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a lead-in with as much of its list as is short."""
    start = spans[0][0]
    end = spans[0][1]
    for _, item_end in spans[1:]:
        if len(answer[start:item_end].split()) > LONGEST_SHORT:
            break
        end = item_end
    return answer[start:end]


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
