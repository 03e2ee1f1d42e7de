from kb.search.snippets import best_sentence
from tests.entries import FASTING, PARKING


def test_the_sentence_with_most_of_what_was_asked_is_picked_and_marked() -> None:
    snippet = best_sentence(PARKING, "", {"park": 1.0, "free": 2.0})
    assert snippet.sentence == "Parking is free for patients."
    assert [snippet.sentence[start:end] for start, end in snippet.highlights] == ["Parking", "free"]


def test_the_short_answer_wins_among_equals() -> None:
    assert best_sentence(FASTING, "Water is fine.", {}).sentence == "Water is fine."
    assert best_sentence(FASTING, "Water is fine.", {"eat": 1.0}).sentence.startswith("Do not eat")


def test_an_answer_without_sentences_is_shown_whole() -> None:
    assert best_sentence("Monday", "", {"sunday": 1.0}) == ("Monday", ())
