"""Which aspect a question asks for, and whether entries answer that aspect."""

import pytest

from kb.content.entries import QTYPES
from kb.search.encoders.sentence import SentenceEncoder
from kb.search.question.aspects import MOST_NEARER, aspects, unanswered

TYPES = frozenset({"definition", "treatment", "effectiveness", "causes"})


def test_aspects_speak_of_known_types_alone() -> None:
    assert {name for aspect in aspects() for name in aspect.said_by} <= QTYPES
    assert all(aspect.asked for aspect in aspects())


@pytest.mark.parametrize(
    "asked", ["side effects of this treatment", "will my insurance pay", "can i drive home afterwards"]
)
def test_what_no_entry_answers_is_nearer(encoder: SentenceEncoder, asked: str) -> None:
    assert 0 < unanswered(encoder, encoder.encode([asked])[0], TYPES) <= MOST_NEARER


@pytest.mark.parametrize("asked", ["what is this treatment", "does this treatment really do any good"])
def test_what_entries_answer_is_nearer(encoder: SentenceEncoder, asked: str) -> None:
    assert -MOST_NEARER <= unanswered(encoder, encoder.encode([asked])[0], TYPES) < 0


def test_entries_of_no_telling_type_tell_nothing(encoder: SentenceEncoder) -> None:
    asked = encoder.encode(["side effects of this treatment"])[0]
    assert unanswered(encoder, asked, {"info"}) == 0
