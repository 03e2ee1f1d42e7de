import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.content.sentences import sentence_spans
from kb.search.analysis import WORD, ranges_of
from kb.search.snippets import Sentences, Snippet, best_sentence, share
from tests.entries import FASTING, PARKING


def snippet(answer: str, short: str, weights: dict[str, float], likeness: tuple[float, ...] = ()) -> Snippet:
    spans = sentence_spans(answer)
    sentences = Sentences(
        np.array(spans, np.int32).reshape(-1, 2),
        np.array(likeness or [0.0] * len(spans), np.float32),
        np.array([share(answer[start:end], weights) for start, end in spans]),
    )
    return best_sentence(answer, sentences, short, weights)


def test_the_sentence_with_most_of_what_was_asked_is_picked_and_marked() -> None:
    best = snippet(PARKING, "", {"park": 1.0, "free": 2.0})
    assert best.sentence == "Parking is free for patients."
    assert [best.sentence[start:end] for start, end in best.highlights] == ["Parking", "free"]


def test_meaning_decides_where_words_do_not() -> None:
    assert snippet(FASTING, "", {"drink": 1.0}, (0.1, 0.6)).sentence == "Water is fine."


def test_the_short_answer_wins_among_equals() -> None:
    assert snippet(FASTING, "Water is fine.", {}).sentence == "Water is fine."
    assert snippet(FASTING, "Water is fine.", {"eat": 1.0}).sentence.startswith("Do not eat")


def test_a_short_answer_of_two_sentences_is_shown_whole() -> None:
    assert snippet(FASTING, FASTING, {"water": 1.0}).sentence == FASTING


def test_an_answer_without_sentences_is_shown_whole() -> None:
    assert snippet("Monday", "", {"sunday": 1.0}) == ("Monday", ())


@given(st.text(alphabet="ab1.5 '’-,é\n", max_size=60))
def test_highlights_are_whole_words(text: str) -> None:
    words = {match.span() for match in WORD.finditer(text)}
    assert set(ranges_of(text, {"ab": 1.0, "1.5": 1.0, "b": 1.0})) <= words
