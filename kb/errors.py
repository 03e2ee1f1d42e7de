"""The one error that people see."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
