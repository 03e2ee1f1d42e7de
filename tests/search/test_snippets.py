from hypothesis import given
from hypothesis import strategies as st

from kb.content.sentences import sentence_spans
from kb.search.showing.snippets import Sentences, Snippet, best_sentence, weight_in
from kb.search.words.analysis import WORD, placed_stems
from tests.entries import FASTING, PARKING


def snippet(answer: str, short: str, weights: dict[str, float], likeness: tuple[float, ...] = ()) -> Snippet:
    spans = sentence_spans(answer)
    held = [weight_in(answer[start:end], weights) for start, end in spans]
    asked = [
        [(first, last) for stem, first, last in placed_stems(answer, start, end) if stem in weights]
        for start, end in spans
    ]
    sentences = Sentences(spans, likeness or [0.0] * len(spans), held, asked)
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
    assert {(start, end) for _, start, end in placed_stems(text, 0, len(text))} <= words


def test_whoever_asks_the_entrys_own_question_gets_its_short_answer() -> None:
    spans = sentence_spans(FASTING)
    sentences = Sentences(spans, [0.0] * len(spans), [1.0, 0.0], [[], []])
    best = best_sentence(FASTING, sentences, "Water is fine.", {"eat": 1.0}, same_question=True)
    assert best.sentence == "Water is fine."
