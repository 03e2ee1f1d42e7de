"""Rows of ready questions and files that cannot be used are checked as articles are."""

from datetime import date
from pathlib import Path

from kb.checks import check_folder
from kb.content.imported import MOST_PROBLEMS_OF_A_FILE
from kb.settings import Settings

TODAY = date(2026, 11, 23)
CLAIM = "As many as 80% of people get better with zorbital. See above."


def findings(folder: Path) -> list[tuple[str, str, str, bool]]:
    return [
        (one.place.removeprefix(f"{folder}/"), one.entry, one.problem, one.blocks)
        for one in check_folder(folder, Settings(), TODAY)
    ]


def test_rows_are_held_to_the_rules_of_articles(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        f'id,question,answer\nz0,Why?,Because.\nz1,Does zorbital work?,"{CLAIM}"\n'
    )
    covered = '"As many as 80% of people get better with zorbital." says how well something works, and no disclosure covers it'
    assert findings(tmp_path) == [
        ("x.csv:2", "z0", "no source", True),
        ("x.csv:3", "z1", covered, True),
        ("x.csv:3", "z1", "no source", True),
        ("x.csv:3", "z1", "the answer is unsafe alone: it points to another place in the article", False),
    ]


def test_a_row_that_an_editor_changed_is_checked_as_changed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,question,answer,source\nz0,Why?,Because.,A book\nz1,When?,Now.,\n")
    (tmp_path / "x.qa.toml").write_text(
        '[[entry]]\nid = "z0"\nshort = "Thus."\n\n[[entry]]\nid = "z1"\nstatus = "withdrawn"\n'
    )
    problem = "the short answer of entry z0 is not a part of its answer, so it is withheld"
    assert findings(tmp_path) == [("x.csv", "", problem, True)]


def test_what_build_cannot_use_blocks(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(
        'id,question,answer,source\n1,Why?,Because.,A\n1,When?,Now.,A\n2,,Ah.,A\n3,"Who?,I.,A\n'
    )
    (tmp_path / "script.md").write_text("# Script\n\nWords.\n")
    (tmp_path / "script.html").write_text("<h1>Script</h1><p>Words.</p>")
    assert findings(tmp_path) == [
        ("rows.csv", "", "is no valid CSV (unexpected end of data)", True),
        ("rows.csv:3", "", 'id "1" stands twice', True),
        ("rows.csv:4", "", "no question", True),
        ("script.md", "", "has the same name as script.html", True),
    ]


def test_both_of_two_rows_with_one_id_are_checked_and_the_second_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,question,answer,source\nz0,Why?,Because.,A\nz1,When?,Now.,A\n")
    (tmp_path / "b.CSV").write_text("id,question,answer,source\nz2,Who?,I.,A\nz1,Where?,Here.,\n")
    (tmp_path / "b.qa.toml").write_text('[[entry]]\nid = "z0"\nstatus = "withdrawn"\n')
    assert findings(tmp_path) == [
        ("b.CSV:3", "z1", "a.csv has the same id", True),
        ("b.CSV:3", "z1", "no source", True),
        ("b.qa.toml:2", "z0", "a.csv has the same id", True),
    ]


def test_of_many_rows_with_one_fault_only_the_first_are_named(tmp_path: Path) -> None:
    rows = "".join(f"z{number},What is {number}?,Number {number}.\n" for number in range(100, 200))
    (tmp_path / "x.csv").write_text(f"id,question,answer\n{rows}")
    found = findings(tmp_path)
    assert [one[2] for one in found if one[3]] == [
        *["no source"] * MOST_PROBLEMS_OF_A_FILE,
        "80 more rows like those before",
    ]


def test_mistakes_at_the_head_of_an_article_are_named_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nreview_due: 23/11/2026\n---\nWords.\n")
    (tmp_path / "b.md").write_text("---\ntitle: B\nunderstod: x\n---\nWords.\n")
    assert findings(tmp_path) == [
        ("a.md:3", "", 'review_due "23/11/2026" is no date', True),
        ("b.md:3", "", '"understod" is not understood', False),
    ]


def test_a_withdrawn_entry_must_be_replaced_by_a_published_one(tmp_path: Path) -> None:
    rows = "".join(f"a{one},Why {one}?,Because.,A\n" for one in "12345")
    (tmp_path / "a.csv").write_text(f"id,question,answer,source\n{rows}")
    tables = {"a1": "a5", "a2": "a1", "a3": "a3", "a4": "111111"}
    (tmp_path / "a.qa.toml").write_text(
        "".join(
            f'[[entry]]\nid = "{one}"\nstatus = "withdrawn"\nreplaced_by = "{other}"\n'
            for one, other in tables.items()
        )
    )
    assert findings(tmp_path) == [
        ("a.qa.toml:6", "a2", "replaced_by names a1, which is not published", True),
        ("a.qa.toml:10", "a3", "replaced_by names itself", True),
        ("a.qa.toml:14", "a4", "replaced_by names 111111, which is not published", True),
    ]
