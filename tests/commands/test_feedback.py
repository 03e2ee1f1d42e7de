"""`feedback`: an editor reads what visitors said."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import main
from kb.records import Feedback, open_records
from kb.search.building import build
from kb.search.generation import Contents
from tests.entries import PARKING_ENTRY, THREE, VISITS_ENTRY

SAID = (
    Feedback(PARKING_ENTRY.id, True, "", "en", date(2026, 3, 1), "a"),
    Feedback(VISITS_ENTRY.id, False, "Which [list]?", "en", date(2026, 3, 1), "b"),
    Feedback(VISITS_ENTRY.id, False, "No entiendo.", "es", date(2026, 3, 2), "c"),
    Feedback(VISITS_ENTRY.id, True, "", "en", date(2026, 3, 2), "d"),
    Feedback("999999", False, "", "en", date(2026, 3, 3), "e"),
)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that no test changes, where visitors said this of these answers."""
    made = tmp_path_factory.mktemp("clinic")
    build(made / "var" / "index", Contents(THREE, list, dict, dict))
    records = open_records(f"sqlite:///{made}/records.db")
    for one in SAID:
        records.add_feedback(one)
    records.close()
    return made


@pytest.fixture
def folder(clinic: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(clinic)
    monkeypatch.setenv("KB_RECORDS", f"sqlite:///{clinic}/records.db")
    return clinic


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["feedback", *arguments])
    assert result.exit_code == 0, result.output
    return result


def test_each_answer_has_its_counts_and_reasons_the_least_helpful_first(folder: Path) -> None:
    assert [json.loads(line) for line in run("--json").stdout.splitlines()] == [
        {
            "id": VISITS_ENTRY.id,
            "question": VISITS_ENTRY.question,
            "yes": 1,
            "no": 2,
            "reasons": [
                {"day": "2026-03-02", "helpful": False, "lang": "es", "reason": "No entiendo."},
                {"day": "2026-03-01", "helpful": False, "lang": "en", "reason": "Which [list]?"},
            ],
        },
        {"id": "999999", "question": None, "yes": 0, "no": 1, "reasons": []},
        {"id": PARKING_ENTRY.id, "question": PARKING_ENTRY.question, "yes": 1, "no": 0, "reasons": []},
    ]


def test_one_answer_and_a_day_can_be_asked_for(folder: Path) -> None:
    found = [
        json.loads(line)
        for line in run("--json", "--since", "2026-03-02", VISITS_ENTRY.id).stdout.splitlines()
    ]
    assert [(one["id"], one["yes"], one["no"], len(one["reasons"])) for one in found] == [
        (VISITS_ENTRY.id, 1, 1, 1)
    ]


def test_people_read_a_table(folder: Path) -> None:
    shown = run().stdout
    for words in (VISITS_ENTRY.id, "no: Which", "[list]?", "(no longer"):
        assert words in shown


def test_without_an_index_what_was_said_is_listed_all_the_same(folder: Path) -> None:
    found = [json.loads(line) for line in run("--json", "--index", "nowhere").stdout.splitlines()]
    assert [(one["id"], one["question"]) for one in found] == [
        (VISITS_ENTRY.id, None),
        ("999999", None),
        (PARKING_ENTRY.id, None),
    ]


def test_before_anyone_said_anything_it_says_so(folder: Path) -> None:
    assert "Nobody has said anything yet." in run("--since", "2027-01-01").stderr
