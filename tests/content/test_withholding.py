"""Which words of an article its page must not show."""

from datetime import date
from typing import Any

import pytest

from kb.content.reading import read_text
from kb.content.withholding import withheld_of, without
from tests.entries import entry

ARTICLE = """# Fasting

Welcome.

## When may I eat?

Do not eat for four hours before an infusion. Water is fine until the end.

- No coffee.
- No milk.

## Why?

A full stomach may come up again.
"""
ANSWER = "Do not eat for four hours before an infusion. Water is fine until the end."


def shown_without(text: str, **values: Any) -> tuple[str, list[str]]:
    """Return why words of the article are withheld for an entry with these values, and those words."""
    document = read_text("fasting.md", text)
    one = entry(**({"article": "fasting.md", "question": "When may I eat?", "answer": ANSWER} | values))
    stands = one.answer in document.text
    found = withheld_of(document, [one] if stands else [], [] if stands else [one])
    if not found:
        return "", []
    assert [withheld.id for withheld in found] == ["100001"]
    return found[0].reason, [document.text[start:end] for start, end in found[0].spans]


def test_a_withdrawn_answer_is_withheld_wherever_it_stands() -> None:
    twice = ARTICLE + f"\nIn short: {ANSWER}\n"
    assert shown_without(twice, status="withdrawn") == ("withdrawn", [ANSWER, ANSWER])


@pytest.mark.parametrize(
    ("old", "new", "withheld"),
    [
        ("four hours", "two hours", [ANSWER.replace("four", "two")]),
        (
            "Water is fine",
            "Never drink. Tea and water are fine",
            [ANSWER.replace("Water is", "Never drink. Tea and water are")],
        ),
        # The old words as a whole are gone: what stands below the question took their place.
        (ANSWER, "Come hungry.", ["Come hungry.\nNo coffee.\nNo milk."]),
    ],
)
def test_an_edited_passage_is_withheld_by_whole_paragraphs(old: str, new: str, withheld: list[str]) -> None:
    assert shown_without(ARTICLE.replace(old, new)) == ("checked", withheld)


def test_a_paragraph_put_into_the_middle_of_a_passage_is_withheld_with_it() -> None:
    whole = f"{ANSWER}\nNo coffee.\nNo milk."
    longer = ARTICLE.replace("- No milk.", "- Ten cups of tea at the most, and nothing else.\n- No milk.")
    assert shown_without(longer, answer=whole) == (
        "checked",
        [f"{ANSWER}\nNo coffee.\nTen cups of tea at the most, and nothing else.\nNo milk."],
    )


def test_where_nothing_is_like_a_published_answer_all_paragraphs_may_stand_for_it() -> None:
    assert shown_without(ARTICLE, question="Qxz?", answer="Zzyzx jjk vvwq.") == (
        "checked",
        ["Welcome.", f"{ANSWER}\nNo coffee.\nNo milk.", "A full stomach may come up again."],
    )


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "published"}, ""),
        ({"status": "draft"}, ""),
        ({"status": "rejected"}, ""),
        ({"status": "draft", "published_on": date(2026, 1, 2)}, "checked"),
        ({"status": "draft", "previous_answer": "Come hungry."}, "checked"),
        ({"status": "draft", "previous_answer": "Come hungry.", "audience": "staff"}, ""),
        ({"status": "withdrawn", "audience": "staff"}, "withdrawn"),
    ],
)
def test_what_was_public_once_is_withheld_until_it_is_again(values: dict[str, Any], reason: str) -> None:
    assert shown_without(ARTICLE, **values) == (reason, [ANSWER] if reason else [])


def test_a_passage_that_was_deleted_with_its_answer_withholds_nothing() -> None:
    for status in ("withdrawn", "orphaned"):
        values = {
            "question": "Qxz?",
            "answer": "Zzyzx jjk vvwq.",
            "status": status,
            "published_on": date(2026, 1, 2),
        }
        assert shown_without(ARTICLE, **values) == ("checked", [])


def test_what_another_answer_says_is_kept() -> None:
    assert without([(0, 10), (8, 20)], [(3, 5), (19, 30)]) == [(0, 3), (5, 19)]
    assert without([(0, 10)], [(0, 10)]) == []
