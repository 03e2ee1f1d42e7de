"""What an editor must look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend: where it is, what is wrong, what to do. Shown as one line.

    A finding that blocks must be mended before the entry is published.
    """

    place: str  # "articles/parking.qa.toml:12"
    entry: str  # its id, or "" when the finding is of a whole file
    problem: str
    remedy: str
    blocks: bool = False

    @property
    def file(self) -> str:
        """The place without its line."""
        return self.place.removesuffix(f":{self.line}")

    @property
    def line(self) -> int:
        """The line of the place, 0 where it names none."""
        line = self.place.rpartition(":")[2]
        return int(line) if line.isdecimal() else 0

    def __str__(self) -> str:
        who = f" entry {self.entry}:" if self.entry else ""
        return f"{self.place}:{who} {self.problem}: {self.remedy}"
