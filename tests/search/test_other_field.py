"""Nothing in the code knows one clinic's subject: the outcome holds for articles on copayments and lab results."""

import shutil
from pathlib import Path

import pytest

from kb.asking import KnowledgeBase
from kb.indexing import build_folder
from kb.settings import Settings

ARTICLES = ("va_copay.md", "va_labresults.html", "nhs_headlice.html")


@pytest.fixture(scope="module")
def elsewhere(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "articles").mkdir()
    for name in ARTICLES:
        shutil.copy(corpora / "splitting" / "articles" / name, folder / "articles")
    clinic = Settings()
    build_folder(folder / "articles", folder / "index", clinic, lambda _: None, include_drafts=True)
    return KnowledgeBase(clinic, folder / "index")


@pytest.mark.parametrize(
    "query",
    [
        "how much is the copay for outpatient care",
        "copay for medicines",
        "how do i get rid of head lice",
        "lab results",
    ],
)
def test_what_the_articles_say_is_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome == "answer"


@pytest.mark.parametrize(
    "query", ["lasagna recipe", "special k cereal", "tropical depression", "suicide squad cast", "ketamine"]
)
def test_another_subject_is_not_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome != "answer"


@pytest.mark.parametrize("query", ["can head lice make my dog sick", "copay for acupuncture"])
def test_what_is_near_but_unsaid_is_not_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome == "not_covered"
