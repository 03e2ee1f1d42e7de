"""Read and write an article's entries file: `articles/NAME.qa.toml`, the truth beside the article itself."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from tomlkit.items import AoT, Table

from kb.content.entries import Auto, Entry, entry_from_record, is_id
from kb.content.slugs import article_slug
from kb.errors import KbError, plain_mistake
from kb.files import content_hash, folder_lock, write_atomically

Report = Callable[[KbError], None]

SUFFIX = ".qa.toml"
HEAD = """\
# The entries of this article: what is asked, and the article's own words that answer it.
# Edit questions, tags and status here; answers must stay the article's words, to the character.
"""


# An unknown field is a misspelt one.
@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article came from, as its [article] table says; all empty for the clinic's own."""

    source: str = ""  # the address that it was fetched from
    licence: str = ""  # under what terms it may be shown
    imported_on: date | None = None


_PROVENANCE = TypeAdapter(Provenance)


@dataclass(frozen=True, slots=True)
class EntriesFile:
    """What an entries file held when it was read. `hash` is empty when there was no file."""

    path: Path
    hash: str
    entries: tuple[Entry, ...]
    provenance: Provenance = Provenance()


def entries_path(article_path: Path) -> Path:
    """Return where the entries of an article are kept."""
    return article_path.with_name(article_slug(article_path.name) + SUFFIX)


def read_entries(path: Path, article: str) -> EntriesFile:
    """Return the entries in `path`, for the article file named `article`; none when there is no file.

    Raises KbError naming the entry and the field that is wrong; the whole file is then left alone.
    """
    return _read(path, lambda place, table: _entry(place, table, _of_article(table, article)))


def read_changed_rows(path: Path, rows: Mapping[str, Entry], report: Report) -> EntriesFile:
    """Return the entries that the tables in `path` make of imported ones, given by id; a table may say a part.

    A table whose row is not among them is reported and left out, unless it is of a withdrawn one: that stays
    withdrawn. Errors as `read_entries`.
    """

    def changed(place: str, table: dict[str, Any]) -> Entry | None:
        row = rows.get(str(table.get("id", "")))
        if row is None and table.get("status") != "withdrawn":
            report(KbError(place, "no row has this id", "correct the id, or delete this table"))
            return None
        return _entry(place, table, _WITHDRAWN if row is None else asdict(row) | {"auto": None})

    return _read(path, changed)


def _read(path: Path, entry_of: Callable[[str, dict[str, Any]], Entry | None]) -> EntriesFile:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return EntriesFile(path, "", ())
    except OSError as error:
        raise KbError(path, f"cannot be read ({error.strerror})", "make it readable") from error
    content = _parsed(path, data)
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for number, table in enumerate(_tables(path, content), start=1):
        entry_id = str(table.get("id", ""))
        place = f'{path} [entry {number}, id "{entry_id}"]'
        if entry_id in seen:
            raise KbError(
                place, f"entry {seen[entry_id]} has the same id", "give one of them another six digits"
            )
        seen[entry_id] = number
        entry = entry_of(place, table)
        if entry is not None:
            entries.append(entry)
    return EntriesFile(path, content_hash(data), tuple(entries), _provenance(path, content))


