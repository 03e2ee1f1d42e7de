"""Questions that an editor would send back are known by their grammar, and no others."""

import pytest

from kb.content.splitting.wellformed import faults


@pytest.mark.parametrize(
    "question",
    [
        "Why do you do not give aspirin?",
        "How can I the winter?",
        "How can I success?",
        "What should I do when not to fly?",
        "Does TMS help 70?",
        "How does school trips work?",
        "Who to call?",
        "How it works?",
    ],
)
def test_malformed_question_is_refused(question: str) -> None:
    assert faults(question) != []


@pytest.mark.parametrize(
    "question",
    [
        "When should I call 911?",
        "Can I take part if I am over 60?",
        "How can I safely remove mould?",
        "Does drinking fluids help?",
        "Does lack of sleep cause migraine?",
        "Should I also rest?",
        "What can I do about type 2?",
    ],
)
def test_question_that_looks_malformed_and_is_not_passes(question: str) -> None:
    assert faults(question) == []
