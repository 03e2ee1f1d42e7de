"""The one error that people see."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError


class KbError(Exception):
    """Something a person can mend, said in one line: where it is, what is wrong, what to do.

    `place` is a path, a path with a line ("parking.md:3"), or the name of a setting or option.
    """

    def __init__(self, place: str | Path, problem: str, remedy: str) -> None:
        # Messages of libraries may span lines; a person and a log want one.
        self.place, self.problem, self.remedy = (
            " ".join(str(part).split()) for part in (place, problem, remedy)
        )
        super().__init__(f"{self.place}: {self.problem}: {self.remedy}")


class IndexUnavailable(KbError):
    """No generation can be read: there is nothing to serve until the next build."""


# What is wrong with a value, by pydantic's name for it, in words for who wrote it. {names} are pydantic's.
_MISTAKES = {
    "string_type": "must be text, in quotes",
    "tuple_type": 'must be a list, as ["one", "two"]',
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "unexpected_keyword_argument": "is not a known key",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must not be below {ge}",
    "value_error": "{error}",
}


def plain_mistake(error: ValidationError) -> tuple[str, str]:
    """Return the key of the first value that is wrong, and what is wrong with it, in plain words.

    The key is "clinic.phone", or "disclosures 2.terms" in the second of several tables.
    """
    first = error.errors()[0]
    key = ""
    for part in first["loc"]:
        key += f" {part + 1}" if isinstance(part, int) else f".{part}"
    kind = first["type"]
    plain = "must be a day, as 2026-11-23" if kind.startswith("date") else _MISTAKES.get(kind, first["msg"])
    if kind == "tuple_type" and isinstance(first["input"], dict):
        plain = "must stand under a line with two brackets, [[…]]"
    return key.strip(" ."), plain.format_map(first.get("ctx") or {}) if "{" in plain else plain


@contextmanager
def names_file(path: str | Path) -> Iterator[None]:
    """Make whatever fails inside a KbError that names the file, so that the other files go on.

    For readers: what a parser of others makes of a strange file cannot be foreseen. Our own errors and the
    system's pass as they are.
    """
    try:
        yield
    except (KbError, OSError):
        raise
    except Exception as error:
        detail = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise KbError(
            path, f"cannot be read ({detail})", "undo what is unusual in it, or leave it out"
        ) from error
