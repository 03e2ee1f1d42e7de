"""An answer that was withdrawn or is being checked is shown nowhere, and nobody is told what is not so."""

from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from kb.asking import KnowledgeBase
from kb.indexing import build_folder, update_article
from kb.web import build_app
from tests.web import clinic
from tests.web.test_patient import page, words

FASTING = """# Fasting

Welcome.

## Can I eat?

Do not eat for four hours. Water is fine.

## Why?

A full stomach may come up again.
"""
ENTRIES = """\
[[entry]]
id = "300001"
status = "published"
question = "Can I eat?"
answer = "Do not eat for four hours. Water is fine."

[[entry]]
id = "300002"
status = "published"
question = "Why may I not eat?"
answer = "A full stomach may come up again."
"""
WITHDRAWN = ENTRIES.replace('"published"', '"withdrawn"\nreplaced_by = "300002"', 1)
EDITED = FASTING.replace("four hours", "ten hours")
CHECKED = "This answer is being checked"
PLACES = (
    "/articles/fasting",
    "/es/articles/fasting",
    "/embed?entry=300001",
    "/q/300001/can-i-eat",
    "/feed.xml",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article and an index of it, for tests to copy."""
    made = tmp_path_factory.mktemp("built")
    (made / "articles").mkdir()
    save(made, "build")
    return made


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def reader(folder: Path) -> FlaskClient:
    settings = clinic.settings()
    return build_app(settings, KnowledgeBase(settings, folder / "index")).test_client()


def build(folder: Path) -> None:
    build_folder(folder / "articles", folder / "index", clinic.settings(), lambda _: None)


def save(folder: Path, how: str, text: str = FASTING, entries: str = ENTRIES) -> None:
    """Save an edit, and have it served in place or by a build."""
    (folder / "articles" / "fasting.md").write_text(text)
    (folder / "articles" / "fasting.qa.toml").write_text(entries)
    if how == "build":
        build(folder)
    else:
        path = folder / "articles" / "fasting.md"
        update_article(path, folder / "index", clinic.settings(), lambda _: None)


def article(reader: FlaskClient, path: str = "/articles/fasting") -> str:
    return words(page(reader.get(path)).select_one(".prose"))


@pytest.mark.parametrize("how", ["in place", "build"])
def test_a_withdrawn_answer_stands_on_no_page(folder: Path, reader: FlaskClient, how: str) -> None:
    save(folder, how, entries=WITHDRAWN)
    gone = reader.get("/q/300001/can-i-eat")
    assert (gone.status_code, words(page(gone).h1)) == (410, "This answer was withdrawn")
    assert reader.get("/api/v1/entries/300001").status_code == 410
    assert [path for path in PLACES if "four hours" in reader.get(path).text] == []
    assert article(reader) == (
        "Welcome. Can I eat? Something that stood here was withdrawn. Why? A full stomach may come up again."
    )
    save(folder, how)
    assert "Do not eat for four hours. Water is fine." in article(reader)


@pytest.mark.parametrize("how", ["in place", "build"])
def test_an_edited_passage_is_said_to_be_checked_and_not_shown(
    folder: Path, reader: FlaskClient, how: str
) -> None:
    save(folder, how, EDITED)
    for path in ("/q/300001/can-i-eat", "/embed?entry=300001"):
        checked = reader.get(path)
        assert (checked.status_code, checked.headers["Cache-Control"]) == (404, "no-store"), path
        assert words(page(checked).h1) == CHECKED, path
    assert reader.get("/api/v1/entries/300001").json == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "This answer is being checked.",
        "being_checked": True,
    }
    assert [path for path in PLACES if "ten hours" in reader.get(path).text] == []
    assert article(reader) == (
        "Welcome. Can I eat? What stands here is being checked. Why? A full stomach may come up again."
    )
    notice = page(reader.get("/es/articles/fasting")).select_one(".withheld")
    assert notice is not None
    assert (words(notice), notice["lang"]) == ("Lo que dice aquí se está revisando.", "es")
    # Published again, it is there again.
    save(folder, how, EDITED, ENTRIES.replace("four hours", "ten hours"))
    assert reader.get("/q/300001/can-i-eat").status_code == 200
    assert "Do not eat for ten hours." in article(reader)


@pytest.mark.parametrize("how", ["in place", "build"])
def test_where_all_answers_are_being_checked_each_says_so(
    folder: Path, reader: FlaskClient, how: str
) -> None:
    save(folder, how, EDITED.replace("come up again", "be a burden"))
    for entry_id in ("300001", "300002"):
        assert words(page(reader.get(f"/q/{entry_id}/x")).h1) == CHECKED
    assert reader.get("/articles/fasting").status_code == 404
    assert "ten hours" not in reader.get("/articles/fasting").text
    assert page(reader.get("/")).select(".topic-card") == []
    # One of them is withdrawn for good, the other still looked at.
    save(folder, how, EDITED.replace("come up again", "be a burden"), WITHDRAWN)
    assert [reader.get(f"/q/{entry_id}/x").status_code for entry_id in ("300001", "300002")] == [410, 404]
    save(folder, how)
    assert article(reader) == (
        "Welcome. Can I eat? Do not eat for four hours. Water is fine. Why? A full stomach may come up again."
    )


def test_an_article_that_is_gone_is_no_longer_being_checked(folder: Path, reader: FlaskClient) -> None:
    save(folder, "in place", EDITED)
    (folder / "articles" / "fasting.md").unlink()
    update_article(folder / "articles" / "fasting.md", folder / "index", clinic.settings(), lambda _: None)
    assert words(page(reader.get("/q/300001/x")).h1) == "This page is not here"


def test_words_that_a_served_answer_says_as_well_stay(folder: Path, reader: FlaskClient) -> None:
    replacement = ENTRIES.replace('"published"', '"withdrawn"', 1) + (
        '\n[[entry]]\nid = "300003"\nstatus = "published"\nquestion = "Is water fine?"\nanswer = "Water is fine."\n'
    )
    save(folder, "in place", entries=replacement)
    assert article(reader) == (
        "Welcome. Can I eat? Something that stood here was withdrawn. Water is fine. "
        "Why? A full stomach may come up again."
    )
    assert page(reader.get("/articles/fasting?entry=300003")).select_one("#e-300003 mark") is not None