def tables_by_id(path: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of an entries file by id, as they stand; none when there is no file.

    Raises KbError when it cannot be read or does not parse.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise KbError(path, f"cannot be read ({error.strerror})", "make it readable") from error
    return {str(table.get("id", "")): table for table in _tables(path, _parsed(path, data))}


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise KbError(path, "is not in UTF-8", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise KbError(path, f"is no valid TOML ({error})", "mend that line, or restore the file") from error
    except RecursionError as error:
        raise KbError(path, "nests brackets too deep", "remove them, or restore the file") from error


def _provenance(path: Path, content: dict[str, Any]) -> Provenance:
    table = content.get("article", {})
    if isinstance(table, dict):
        # Files of earlier versions hold it.
        table.pop("original_hash", None)
    try:
        return _PROVENANCE.validate_python(table)
    except ValidationError as error:
        key, problem = plain_mistake(error)
        raise KbError(f"{path} [article] {key}", problem, "mend that value") from error


def _tables(path: Path, content: dict[str, Any]) -> list[dict[str, Any]]:
    tables = content.get("entry", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise KbError(path, "has no [[entry]] tables", "write each entry under a line [[entry]]")
    return tables


def _of_article(table: dict[str, Any], article: str) -> dict[str, Any]:
    return {"article": article, "start": 0, "end": len(str(table.get("answer", "")))}


# A row that its file no longer has: of a withdrawn one, the id is all that is ever shown.
_WITHDRAWN = {"article": "-", "question": "-", "answer": "-", "start": 0, "end": 1}


def _entry(place: str, table: dict[str, Any], base: dict[str, Any]) -> Entry:
    try:
        entry = entry_from_record(base | table)
    except ValidationError as error:
        key, problem = plain_mistake(error)
        raise KbError(f"{place} {key}", problem, "mend that value") from error
    if not entry.id or not entry.question.strip() or not entry.answer:
        raise KbError(place, "an id, a question and an answer are needed", "fill in what is missing")
    if not is_id(entry.id):
        raise KbError(place, "the id cannot stand in an address", 'give it one without "/"')
    return entry


# ---------------------------------------------------------------- writing

_DEFAULTS = {
    field.name: field.default for field in (*fields(Entry), *fields(Auto)) if field.default is not MISSING
}
# Found anew in the article at each reading, or known from the file's name.
_NOT_WRITTEN = frozenset({"start", "end", "article"})


def save_entries(known: EntriesFile, entries: Iterable[Entry]) -> None:
    """Write the entries, keeping the file's comments and order, if it is still as it was read.

    Tables are changed in place or added at the end; none is removed. Raises KbError when someone else has
    changed the file since, or it cannot be written; the file then stands as it was.
    """
    entries = tuple(entries)

    def merged(text: str) -> str:
        changed = _merged_text(text, entries)
        _check_round_trip(known.path, changed, entries)
        return changed

    _rewrite(known, merged)


def save_provenance(known: EntriesFile, provenance: Provenance) -> None:
    """Write the [article] table, the entries left as they are. Errors as `save_entries`."""

    def changed(text: str) -> str:
        document = tomlkit.parse(text or HEAD)
        values = {name: value for name, value in asdict(provenance).items() if value}
        document.pop("article", None)
        document["article"] = _table(values)
        return tomlkit.dumps(document)

    _rewrite(known, changed)


def save_fields(path: Path, entry_id: str, values: Mapping[str, Any]) -> None:
    """Set fields of one entry and leave all else as it is; an id without a table gets one. Errors as `save_entries`."""
    known = EntriesFile(path, content_hash(path.read_bytes()) if path.exists() else "", ())

    def changed(text: str) -> str:
        document = tomlkit.parse(text or HEAD)
        tables = document.setdefault("entry", tomlkit.aot())
        table = next((table for table in tables if str(table.get("id")) == entry_id), None)
        if table is None:
            tables.append(_table({"id": entry_id, **values}))
        else:
            table.update({name: _item(value) for name, value in values.items()})
        return tomlkit.dumps(document)

    _rewrite(known, changed)


def _rewrite(known: EntriesFile, change: Callable[[str], str]) -> None:
    with folder_lock(known.path.parent):
        try:
            data = known.path.read_bytes()
            found = content_hash(data)
        except FileNotFoundError:
            data, found = b"", ""
        if found != known.hash:
            raise KbError(known.path, "was changed by someone else meanwhile", "run the command again")
        text = change(data.decode("utf-8-sig"))
        if text.encode() != data:
            write_atomically(known.path, text.encode())


def _merged_text(text: str, entries: Iterable[Entry]) -> str:
    document = tomlkit.parse(text or HEAD)
    tables = document.get("entry")
    if not isinstance(tables, AoT):
        tables = tomlkit.aot()
        document["entry"] = tables
    by_id = {str(table.get("id")): table for table in tables}
    for entry in entries:
        record = _record(entry)
        if entry.id in by_id:
            _update(by_id[entry.id], record)
        else:
            tables.append(_table(record))
    return tomlkit.dumps(document)


def _record(entry: Entry) -> dict[str, Any]:
    record = {name: value for name, value in asdict(entry).items() if name not in _NOT_WRITTEN}
    if record["auto"] is not None:
        record["auto"] = _without_defaults(record["auto"])
    return _without_defaults(record) | {"status": entry.status}


def _without_defaults(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in record.items() if name not in _DEFAULTS or value != _DEFAULTS[name]
    }


def _table(record: dict[str, Any]) -> Table:
    table = tomlkit.table()
    for name, value in record.items():
        table.add(name, _table(value) if isinstance(value, dict) else _item(value))
    return table


def _update(table: Any, record: dict[str, Any]) -> None:
    for name in [name for name in table if name not in record and name not in _NOT_WRITTEN]:
        del table[name]
    for name, value in record.items():
        if isinstance(value, dict) and name in table:
            _update(table[name], value)
        elif isinstance(value, dict):
            table.add(name, _table(value))
        elif name not in table or _plain(table[name]) != _plain(value):
            table[name] = _item(value)


def _plain(value: Any) -> Any:
    plain = value.unwrap() if hasattr(value, "unwrap") else value
    return list(plain) if isinstance(plain, tuple) else plain


def _item(value: Any) -> Any:
    if isinstance(value, tuple):
        array = tomlkit.array()
        array.extend(value)
        # One long line is hard to edit.
        return array.multiline(len(str(value)) > 100)
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return value


def _check_round_trip(path: Path, text: str, entries: Iterable[Entry]) -> None:
    """Refuse to write a file that would not say, to the character, what it is meant to."""
    written = {str(table["id"]): table for table in tomllib.loads(text).get("entry", [])}
    for entry in entries:
        table = written.get(entry.id, {})
        if (table.get("question"), table.get("answer")) != (entry.question, entry.answer):
            raise KbError(
                path, f"entry {entry.id} cannot be written as TOML", "remove control characters from it"
            )
