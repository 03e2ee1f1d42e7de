"""What can be browsed: topics, their letters, and what is under each."""

from datetime import date
from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.catalogue import Catalogue
from kb.content.entries import Auto, Entry, Qtype
from kb.search.building import build
from kb.search.generation import Contents
from kb.search.index.listing import listed
from tests.changing import publish, withdraw
from tests.entries import FASTING_ENTRY, PARKING_ENTRY, THREE, VISITS_ENTRY, entry
from tests.web import clinic


def catalogue(*entries: Entry, **titles: str) -> Catalogue:
    return Catalogue(
        tuple(listed(one) for one in entries), {f"{name}.md": title for name, title in titles.items()}
    )


def topics(found: Catalogue) -> dict[str, tuple[str, list[str]]]:
    return {slug: (topic.name, [one.id for one in topic.entries]) for slug, topic in found.topics.items()}


def test_an_entry_is_under_its_tags_else_its_article_else_its_focus_else_nothing() -> None:
    tagged = entry(id="1", tags=("Parking", "Getting here"), focus="cars")
    of_article = entry(id="2", article="visits.md", focus="time")
    row = entry(id="3", article="rows.csv", focus="Asthma")
    bare = entry(id="4", article="rows.csv")
    assert topics(catalogue(tagged, of_article, row, bare, visits="Your visit")) == {
        "asthma": ("Asthma", ["3"]),
        "getting-here": ("Getting here", ["1"]),
        "parking": ("Parking", ["1"]),
        "your-visit": ("Your visit", ["2"]),
    }


@pytest.mark.parametrize(
    ("question", "qtype", "own"),
    [
        ("How well does TMS work for stubborn depression?", "effectiveness", ("TMS",)),
        ("What is stubborn depression?", "definition", ()),
        ("Which treatment helps against depression?", "info", ("depression", "treatment")),
        ("Who gets stubborn depression?", "risk_factors", ("risk factors",)),
        ("Why?", "info", ("made by an editor",)),
    ],
)
def test_of_its_articles_tags_an_entry_is_under_those_that_it_asks_of(
    question: str, qtype: Qtype, own: tuple[str, ...]
) -> None:
    of_article = ("depression", "treatment", "TMS", "risk factors")
    tags = (*of_article, "made by an editor") if question == "Why?" else of_article
    auto = Auto(question=question, answer="So.", tags=of_article)
    one = entry(question=question, qtype=qtype, focus="stubborn depression", tags=tags, auto=auto)
    assert listed(one).tags == own


def test_tags_without_an_article_behind_them_are_all_its_own() -> None:
    assert listed(entry(tags=("Parking", "Cars"))).tags == ("Parking", "Cars")


def test_a_topic_is_one_however_it_is_written_and_reads_in_order() -> None:
    later = entry(id="1", article="rows.csv", focus="Hay fever")
    first = entry(id="2", start=40, tags=("hay fever",))
    second = entry(id="3", start=10, tags=("Hay Fever",))
    assert topics(catalogue(later, first, second)) == {"hay-fever": ("Hay Fever", ["3", "2", "1"])}


def test_letters_hold_topics_that_accents_and_figures_begin() -> None:
    focuses = ("Éxtasis", "ECT", "988", "zinc")
    found = catalogue(*(entry(id=focus, article="rows.csv", focus=focus) for focus in focuses))
    letters = {letter: [topic.name for topic in members] for letter, members in found.letters.items()}
    assert letters == {"#": ["988"], "E": ["ECT", "Éxtasis"], "Z": ["zinc"]}


def test_the_catalogue_follows_every_change_and_is_made_once_between(tmp_path: Path) -> None:
    build(tmp_path, Contents(THREE, list, dict, dict))
    knowledge_base = KnowledgeBase(clinic.settings(), tmp_path)
    first = knowledge_base.catalogue()
    assert [one.id for one in first.entries] == [one.id for one in THREE]
    assert knowledge_base.catalogue() is first
    withdraw(tmp_path, PARKING_ENTRY.id)
    publish(tmp_path, entry(id="100009", article="rows.csv", focus="Shoes", updated_on=date(2026, 3, 4)))
    assert [(one.id, one.changed_on) for one in knowledge_base.catalogue().entries] == [
        (VISITS_ENTRY.id, None),
        (FASTING_ENTRY.id, None),
        ("100009", date(2026, 3, 4)),
    ]
    assert list(knowledge_base.catalogue().topics) == ["shoes"]


def test_what_is_withheld_cannot_be_browsed(tmp_path: Path) -> None:
    overdue = entry(reviewed_by="A. Clinician", reviewed_on=date(2020, 1, 1), review_due=date(2021, 1, 1))
    build(tmp_path, Contents([overdue, VISITS_ENTRY], list, dict, dict))
    settings = clinic.settings()
    strict = settings.model_copy(
        update={"reviews": settings.reviews.model_copy(update={"withhold_after": 30})}
    )
    shown = [
        [one.id for one in KnowledgeBase(kind, tmp_path).catalogue().entries] for kind in (settings, strict)
    ]
    assert shown == [[overdue.id, VISITS_ENTRY.id], [VISITS_ENTRY.id]]
