"""Read files that already hold questions and answers (.csv, .jsonl) into published entries, row by row."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kb.content.entries import QTYPES, Entry, entry_from_record, is_id
from kb.errors import KbError, plain_mistake

Report = Callable[[KbError], None]

NEEDED = ("id", "question", "answer")
LISTS = ("synonyms", "tags", "alt_questions", "queries")
# What a row may say besides; any other column is its publisher's own affair and is left alone.
TEXTS = ("qtype", "focus", "source", "lang", "short", "say_this", "reviewed_by", "reviewed_on", "review_due")
# A broken export of 100,000 rows must not bury the other lines.
MOST_PROBLEMS_OF_A_FILE = 20
LARGEST_FILE = 200_000_000  # bytes
LARGEST_FIELD = 5_000_000  # characters; the csv module's own limit is 131,072


@contextmanager
def few_problems(path: Path, report: Report) -> Iterator[Report]:
    """Give a report that passes on the first problems of a file of rows, and at its end says how many more there were."""
    counted = 0

    def report_some(error: KbError) -> None:
        nonlocal counted
        counted += 1
        if counted <= MOST_PROBLEMS_OF_A_FILE:
            report(error)

    yield report_some
    if counted > MOST_PROBLEMS_OF_A_FILE:
        more = counted - MOST_PROBLEMS_OF_A_FILE
        report(KbError(path, f"{more} more rows were left out", "mend those named first"))


def read_rows(path: Path, report: Report, only: Set[str] | None = None) -> Iterator[Entry]:
    """Yield an entry for each good row of `path`; every bad row is reported by its line and left out.

    Where `only` holds ids, other good rows are passed over, in a third of the time.
    Raises KbError when the file as a whole cannot be used.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise KbError(path, f"is over {LARGEST_FILE // 1_000_000} MB", "split it into smaller files")
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _json_rows(path, report)
    seen: set[str] = set()
    for line, row in rows:
        place = f"{path}:{line}"
        missing = [name for name in NEEDED if not _text(row.get(name))]
        if missing:
            report(KbError(place, f"no {' and no '.join(missing)}", "fill it in; the row was left out"))
            continue
        entry_id = _text(row["id"])
        if not is_id(entry_id):
            problem = f'id "{entry_id}" cannot stand in an address'
            report(KbError(place, problem, 'give it one without "/"; the row was left out'))
            continue
        if entry_id in seen:
            report(
                KbError(
                    place, f'id "{entry_id}" stands twice', "give each row its own; the second was left out"
                )
            )
            continue
        seen.add(entry_id)
        if only is not None and entry_id not in only:
            continue
        try:
            yield _entry(path.name, row)
        except ValidationError as error:
            report(KbError(place, " ".join(plain_mistake(error)), "mend it; the row was left out"))


def row_lines(path: Path) -> dict[str, int]:
    """Return the first line of each id, of good rows and bad; of a file that breaks off, of those before."""
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _json_rows(path, lambda _: None)
    lines: dict[str, int] = {}
    with suppress(KbError):
        for line, row in rows:
            if entry_id := _text(row.get("id")):
                lines.setdefault(entry_id, line)
    return lines


def _entry(article: str, row: dict[str, Any]) -> Entry:
    answer = _text(row["answer"])
    record: dict[str, Any] = {
        "article": article,
        "id": _text(row["id"]),
        "question": " ".join(_text(row["question"]).split()),
        "answer": answer,
        "start": 0,
        "end": len(answer),
        "status": "published",
    }
    record |= {name: text for name in TEXTS if (text := _text(row.get(name)))}
    record |= {name: items for name in LISTS if (items := _items(row.get(name)))}
    record["qtype"] = known_qtype(record.get("qtype", ""))
    return entry_from_record(record)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _items(value: object) -> tuple[str, ...]:
    """Return a list's items; a CSV cell holds them with semicolons between."""
    items = value if isinstance(value, list) else _text(value).split(";")
    return tuple(text for item in items if (text := _text(item)))


@lru_cache(maxsize=1)
def _foreign_qtypes() -> dict[str, str]:
    text = resources.files("kb.content").joinpath("foreign_qtypes.toml").read_text(encoding="utf-8")
    return {foreign: ours for ours, names in tomllib.loads(text).items() for foreign in names}


def known_qtype(name: str) -> str:
    """Return our name of a question type; "info" for one that foreign_qtypes.toml does not know."""
    plain = " ".join(name.lower().replace("_", " ").split())
    ours = plain.replace(" ", "_")
    return ours if ours in QTYPES else _foreign_qtypes().get(plain, "info")


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(LARGEST_FIELD)
    try:
        # utf-8-sig: spreadsheets write a byte-order mark.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = [name.strip().lower() for name in reader.fieldnames or ()]
            reader.fieldnames = columns
            absent = [name for name in NEEDED if name not in columns]
            if absent:
                raise KbError(
                    f"{path}:1", f"no column {', '.join(absent)}", f"name the columns {', '.join(NEEDED)}"
                )
            for row in reader:
                yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    except csv.Error as error:
        raise KbError(path, f"is no valid CSV ({error})", "save it again as CSV (UTF-8)") from error


def _json_rows(path: Path, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if isinstance(row, dict):
                    yield number, row
                else:
                    report(KbError(f"{path}:{number}", "is no JSON object", "write one object a line"))
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error


def _not_utf8(path: Path, error: UnicodeDecodeError) -> KbError:
    return KbError(path, f"is not in UTF-8 ({error.reason})", "save it as UTF-8")
