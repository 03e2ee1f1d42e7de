"""The one error that people see."""

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
