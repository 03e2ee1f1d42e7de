import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content.sentences import sentence_spans, telling_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Lee sees patients. Call.", ["Dr. Lee sees patients.", "Call."]),
        ("H. pylori is a germ. It hurts.", ["H. pylori is a germ.", "It hurts."]),
        ("Take 1.5 mg at 8 a.m. daily.", ["Take 1.5 mg at 8 a.m. daily."]),
        ('He said "stop." She did.', ['He said "stop."', "She did."]),
        ("A heading\nA line of text", ["A heading", "A line of text"]),
        ("So do I. Me too.", ["So do I.", "Me too."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text(alphabet=st.sampled_from("ab. \n!?\"'A1"), max_size=60))
def test_no_word_is_lost(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "kept_together"),
    [
        ("Do not:\nStop at once.\nDouble it.", ["Do not:\nStop at once.\nDouble it."]),
        ("Rest well. Do this:\nWalk.\nNever:\nRun.", ["Rest well.", "Do this:", "Walk.", "Never:\nRun."]),
        ("Avoid\nWine\nFor lunch:\nSoup", ["Avoid\nWine", "For lunch:", "Soup"]),
        ("Bring a friend\nDo not drive\nRest", ["Bring a friend", "Do not drive", "Rest"]),
        ("Nunca:\nTome dos a la vez.", ["Nunca:\nTome dos a la vez."]),
        ("You do not need to rest. Walk.", ["You do not need to rest.", "Walk."]),
    ],
)
def test_what_a_line_forbids_stays_with_it(text: str, kept_together: list[str]) -> None:
    assert [text[start:end] for start, end in telling_spans(text)] == kept_together
