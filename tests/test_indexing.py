"""One edited article is served in place; what it no longer says is gone."""

from pathlib import Path
from shutil import copytree

import pytest

from kb.asking import KnowledgeBase
from kb.content.library import ids_of
from kb.errors import IndexUnavailable, KbError
from kb.indexing import build_folder, update_article
from kb.settings import Settings

PARKING = "# Parking\n\n## Where can I park?\n\nYou can park behind the house. Parking is free.\n"
ENTRIES = """\
[[entry]]
id = "204816"
status = "published"
question = "Where can I park?"
answer = "You can park behind the house. Parking is free."

[[entry]]
id = "204817"
status = "published"
question = "What does parking cost?"
answer = "Parking is free."
"""
CLINIC = Settings()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write_article(tmp_path / "articles")


def write_article(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "parking.md"
    path.write_text(PARKING)
    path.with_name("parking.qa.toml").write_text(ENTRIES)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the one article, for tests to copy."""
    folder = tmp_path_factory.mktemp("built")
    write_article(folder / "articles")
    build_folder(folder / "articles", folder / "index", CLINIC, raise_problem)
    return folder / "index"


@pytest.fixture
def index(article: Path, built: Path, tmp_path: Path) -> Path:
    copytree(built, tmp_path / "index")
    return tmp_path / "index"


def raise_problem(error: KbError) -> None:
    raise error


def update(article: Path, index: Path) -> tuple[int, list[str]]:
    problems: list[str] = []
    changed = update_article(article, index, CLINIC, lambda error: problems.append(str(error)))
    return changed, problems


def test_an_edited_question_is_served_by_a_process_that_runs(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    assert running.entry("204816") is not None
    entries = article.with_name("parking.qa.toml")
    entries.write_text(ENTRIES.replace("Where can I park?", "Is there a garage?"))
    assert update(article, index) == (1, [])
    assert [hit.entry.id for hit in running.ask("garage").hits][:1] == ["204816"]


def test_an_edited_entry_keeps_its_place_in_the_article(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.with_name("parking.qa.toml").write_text(
        ENTRIES.replace("Where can I park?", "Is there a garage?")
    )
    assert update(article, index) == (1, [])
    shown = running.article("parking")
    assert shown is not None
    assert [entry.id for entry in shown.entries] == ["204816", "204817"]


def test_nothing_changed_changes_nothing(article: Path, index: Path) -> None:
    assert update(article, index) == (0, [])


def test_a_withdrawn_entry_is_gone_and_names_what_replaced_it(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    text = ENTRIES.replace('"published"', '"withdrawn"\nreplaced_by = "204817"', 1)
    article.with_name("parking.qa.toml").write_text(text)
    assert update(article, index) == (1, [])
    gone = running.gone("204816")
    assert gone is not None
    assert gone.replaced_by == "204817"
    assert [hit.entry.id for hit in running.ask("where can I park").hits] == ["204817"]


def test_an_entry_whose_words_changed_is_withheld_and_named(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.write_text(PARKING.replace("behind the house", "in the yard"))
    changed, problems = update(article, index)
    # The other entry stands, at another place in the text.
    assert changed == 2
    assert len(problems) == 1
    assert "204816" in problems[0]
    assert running.entry("204816") is None
    assert running.entry("204817") is not None
    # Nobody withdrew it: a build says no more of it either.
    assert running.gone("204816") is None


def test_words_around_the_passages_show_on_the_page(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.write_text(PARKING + "\nThe yard is lit at night.\n")
    assert update(article, index) == (1, [])
    shown = running.article("parking")
    assert shown is not None
    assert "lit at night" in running.article_html(shown)


def test_an_answer_found_before_an_edit_keeps_its_own_words(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    found = running.entry("204816")
    assert found is not None
    before = running.answer_html(found)
    article.write_text(PARKING.replace("# Parking\n", "# Parking\n\nMind the height of the gate.\n", 1))
    assert update(article, index) == (2, [])
    assert running.answer_html(found) == before == "<p>You can park behind the house. Parking is free.</p>"


def test_an_article_that_is_gone_has_nothing_served(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.unlink()
    changed, problems = update(article, index)
    assert changed == 2
    assert len(problems) == 1
    assert running.ask("parking").hits == ()
    assert running.article("parking") is None


def test_a_row_is_withdrawn_and_brought_back_in_place(article: Path, tmp_path: Path) -> None:
    rows = article.with_name("faq.csv")
    rows.write_text("id,question,answer\nf1,Why?,Because.\nf2,When?,Now.\n")
    index = tmp_path / "index"
    build_folder(article.parent, index, CLINIC, raise_problem)
    running = KnowledgeBase(CLINIC, index)
    table = article.with_name("faq.qa.toml")
    table.write_text('[[entry]]\nid = "f1"\nstatus = "withdrawn"\nreplaced_by = "f2"\n')
    assert update(rows, index) == (1, [])
    gone = running.gone("f1")
    assert gone is not None
    assert gone.replaced_by == "f2"
    assert running.entry("f2") is not None
    table.unlink()
    assert update(rows, index) == (1, [])
    assert running.entry("f1") is not None


def test_a_row_with_the_id_of_another_file_does_not_take_its_place(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = article.with_name("faq.csv")
    rows.write_text("id,question,answer\nf1,Why?,Because.\nf2,When?,Now.\n")
    index = tmp_path / "index"
    build_folder(article.parent, index, CLINIC, raise_problem)
    running = KnowledgeBase(CLINIC, index)
    copy = article.with_name("more.csv")
    copy.write_text("id,question,answer\nf1,Why?,Thus.\nf2,When?,Then.\nf3,Who?,I.\n")
    looked_at = []

    def counted(path: Path) -> set[str]:
        looked_at.append(path.name)
        return ids_of(path)

    monkeypatch.setattr("kb.indexing.ids_of", counted)
    changed, problems = update(copy, index)
    assert changed == 1
    assert [problem.split(": ")[1] for problem in problems] == [
        f'id "{entry_id}" stands in faq.csv as well' for entry_id in ("f1", "f2")
    ]
    assert looked_at == ["faq.csv"]
    served = {entry_id: running.entry(entry_id) for entry_id in ("f1", "f2", "f3")}
    assert {entry_id: entry and entry.answer for entry_id, entry in served.items()} == {
        "f1": "Because.",
        "f2": "Now.",
        "f3": "I.",
    }


def test_a_slip_in_the_table_of_one_row_leaves_all_rows_served(article: Path, tmp_path: Path) -> None:
    rows = article.with_name("faq.csv")
    rows.write_text("id,question,answer\nf1,Why?,Because.\n")
    index = tmp_path / "index"
    build_folder(article.parent, index, CLINIC, raise_problem)
    article.with_name("faq.qa.toml").write_text("[[entry")
    changed, problems = update(rows, index)
    assert (changed, len(problems)) == (0, 1)
    assert KnowledgeBase(CLINIC, index).entry("f1") is not None


@pytest.mark.parametrize(
    ("name", "typed"),
    [("parking.qa.toml", ENTRIES + "[[entry"), ("parking.md", "")],
    ids=["its entries", "itself"],
)
def test_while_an_article_cannot_be_read_what_was_served_goes_on(
    article: Path, index: Path, name: str, typed: str
) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.with_name(name).write_text(typed)
    changed, problems = update(article, index)
    assert changed == 0
    assert [Path(problem.split(":")[0]).name for problem in problems] == [name]
    assert running.entry("204816") is not None
    assert running.entry("204817") is not None
    assert running.article("parking") is not None


def test_another_file_of_its_name_takes_nothing_of_an_article(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    article.with_suffix(".html").write_text("<h1>Parking</h1><p>Parking is free.</p>")
    for edited, other in ((".html", "parking.md"), (".md", "parking.html")):
        changed, problems = update(article.with_suffix(edited), index)
        assert changed == 0
        assert len(problems) == 1
        assert f"has the same name as {other}" in problems[0]
    shown = running.article("parking")
    assert shown is not None
    assert (shown.document.name, [entry.id for entry in shown.entries]) == (
        "parking.md",
        ["204816", "204817"],
    )


def test_an_entry_with_the_id_of_another_article_does_not_take_its_place(article: Path, index: Path) -> None:
    running = KnowledgeBase(CLINIC, index)
    other = article.with_name("visits.md")
    other.write_text("# Visits\n\nA visit takes an hour.\n")
    table = '[[entry]]\nid = "204816"\nstatus = "published"\nquestion = "How long?"\nanswer = "A visit takes an hour."\n'
    other.with_name("visits.qa.toml").write_text(table)
    changed, problems = update(other, index)
    assert changed == 0
    assert len(problems) == 1
    assert "stands in parking.md as well" in problems[0]
    shown = running.entry("204816")
    assert shown is not None
    assert shown.question == "Where can I park?"
    # Once it is the other's no more, it is free.
    article.unlink()
    assert update(other, index) == (1, [])
    assert [hit.entry.article for hit in running.ask("how long is a visit").hits][:1] == ["visits.md"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [("withdrawn", "A visit takes an hour."), ("published", "A visit takes two hours.")],
    ids=["withdrawn", "being checked"],
)
def test_an_entry_that_is_not_served_takes_nothing_of_another_with_its_id(
    article: Path, index: Path, status: str, answer: str
) -> None:
    running = KnowledgeBase(CLINIC, index)
    other = article.with_name("visits.md")
    other.write_text("# Visits\n\nA visit takes an hour.\n")
    table = f'[[entry]]\nid = "204816"\nstatus = "{status}"\nquestion = "How long?"\nanswer = "{answer}"\n'
    other.with_name("visits.qa.toml").write_text(table)
    assert update(other, index)[0] == 0
    shown = running.entry("204816")
    assert shown is not None
    assert shown.question == "Where can I park?"
    assert running.gone("204816") is None


def test_there_must_be_an_index_to_change(article: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable):
        update(article, tmp_path / "none")
