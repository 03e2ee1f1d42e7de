"""The articles folder as a whole: what is served of it, and what in it needs mending."""

from pathlib import Path

import pytest

from kb.content.entries import Entry
from kb.content.library import Library, doubled_ids, draw_id, read_article, used_ids
from kb.errors import KbError

PARKING = "# Parking\n\n## Where can I park?\n\nYou can park behind the house. Parking is free.\n"
ENTRY = """\
[[entry]]
id = "204816"
status = "published"
question = "Where can I park?"
answer = "You can park behind the house. Parking is free."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parking.md").write_text(PARKING)
    (tmp_path / "parking.qa.toml").write_text(ENTRY)
    return tmp_path


def read(folder: Path, *, include_drafts: bool = False) -> tuple[list[Entry], Library, list[str]]:
    problems: list[KbError] = []
    library = Library(folder, problems.append, include_drafts)
    return list(library.entries()), library, [str(problem) for problem in problems]


def test_a_published_entry_is_served_with_its_place_in_the_article(folder: Path) -> None:
    entries, library, problems = read(folder)
    assert [(entry.id, entry.article, entry.source) for entry in entries] == [
        ("204816", "parking.md", "Parking")
    ]
    text = library.documents[0].text
    assert text[entries[0].start : entries[0].end] == entries[0].answer
    assert problems == []
    assert sorted(library.sources) == ["parking.md"]


def test_an_edit_of_an_entries_file_is_an_edit_of_its_source(folder: Path) -> None:
    before = read(folder)[1].sources
    path = folder / "parking.qa.toml"
    path.write_text(path.read_text().replace('"published"', '"withdrawn"'))
    after = read(folder)[1].sources
    assert before["parking.md"].split()[0] == after["parking.md"].split()[0]
    assert before != after


def test_an_article_without_an_entries_file_is_served_as_drafts_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "parking.md").write_text(PARKING)
    assert read(tmp_path)[0] == []
    drafts = read(tmp_path, include_drafts=True)[0]
    assert [entry.question for entry in drafts] == ["Where can I park?"]
    assert not list(tmp_path.glob("*.qa.toml"))


def test_a_published_entry_whose_words_changed_is_withheld_and_named(folder: Path) -> None:
    (folder / "parking.md").write_text(PARKING.replace("is free", "costs 5 dollars"))
    entries, _, problems = read(folder)
    assert entries == []
    assert len(problems) == 1
    assert "204816" in problems[0]
    assert "withheld" in problems[0]


def test_a_short_answer_in_other_words_is_withheld_and_named(folder: Path) -> None:
    (folder / "parking.qa.toml").write_text(ENTRY + 'short = "Bring cash."\n')
    (folder / "faq.csv").write_text(
        "id,question,answer,short\nf1,Why?,So it is.,So.\nf2,When?,Now or then.,Now\n"
    )
    entries, _, problems = read(folder)
    assert [(entry.id, entry.short) for entry in entries] == [("f1", ""), ("f2", "Now"), ("204816", "")]
    assert problems == [
        f"{folder / place}: the short answer of entry {entry_id} is not a part of its answer, so it is withheld: "
        "copy it from the answer"
        for place, entry_id in (("faq.csv", "f1"), ("parking.qa.toml", "204816"))
    ]


@pytest.mark.parametrize(
    ("status", "served"),
    [("draft", False), ("published", True), ("withdrawn", False), ("rejected", False), ("orphaned", False)],
)
def test_only_what_is_published_is_served(folder: Path, status: str, served: bool) -> None:
    (folder / "parking.qa.toml").write_text(ENTRY.replace("published", status))
    entries, library, _ = read(folder)
    assert bool(entries) is served
    assert library.gone == ({"204816": ""} if status == "withdrawn" else {})


def test_an_entry_for_staff_is_not_public(folder: Path) -> None:
    (folder / "parking.qa.toml").write_text(ENTRY + 'audience = "staff"\n')
    assert read(folder)[0] == []


def test_a_file_that_cannot_be_used_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "empty.md").write_text("")
    (folder / "faq.csv").write_text("id,question\n1,Why?\n")
    (folder / "broken.md").write_text(PARKING)
    (folder / "broken.qa.toml").write_text("[[entry")
    entries, _, problems = read(folder)
    assert [entry.id for entry in entries] == ["204816"]
    assert [Path(problem.split(":")[0]).name for problem in problems] == [
        "broken.qa.toml",
        "empty.md",
        "faq.csv",
    ]


def test_a_file_that_is_too_much_for_its_reader_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "deep.md").write_text(f"# Deep\n\n{'- ' * 3000}x\n")
    (folder / "marks.md").write_text(PARKING)
    (folder / "marks.qa.toml").write_text(f"x = {'[' * 5000}")
    entries, _, problems = read(folder)
    assert [entry.id for entry in entries] == ["204816"]
    assert [problem.split(":")[:2] for problem in problems] == [
        [str(folder / "deep.md"), " cannot be read (RecursionError"],
        [str(folder / "marks.qa.toml"), " nests brackets too deep"],
    ]


def test_two_entries_with_one_id_are_named_and_the_first_is_served(folder: Path) -> None:
    (folder / "visits.md").write_text(PARKING)
    (folder / "visits.qa.toml").write_text(ENTRY)
    entries, _, problems = read(folder)
    assert [entry.article for entry in entries] == ["parking.md"]
    assert "stands in parking.md as well" in problems[0]


def test_two_articles_that_would_share_an_entries_file_are_named(folder: Path) -> None:
    (folder / "parking.txt").write_text("You can park behind the house.")
    entries, _, problems = read(folder)
    assert [entry.article for entry in entries] == ["parking.md"]
    assert "rename one" in problems[0]


def test_an_entries_file_whose_article_was_renamed_is_named_with_its_new_name(folder: Path) -> None:
    (folder / "parking.md").rename(folder / "lot.md")
    (folder / "visits.md").write_text("# Visits\n\nA first visit takes one hour.\n")
    entries, _, problems = read(folder)
    assert entries == []
    assert problems == [
        f"{folder / 'parking.qa.toml'}: its article is gone: rename it to lot.qa.toml, or delete it"
    ]


def test_an_entries_file_whose_article_was_deleted_is_named(folder: Path) -> None:
    (folder / "parking.md").unlink()
    gone = f"{folder / 'parking.qa.toml'}: its article is gone: bring its article back, or delete it"
    assert read(folder)[2] == [gone]
    with pytest.raises(KbError) as raised:
        read_article(folder / "parking.md")
    assert str(raised.value) == gone


def test_an_entries_file_that_another_article_has_now_is_not_said_to_be_left(folder: Path) -> None:
    (folder / "parking.md").rename(folder / "parking.txt")
    with pytest.raises(KbError) as raised:
        read_article(folder / "parking.md")
    assert raised.value.place == str(folder / "parking.md")
    assert read(folder)[2] == []


def test_rows_are_served_and_a_table_withdraws_or_edits_one(folder: Path) -> None:
    (folder / "faq.csv").write_text("id,question,answer\nf1,Why?,So.\nf2,When?,Now.\n")
    (folder / "faq.qa.toml").write_text(
        '[[entry]]\nid = "f1"\nstatus = "withdrawn"\nreplaced_by = "f2"\n'
        '[[entry]]\nid = "f2"\nquestion = "When exactly?"\n'
    )
    entries, library, problems = read(folder)
    assert [(entry.id, entry.question, entry.answer) for entry in entries] == [
        ("f2", "When exactly?", "Now."),
        ("204816", "Where can I park?", "You can park behind the house. Parking is free."),
    ]
    assert library.gone == {"f1": "f2"}
    assert problems == []


def test_a_table_whose_row_is_gone_is_named_and_the_rest_is_served(folder: Path) -> None:
    (folder / "faq.csv").write_text("id,question,answer\nf2,When?,Now.\n")
    (folder / "faq.qa.toml").write_text(
        '[[entry]]\nid = "f1"\nquestion = "Why at all?"\n'
        '[[entry]]\nid = "f2"\nquestion = "When exactly?"\n'
        '[[entry]]\nid = "f3"\nstatus = "withdrawn"\nreplaced_by = "f2"\n'
    )
    entries, library, problems = read(folder)
    assert [(entry.id, entry.question) for entry in entries] == [
        ("f2", "When exactly?"),
        ("204816", "Where can I park?"),
    ]
    assert library.gone == {"f3": "f2"}
    assert problems == [
        f'{folder / "faq.qa.toml"} [entry 1, id "f1"]: no row has this id: correct the id, or delete this table'
    ]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="name a folder of articles"):
        read(tmp_path / "nowhere")


def test_an_id_of_a_row_is_used_also_where_the_file_breaks_off(folder: Path) -> None:
    (folder / "faq.CSV").write_text('id,question,answer\n100000,Why?,So.\n100001,,\n100002,"')
    (folder / "more.jsonl").write_text('{"id": 300000, "question": "Why?", "answer": "So."}\n{"id\n')
    assert used_ids(folder) == {"204816", "100000", "100001", "300000"}


def test_ids_that_several_files_have_are_named_with_their_files(folder: Path) -> None:
    assert doubled_ids(folder) == {}
    # A table over a row, an article of the same name, and what no article has any more are no other entry.
    (folder / "faq.csv").write_text("id,question,answer\nf1,Why?,So.\n204816,When?,Now.\n")
    (folder / "faq.qa.toml").write_text('[[entry]]\nid = "f1"\nstatus = "withdrawn"\n')
    (folder / "parking.txt").write_text("You can park behind the house.")
    (folder / "left.qa.toml").write_text(ENTRY)
    assert doubled_ids(folder) == {"204816": [folder / "faq.csv", folder / "parking.md"]}


def test_a_drawn_id_is_new_also_beside_a_broken_file(folder: Path) -> None:
    (folder / "broken.qa.toml").write_text('[[entry]]\nid = "300000"\n[[entry')
    used = used_ids(folder)
    assert used == {"204816", "300000"}
    drawn = draw_id(used)
    assert len(drawn) == 6
    assert drawn.isdecimal()
    assert drawn in used
