"""What any engine must do: keep entries, find candidates, and take changes. Ranking is on this side of it.

Commands build and change, pages view, all through one engine. tests/search/contract holds every engine to the same suite.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kb.content.entries import Entry
from kb.errors import KbError
from kb.search.building import build
from kb.search.encoders.choice import Encoders, chosen_encoders
from kb.search.generation import Article, Contents, Generation, Manifest
from kb.search.index.changes import Change
from kb.search.index.listing import Listed
from kb.search.opening import Keeper, change_entries
from kb.search.question.meaning import Meaning
from kb.search.question.parts import Question
from kb.search.ranking.order import Ranked
from kb.search.ranking.outcomes import Verdict
from kb.search.showing.results import Found
from kb.search.suggesting.suggestions import Line
from kb.settings import Settings


class View(Protocol):
    """The entries as they stood when it was taken: searches that run see no change half made."""

    @property
    def name(self) -> str:
        """The name of the generation."""

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles of which an entry is served, which gives them a page, or withheld; by slug."""

    @property
    def gone(self) -> Mapping[str, str]:
        """The withdrawn ids, each with what replaced it, or ""."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, None when none is served."""

    def listed(self) -> tuple[Listed, ...]:
        """Return every entry that is served, as lists show it. Long where they are many: keep what it gave."""

    def read(self, query: str, *, exact: bool = False) -> Question:
        """Return what the query asks. Where `exact`, no word is read as another spelling."""

    def meaning(self, question: Question) -> Meaning:
        """Return what the question means."""

    def rank(self, question: Question, meaning: Meaning, limit: int) -> list[Ranked]:
        """Return the best entries, best first, by numbers that hold for this view."""

    def judge(self, question: Question, meaning: Meaning, ranked: Sequence[Ranked]) -> Verdict:
        """Return whether the best entries answer the question."""

    def show(self, numbers: Sequence[int], question: Question, meaning: Meaning) -> list[Found]:
        """Return entries by their numbers, with what to show of each."""

    def at(self, number: int) -> Entry:
        """Return an entry by its number."""

    def suggest(self, typed: str) -> Iterator[Line]:
        """Yield what may be suggested for what was typed so far, the likeliest first; a text may come twice."""


class Engine(Protocol):
    """Keeps generations. Every method raises KbError when it cannot do what it says, and has changed nothing then."""

    def build(self, contents: Contents) -> Manifest:
        """Build a generation, switch to it, and return what it says of itself."""

    def change(self, changes: Sequence[Change]) -> None:
        """Make all the changes at once, for every process. Raises IndexUnavailable when nothing was built yet."""

    def view(self) -> View:
        """Return what is served now. Raises IndexUnavailable when nothing is."""

    @property
    def failure(self) -> KbError | None:
        """Why, at the last view, an older generation served than the one that was built last; None if none did."""


class WhooshEngine:
    """Generations in a folder of this host, indexed by Whoosh."""

    def __init__(self, index_folder: Path, encoders: Encoders | None = None) -> None:
        self._folder = index_folder
        self._encoders = encoders
        self._keeper = Keeper(index_folder, encoders)

    def build(self, contents: Contents) -> Manifest:
        return build(self._folder, contents, self._encoders)

    def change(self, changes: Sequence[Change]) -> None:
        change_entries(self._folder, changes)

    def view(self) -> Generation:
        return self._keeper.current()

    @property
    def failure(self) -> KbError | None:
        return self._keeper.failure


def engine_of(settings: Settings, index_folder: Path) -> Engine:
    """Return the engine that keeps the clinic's generations in `index_folder`."""
    return WhooshEngine(index_folder, chosen_encoders(settings))
