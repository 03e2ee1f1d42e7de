"""Laws of splitting: never an exception, never a word of its own, never a question that no editor would sign."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.content.documents import Document
from kb.content.reading import read_text
from kb.content.sections import split_sections
from kb.content.splitting import explain_split
from kb.content.splitting.wellformed import faults
from kb.errors import KbError
from tests.content.test_reading_laws import SOURCES, SUFFIXES

WORDS = st.sampled_from(
    """gout is are a the people your doctor you can may if treatment symptoms of what causes 988 call help and
    not it this these about one third million 70% research pain because they don't There Women risk cost
    $15 include:""".split()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
PARTS = st.one_of(
    st.builds("\n\n# {}\n\n".format, SENTENCES),
    st.builds("\n\n## {}?\n\n".format, SENTENCES),
    st.builds(
        "\n\n### {}\n\n".format,
        st.sampled_from(["Symptoms", "If you are ill", "Causes", "Do", "The Long Road"]),
    ),
    st.builds("\n\n**{}**\n\n".format, SENTENCES),
    st.builds("\n- {}".format, SENTENCES),
    st.builds("{} ".format, SENTENCES),
    st.builds("\n\n{}\n\n".format, SENTENCES),
    st.builds("\n\n| a | {} |\n|---|---|\n| b | 1 |\n\n".format, WORDS),
    st.builds("\n\n<details><summary>{}</summary>\n\n{}\n\n</details>\n\n".format, SENTENCES, SENTENCES),
)


def check(document: Document) -> None:
    """See to all that must hold for the entries of any document."""
    split = explain_split(document)
    places = [(entry.start, entry.end) for entry in split.entries]
    assert places == sorted(places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    for entry in split.entries:
        assert entry.answer == document.text[entry.start : entry.end] == entry.answer.strip() != ""
        assert entry.short in entry.answer
        published = re.sub(r"\W", "", entry.question).lower() in re.sub(r"\W", "", document.text).lower()
        assert published or faults(entry.question, entry.lang) == []
    assert bool(split.entries) != bool(split.nothing_because)
    assert all(document.text[drop.start : drop.end].strip() and drop.reason for drop in split.dropped)


@settings(deadline=None, max_examples=80)
@given(st.lists(PARTS, min_size=1, max_size=16).map("".join))
def test_any_article_becomes_spans_with_sound_questions(source: str) -> None:
    check(read_text("a.md", f"Words.\n\n{source}"))


@settings(deadline=None, max_examples=80)
@given(SOURCES, SUFFIXES)
def test_no_text_raises(parts: list[str], suffix: str) -> None:
    try:
        document = read_text(f"a{suffix}", "".join(parts))
    except KbError:
        return
    check(document)


@settings(deadline=None, max_examples=60)
@given(st.lists(PARTS, min_size=1, max_size=12).map("".join))
def test_sections_hold_every_block_once(source: str) -> None:
    document = read_text("a.md", f"Words.\n\n{source}")
    sections = split_sections(document)
    held = [
        block
        for section in sections
        for block in ((section.heading,) if section.heading else ()) + section.blocks
    ]
    assert sorted(block.start for block in held) == [block.start for block in document.blocks]


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("a.md", "# One\n\n## Two\n\n### Three", "it holds headings and nothing under them"),
        (
            "a.html",
            "<nav>Home page</nav><footer>Copyright</footer>",
            "all of it is left out (navigation; page footer)",
        ),
        ("a.md", "# 🙂\n\n🎉 🎉", "all of it is left out (no word)"),
        (
            "a.html",
            '<script type="application/ld+json">{"@type": "Question", "name": "Can I park?",'
            '"acceptedAnswer": {"text": "Yes."}}</script><h1>Visits</h1>',
            "its FAQ (1) stands only in data for machines, which readers do not see; "
            "write its answers into the article",
        ),
    ],
)
def test_article_that_answers_nothing_says_why(name: str, source: str, reason: str) -> None:
    split = explain_split(read_text(name, source))
    assert (split.entries, split.nothing_because) == ((), reason)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.txt", "word " * 200_000),
        ("a.md", "".join(f"## Heading {number}\n\n" for number in range(5_000))),
        ("a.md", "\n".join(f"{'  ' * depth}- item of level {depth}" for depth in range(50))),
        ("a.html", "<h2>What is gout?" + "<ul><li>It is a kind of arthritis." * 50),
        ("a.html", "<h2><p>Contra<h3>dictory</h2><li>mark<td>up</h3></b></i><p>Gout is a kind of arthritis."),
        ("a.md", "# כאב גב\n\nכאב גב הוא נפוץ.\n\n## מה גורם לזה?\n\nהרבה דברים גורמים לכאב גב."),
        ("a.md", "# Gout 🙂\n\nGout 🙂 is a kind of 🎉 arthritis.\n\n## 🙂 What helps?\n\nRest 🙂 helps."),
        ("a.html", "<h1>Gout</h1><p>Go&shy;ut is a kind of ar&shy;thri&shy;tis that hurts.</p>"),
    ],
    ids=[
        "one paragraph",
        "headings",
        "nested",
        "nested page",
        "contradictory",
        "right to left",
        "emoji",
        "hyphens",
    ],
)
def test_odd_article_is_split_without_an_exception(name: str, source: str) -> None:
    check(read_text(name, source))


def test_every_corpus_article_is_split_into_its_own_words(corpora) -> None:  # type: ignore[no-untyped-def]
    from kb.content.reading import read_document

    articles = [path for path in (corpora / "splitting" / "articles").iterdir() if path.suffix != ".json"]
    assert articles
    for path in articles:
        document = read_document(path)
        entries = explain_split(document).entries
        assert entries, path.name
        assert [entry.answer for entry in entries] == [
            document.text[entry.start : entry.end] for entry in entries
        ]


def test_first_article_becomes_a_dozen_entries(corpora) -> None:  # type: ignore[no-untyped-def]
    from kb.content.reading import read_document

    document = read_document(corpora / "seed" / "treatment-resistant-depression.txt")
    assert len(explain_split(document).entries) >= 12
