"""Nothing in the code knows one clinic's subject: the outcome holds for articles on bread and garden waste."""

import shutil

import pytest

from kb.asking import KnowledgeBase
from kb.indexing import build_folder
from kb.settings import Settings
from tests.conftest import ROOT

ARTICLES = ("garden-waste.txt", "heat-pumps.md", "sourdough.md")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "articles").mkdir()
    for name in ARTICLES:
        shutil.copy(ROOT / "tests" / "golden" / name, folder / "articles")
    clinic = Settings()
    build_folder(folder / "articles", folder / "index", clinic, lambda _: None, include_drafts=True)
    return KnowledgeBase(clinic, folder / "index")


@pytest.mark.parametrize(
    "query",
    [
        "how much does a heat pump cost",
        "can i put soil in the bin",
        "how do i feed my starter",
        "garden waste",
    ],
)
def test_what_the_articles_say_is_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome == "answer"


@pytest.mark.parametrize(
    "query", ["lasagna recipe", "special k cereal", "tropical depression", "suicide squad cast", "ketamine"]
)
def test_another_subject_is_not_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome != "answer"


@pytest.mark.parametrize("query", ["can garden waste make my dog sick", "starter for yogurt"])
def test_what_is_near_but_unsaid_is_not_answered(elsewhere: KnowledgeBase, query: str) -> None:
    assert elsewhere.ask(query).outcome == "not_covered"
