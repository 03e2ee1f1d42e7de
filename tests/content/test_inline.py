"""Questions of the publisher inside paragraphs and lists: each becomes an entry of its own."""

import pytest

from kb.content.reading import read_text
from kb.content.splitting import split_entries

TITLE = "# Knee replacement\n\n"


def asked(source: str, name: str = "a.md") -> list[tuple[str, str]]:
    return [(entry.question, entry.answer) for entry in split_entries(read_text(name, source))]


KNEEL = ("Can I kneel down again?", "Not for three months. Use a cushion then.")
DRIVE = ("When can I drive again?", "After six weeks.")


@pytest.mark.parametrize(
    "source",
    [
        "**Can I kneel down again?** Not for three months. Use a cushion then.\n\n**When can I drive again?** After six weeks.",
        "**Can I kneel down again**? Not for three months. Use a cushion then. **When can I drive again?** After six weeks.",
        "- **Can I kneel down again?** Not for three months. Use a cushion then.\n- **When can I drive again?** After six weeks.",
        "- Can I kneel down again? Not for three months. Use a cushion then.\n- When can I drive again? After six weeks.",
        "Can I kneel down again? Not for three months. Use a cushion then.\n\nWhen can I drive again? After six weeks.",
        "- Can I kneel down again?\n\n    Not for three months. Use a cushion then.\n\n- When can I drive again?\n\n"
        "    After six weeks.",
        "Q: Can I kneel down again? A: Not for three months. Use a cushion then.\n\nQ: When can I drive again? A: After six weeks.",
        "Q. Can I kneel down again?\nA. Not for three months. Use a cushion then.\n\nQ. When can I drive again?\nA. After six weeks.",
        "Q1. Can I kneel down again? A. Not for three months. Use a cushion then. Q2. When can I drive again? A. After six weeks.",
    ],
)
def test_question_with_its_answer_behind_it_is_an_entry(source: str) -> None:
    assert asked(f"{TITLE}## Recovery\n\n{source}") == [KNEEL, DRIVE]


@pytest.mark.parametrize("mark", [":", "."])
def test_lettered_lines_of_a_text_are_questions_and_answers(mark: str) -> None:
    source = f"Our clinic\n\nQ: Do I pay?\nA: No. It is free for all.\n\nQ{mark} Can I bring my dog?\nA{mark} Only guide dogs."
    assert asked(source, "a.txt") == [
        ("Do I pay?", "No. It is free for all."),
        ("Can I bring my dog?", "Only guide dogs."),
    ]


def test_answer_in_a_list_ends_with_the_list() -> None:
    source = (
        f"{TITLE}## Side effects\n\n- **Can I kneel?** Not for a month.\n\nThe knee may swell for some weeks."
    )
    assert asked(source) == [
        ("Can I kneel?", "Not for a month."),
        ("Can the knee swell for some weeks?", "The knee may swell for some weeks."),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Do you limp? Many people do, and their knees hurt at night.",
        "**Did you know?** Many people limp, and their knees hurt at night.",
        "Why me? I asked that often, and my knees hurt at night.",
        "Can I sit down here? If yes, the knee is well, and it does not hurt.",
    ],
)
def test_question_asked_for_its_sound_stays_in_its_paragraph(words: str) -> None:
    answer = words.replace("**", "")
    assert asked(f"{TITLE}## What does a bad knee do?\n\nIt hurts.\n\n{words}") == [
        ("What does a bad knee do?", f"It hurts.\n{answer}")
    ]


def test_spanish_question_inside_a_paragraph_is_an_entry() -> None:
    source = (
        "---\nlang: es\n---\n# Gota\n\n## ¿Cómo se trata?\n\nCon reposo.\n\n**¿Es grave?** No, casi nunca."
    )
    assert asked(source) == [("¿Cómo se trata?", "Con reposo."), ("¿Es grave?", "No, casi nunca.")]


def test_questions_to_take_along_are_no_entries() -> None:
    source = f"{TITLE}## What should I ask my doctor?\n\n- Can I kneel?\n- When can I drive?"
    assert asked(source) == [("What should I ask my doctor?", "Can I kneel?\nWhen can I drive?")]
