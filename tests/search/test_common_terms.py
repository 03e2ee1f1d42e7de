"""The words of medicine that come with the product help where neither articles nor clinic know a patient's words."""

from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.indexing import build_folder
from kb.settings import Settings

ARTICLES = {
    "cystitis.md": "## What helps with cystitis?\n\nDrink enough water, and urinate as soon as you need to.\n",
    "skin.md": "## How do I care for my skin?\n\nAfter radiation therapy keep the skin cool and dry.\n",
    "spray.md": "## How well does Ventolin work?\n\nVentolin opens the airways within minutes.\n\n"
    "## Who may prescribe salbutamol?\n\nAny doctor may prescribe salbutamol.\n",
}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A knowledge base without terms of its own."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(f"# About\n\n{text}", encoding="utf-8")
    clinic = Settings()
    build_folder(folder / "articles", folder / "index", clinic, lambda _: None, include_drafts=True)
    return KnowledgeBase(clinic, folder / "index")


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("peeing hurts what helps", "What helps with cystitis?"),
        ("skin after radiotherapy", "How do I care for my skin?"),
        ("how well does albuterol work", "How well does Ventolin work?"),
    ],
)
def test_a_patients_word_finds_what_articles_call_otherwise(
    elsewhere: KnowledgeBase, query: str, question: str
) -> None:
    assert elsewhere.ask(query).hits[0].entry.question == question


def test_what_only_the_common_terms_name_is_not_of_the_clinics_field(elsewhere: KnowledgeBase) -> None:
    assert elsewhere.ask("metformin").outcome == "nothing"


def test_they_are_not_suggested(elsewhere: KnowledgeBase) -> None:
    assert [line.text for line in elsewhere.suggest("radiother")] == []


def test_a_folder_of_articles_may_have_terms_that_clash(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(f"# About\n\n{ARTICLES['skin.md']}", encoding="utf-8")
    terms = '[[term]]\nname = "radiotherapy"\nkind = "treatment"\nlay = ["ray lamp"]\n'
    (tmp_path / "articles" / "terms.toml").write_text(terms, encoding="utf-8")
    build_folder(tmp_path / "articles", tmp_path / "index", Settings(), lambda _: None, include_drafts=True)
    question = KnowledgeBase(Settings(), tmp_path / "index").ask("how to care for skin after the ray lamp")
    assert question.hits[0].entry.question == "How do I care for my skin?"
