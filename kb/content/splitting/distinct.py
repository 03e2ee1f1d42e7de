"""No question twice: neighbours that ask the same are joined, others are told apart."""

from collections.abc import Sequence, Set
from dataclasses import replace

from kb.content.sentences import sentence_spans
from kb.content.splitting import turning
from kb.content.splitting.passages import Passage
from kb.content.splitting.wellformed import is_well_formed

LOOKED_BACK = 100  # characters before a passage; its heading ends there


def distinct(passages: Sequence[Passage], text: str, lang: str) -> list[Passage]:
    """Return passages in reading order with those that ask the same as their neighbour joined, and others told apart."""
    kept: list[Passage] = []
    asked: dict[str, int] = {}

    def stands_under_its_question(passage: Passage) -> bool:
        return text[max(passage.start - LOOKED_BACK, 0) : passage.start].rstrip().endswith("?")

    def told_apart(passage: Passage) -> Passage:
        english = (passage.lang or lang).startswith("en")
        other = _other_question(text[passage.start : passage.end], asked.keys()) if english else ""
        flags = passage.flags if other else (*passage.flags, "duplicate-question")
        return replace(passage, question=other or passage.question, flags=flags)

    for passage in passages:
        if kept and passage.start < kept[-1].end:
            continue  # lies within one that is taken
        place = asked.get(passage.question.casefold())
        if place is None:
            kept.append(passage)
        elif place == len(kept) - 1 and not text[kept[-1].end : passage.start].strip():
            kept[-1] = replace(kept[-1], end=passage.end)
            continue
        elif stands_under_its_question(passage) and not stands_under_its_question(kept[place]):
            # What a publisher asks outright is not asked of another passage.
            kept[place] = told_apart(kept[place])
            asked[kept[place].question.casefold()] = place
            kept.append(passage)
        else:
            kept.append(told_apart(passage))
        asked[kept[-1].question.casefold()] = len(kept) - 1
    return kept


def _other_question(words: str, taken: Set[str]) -> str:
    """Return what one of a passage's first sentences answers and no other passage asks; "" where none does."""
    for first, last in sentence_spans(words.split("\n", 1)[0])[:2]:
        question = turning.turned_question(words[first:last]) or ""
        if question and is_well_formed(question) and question.casefold() not in taken:
            return question
    return ""
