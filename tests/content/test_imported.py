"""Files of ready questions and answers become published entries, row by row."""

from pathlib import Path

import pytest

from kb.content import imported
from kb.content.entries import Entry
from kb.content.imported import known_qtype, read_rows
from kb.errors import KbError


def read(path: Path) -> tuple[list[Entry], list[str]]:
    problems: list[KbError] = []
    entries = list(read_rows(path, problems.append))
    return entries, [str(problem).removeprefix(f"{path}:") for problem in problems]


@pytest.mark.parametrize("name", ["faq.csv", "FAQ.CSV"])
def test_a_csv_row_becomes_a_published_entry(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(
        "\ufeffID,Question,Answer,Qtype,Synonyms,Ward\n"
        "f1,Where can  I park?,Behind the house.,access,car park; lot,7\n",
        encoding="utf-8",
    )
    assert read(path) == (
        [
            Entry(
                id="f1",
                article=name,
                question="Where can I park?",
                answer="Behind the house.",
                start=0,
                end=17,
                status="published",
                qtype="access",
                synonyms=("car park", "lot"),
            )
        ],
        [],
    )


def test_a_json_row_becomes_a_published_entry(tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    path.write_text('{"id": 7, "question": "Why?", "answer": "So.", "qtype": "genetic changes"}\n\n')
    entries, problems = read(path)
    assert [(entry.id, entry.qtype, entry.status) for entry in entries] == [("7", "causes", "published")]
    assert problems == []


def test_bad_rows_are_named_by_line_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "faq.jsonl"
    path.write_text(
        '{"id": "1", "question": "Why?", "answer": "So."}\n'
        "not json\n"
        '{"id": "2", "question": "", "answer": "So."}\n'
        '{"id": "1", "question": "Again?", "answer": "So."}\n'
        '{"id": "3", "question": "When?", "answer": "Now.", "review_due": "soon"}\n'
        '{"id": "4", "question": "Who?", "answer": "We."}\n'
        '{"id": "a/5", "question": "How?", "answer": "So."}\n'
        '{"id": "..", "question": "How?", "answer": "So."}\n'
    )
    entries, problems = read(path)
    assert [entry.id for entry in entries] == ["1", "4"]
    assert [problem.split(":")[0] for problem in problems] == ["2", "3", "4", "5", "7", "8"]
    assert problems[3].endswith("review_due must be a day, as 2026-11-23: mend it; the row was left out")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"id,question\n1,Why?\n", "no column answer"),
        (b"id,question,answer\n1,Why?,caf\xe9\n", "not in UTF-8"),
        (b'id,question,answer\n1,"Why?,So.\n', "no valid CSV"),
    ],
)
def test_a_csv_that_cannot_be_used_is_named(tmp_path: Path, text: bytes, problem: str) -> None:
    path = tmp_path / "faq.csv"
    path.write_bytes(text)
    with pytest.raises(KbError, match=problem):
        read(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "faq.csv"
    path.write_text("id,question,answer\n")
    monkeypatch.setattr(imported, "LARGEST_FILE", 5)
    with pytest.raises(KbError, match="split it"):
        read(path)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("symptoms", "symptoms"),
        ("Side Effects", "side_effects"),
        ("frequency", "prevalence"),
        ("xyz", "info"),
        ("", "info"),
    ],
)
def test_foreign_question_types_are_mapped_and_never_refused(theirs: str, ours: str) -> None:
    assert known_qtype(theirs) == ours
