"""Short answers: what the desk says, never half of it, and never without what limits it."""

import pytest

from kb.content.reading import read_text
from kb.content.splitting import split_entries
from kb.content.splitting.drafting import short_answer

QUESTION = "What is it about?"


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        (
            "Drink two litres a day. Unless your doctor told you otherwise. Tea counts too.",
            "Drink two litres a day. Unless your doctor told you otherwise.",
        ),
        (
            "Take it as soon as you remember. If it is nearly time for the next one, skip it. Then go on as before.",
            "Take it as soon as you remember. If it is nearly time for the next one, skip it.",
        ),
        ("It is safe for most adults. However, ask us first if you are pregnant.",) * 2,
        ("You can go home the same day. If you like, bring a friend.", "You can go home the same day."),
    ],
)
def test_sentence_that_limits_stands_in_the_short_answer(answer: str, short: str) -> None:
    assert short_answer(answer, QUESTION) == short


def test_answer_that_is_limited_twice_has_no_short_one() -> None:
    answer = "You may walk on the first day. Unless it hurts. However, do not climb stairs."
    assert short_answer(answer, QUESTION) == ""


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        (
            "There are two kinds of tablet:\nwater tablets\nbeta blockers\nAsk which is yours.",
            "There are two kinds of tablet:\nwater tablets\nbeta blockers",
        ),
        ("You can do this at home:\nRaise the leg on a pillow.\nCool the knee with ice.", ""),
        ("You may bring these things:" + "\na towel and a cap and a book" * 9, ""),
    ],
)
def test_list_is_said_whole_or_not_at_all(answer: str, short: str) -> None:
    assert short_answer(answer, QUESTION) == short


def test_row_of_a_table_is_no_short_answer() -> None:
    source = (
        "# Bus passes\n\n## Fees\n\nThe fee depends on your age in May.\n\n| Age | Fee |\n|---|---|\n| under 18 | $0 |\n"
        "\n## Hours\n\n| Day | Open |\n|---|---|\n| Monday | nine to five |\n"
    )
    assert [entry.short for entry in split_entries(read_text("bus.md", source))] == [
        "The fee depends on your age in May.",
        "",
    ]
