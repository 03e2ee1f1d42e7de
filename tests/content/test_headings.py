"""Headings: what the commonest of them ask of each kind of subject, and what no heading is ever turned into."""

import tomllib
from pathlib import Path

import pytest

from kb.content.entries import Entry
from kb.content.reading import read_text
from kb.content.splitting import split_entries
from kb.content.splitting.topics import each_of_two

COMMON = tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))
ARTICLES = {
    "condition": "# Asthma\n\nAsthma is a disease that narrows the airways. Doctors diagnose asthma with a test.",
    "medicine": "# Naproxen\n\nNaproxen is a medicine that eases pain. You take naproxen as a tablet with food.",
    "procedure": "# Hernia repair surgery\n\nHernia repair surgery closes a gap in the muscles of the belly.",
    "thing": "# School trips\n\nSchool trips are days out with a class. Every class goes on two school trips a year.",
}


def under(heading: str, words: str, kind: str = "condition") -> Entry:
    """Return the entry of the words under a heading, in an article on a subject of a kind."""
    source = f"{ARTICLES[kind]}\n\n## {heading}\n\n{words}\n"
    first = words.split("\n", 1)[0].split(".", 1)[0]
    return next(entry for entry in split_entries(read_text("article.md", source)) if first in entry.answer)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [(heading, kind) for heading, row in COMMON.items() for kind in row if kind in ARTICLES],
)
def test_common_heading_asks_what_readers_of_such_an_article_ask(heading: str, kind: str) -> None:
    row = COMMON[heading]
    assert under(heading, row["words"], kind).question == row[kind]


@pytest.mark.parametrize(
    ("heading", "kind", "question"),
    [
        ("Is it safe to wait?", "condition", "Is it safe to wait?"),
        ("Is it ok to lift?", "procedure", "Is it ok to lift?"),
        ("Is it normal for drops to sting?", "medicine", "Is it normal for drops to sting?"),
        ("Is it painful to cough?", "procedure", "Is it painful to cough?"),
        ("Is it safe?", "medicine", "Is naproxen safe?"),
        ("When will it go away?", "condition", "When will asthma go away?"),
        ("Who should have it?", "procedure", "Who should have hernia repair surgery?"),
        ("Can they be cancelled?", "thing", "Can school trips be cancelled?"),
        ("For how long?", "medicine", "How long should I take naproxen?"),
    ],
)
def test_publishers_pronoun_is_named_where_it_means_the_subject(
    heading: str, kind: str, question: str
) -> None:
    entry = under(heading, "A week or two, as a rule.", kind)
    assert (entry.question, entry.flags) == (question, ())


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Who should have it?", "condition"),
        ("When will it go away?", "procedure"),
        ("When should I take it?", "thing"),
        ("For how long?", "condition"),
    ],
)
def test_publishers_pronoun_that_means_something_else_is_flagged(heading: str, kind: str) -> None:
    entry = under(heading, "A week or two, as a rule.", kind)
    assert (entry.question, entry.flags) == (heading, ("question-leans",))


def test_pronoun_after_a_question_for_another_thing_is_not_the_subject() -> None:
    source = (
        f"{ARTICLES['condition']}\n\n## What is a spacer?\n\nA tube.\n\n## How long does it last?\n\nA year."
    )
    entry = split_entries(read_text("article.md", source))[-1]
    assert (entry.question, entry.flags) == ("How long does it last?", ("question-leans",))


def test_question_about_a_thing_that_only_the_heading_names_is_flagged() -> None:
    entry = under("Algae", "They grow in ponds.")
    assert (entry.question, entry.flags) == ("What about algae?", ("dangling-start", "generic-question"))


def test_heading_of_two_aspects_is_two_entries_where_its_paragraphs_tell_them_apart() -> None:
    source = f"{ARTICLES['medicine']}\n\n## Side effects and cost\n\nYou may feel sick.\n\nA box costs $4.\n"
    assert [
        (entry.question, entry.answer) for entry in split_entries(read_text("article.md", source))[1:]
    ] == [
        ("What are the side effects of naproxen?", "You may feel sick."),
        ("How much does naproxen cost?", "A box costs $4."),
    ]


def test_aspect_of_two_words_is_one_of_two() -> None:
    assert each_of_two("Side effects and cost") == ("Side effects", "cost")
    assert each_of_two("Gout symptoms and causes") == ("Gout symptoms", "Gout causes")
    assert each_of_two("Living with gout and joy") is None


def test_table_is_asked_about_by_its_heading_and_has_no_short_answer() -> None:
    table = "| Number | Colour |\n|---|---|\n| 80 | green |\n| 50 | red |\n"
    source = f"{ARTICLES['condition']}\n\n## Readings\n\n{table}"
    entry = split_entries(read_text("article.md", source))[-1]
    assert (entry.question, entry.short) == ("What are the readings for asthma?", "")
    assert entry.answer.startswith("Number Colour\n80 green")


def test_label_that_warns_stays_with_what_it_warns_of() -> None:
    source = (
        f"{ARTICLES['procedure']}\n\n## The day before\n\nWash the skin with the soap that you were given.\n\n"
        "**Precautions**\n\nKeep the soap out of your eyes.\n"
    )
    assert split_entries(read_text("article.md", source))[-1].answer.endswith(
        "Keep the soap out of your eyes."
    )
