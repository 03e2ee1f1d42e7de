"""What may be suggested, as lines: each a text that may be typed, the text that is then shown, and who answers it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from kb.content.entries import Entry
from kb.search.arrays import Integers, map_array, save_array
from kb.search.words.analysis import fold, stop_words, words_of

Kind = Literal["question", "term"]
Count = Callable[[str], int]  # of the entries that hold a word

GRAM = 3
# Of the entries that hold a term so many are kept, the best first: some may be withdrawn or withheld by and by.
MOST_OWNERS = 12
NOT_LETTERS = re.compile(r"[\W_]+")
TEXTS = ("folded", "shown", "langs", "grams")
ARRAYS = ("starts", "owners", "lengths", "common", "bounds", "postings")


class Draft(NamedTuple):
    """A line of one entry."""

    typed: str
    shown: str
    entry: int
    about: str  # the name of the thing; empty for a text that only leads to it
    rank: int = 0  # among the entries of one line, the lower the better
    is_about: bool = True  # whether the entry is about the thing, and does not only speak of it
    lang: str = ""  # of `shown`, BCP 47; empty for that of the entry


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything that may be typed for some entries, in the order of its folded text; each line once."""

    folded: Sequence[str]
    shown: Sequence[str]
    langs: Sequence[str]
    starts: npt.NDArray[np.int64]  # the entries of line n are owners[starts[n] : starts[n + 1]], best first
    owners: Integers
    lengths: Integers  # in letters, as typed in full
    common: Integers  # how common the thing is: see `_commonness`
    grams: dict[str, int]  # trigram -> its place in bounds
    bounds: npt.NDArray[np.int64]
    postings: Integers  # line numbers

    def entries(self, number: int) -> list[int]:
        """Return the entries of a line, best first."""
        found: list[int] = self.owners[self.starts[number] : self.starts[number + 1]].tolist()
        return found

    def line_of(self, entry: int) -> int | None:
        """Return a line of the entry, None when it has none."""
        places = np.flatnonzero(self.owners == entry)
        return int(np.searchsorted(self.starts, places[0], side="right")) - 1 if len(places) else None


def folded_line(text: str) -> str:
    """Return a text as it is compared: folded, its words one space apart."""
    return NOT_LETTERS.sub(" ", fold(text)).strip()


def grams_of(text: str) -> set[str]:
    """Return the trigrams of a folded line; a space before it marks where its first word begins."""
    marked = f" {text}"
    return {marked[place : place + GRAM] for place in range(max(1, len(marked) - GRAM + 1))}


def questions_of(entries: Iterable[Entry]) -> Iterable[Draft]:
    """Yield the drafts of entries: each question, and its other phrasings, which show the question."""
    for number, entry in enumerate(entries):
        for text in (entry.question, *entry.alt_questions):
            yield Draft(text, entry.question, number, entry.focus or entry.question)


def lines_of(drafts: Iterable[Draft], count: Count, kind: Kind) -> Lines:
    """Return the lines of the drafts; lines of equal words are one. Of terms only beginnings can be found."""
    held: dict[tuple[str, str], list[Draft]] = {}
    about: dict[str, set[int]] = {}
    for draft in drafts:
        held.setdefault((folded_line(draft.typed), folded_line(draft.shown)), []).append(draft)
        if draft.is_about:
            about.setdefault(folded_line(draft.about), set()).add(draft.entry)
    kept = sorted(key for key in held if key[0])
    groups = [sorted(held[key], key=lambda draft: (draft.rank, draft.entry)) for key in kept]
    owners = [list(dict.fromkeys(draft.entry for draft in group))[:MOST_OWNERS] for group in groups]
    folded = [key[0] for key in kept]
    postings: dict[str, list[int]] = {}
    if kind == "question":
        for number, text in enumerate(folded):
            for gram in grams_of(text):
                postings.setdefault(gram, []).append(number)
    names = sorted(postings)
    return Lines(
        folded=folded,
        shown=[group[0].shown.replace("\n", " ") for group in groups],
        langs=[group[0].lang for group in groups],
        starts=np.cumsum([0, *map(len, owners)], dtype=np.int64),
        owners=np.array([entry for found in owners for entry in found], np.int32),
        lengths=np.array([len(" ".join(group[0].typed.split())) for group in groups], np.int32),
        common=np.array([_commonness(group[0].about, about, count, kind) for group in groups], np.int32),
        grams={gram: place for place, gram in enumerate(names)},
        bounds=np.cumsum([0, *(len(postings[name]) for name in names)], dtype=np.int64),
        postings=np.array([number for name in names for number in postings[name]], np.int32),
    )


def _commonness(name: str, about: Mapping[str, Collection[int]], count: Count, kind: Kind) -> int:
    """Return how common a thing is: by the entries about it, then by those that hold the rarest word of its name.

    What is common is written about by several, and spoken of where the matter is another. Of a term it says more how
    many speak of it: of its other names ("cancer of the lung") as many entries are about it as of its own.
    """
    entries = min(len(about.get(folded_line(name), ())), 1 if kind == "term" else 0x7FFF)
    held = min((count(word) for word in words_of(name) - stop_words()), default=0)
    return (entries << 16) + min(held, 0xFFFF)


def write_lines(folder: Path, name: str, lines: Lines) -> None:
    """Write the lines into `folder`, to be mapped by `open_lines`."""
    for part in TEXTS:
        (folder / f"{name}.{part}").write_text("\n".join(getattr(lines, part)), encoding="utf-8", newline="")
    for part in ARRAYS:
        save_array(folder / f"{name}.{part}.npy", getattr(lines, part))


def open_lines(folder: Path, name: str, size: int) -> Lines:
    """Map the lines of `size` entries. Raises OSError or ValueError when a file is missing or torn."""
    texts = {part: (folder / f"{name}.{part}").read_bytes().decode() for part in TEXTS}
    arrays = {part: map_array(folder / f"{name}.{part}.npy") for part in ARRAYS}
    count = len(arrays["lengths"])
    # An empty list and a list of one empty text are the same file.
    folded, shown, langs = (texts[part].split("\n") if count else [] for part in TEXTS[:-1])
    grams = texts["grams"].split("\n") if texts["grams"] else []
    lines = Lines(folded, shown, langs, grams={gram: place for place, gram in enumerate(grams)}, **arrays)
    fitting = (
        len(folded) == len(shown) == len(langs) == len(lines.common) == count
        and len(lines.starts) == count + 1
        and int(lines.starts[-1]) == len(lines.owners)
        and (not count or 0 <= int(lines.owners.max()) < size)
        and len(lines.bounds) == len(grams) + 1
        and int(lines.bounds[-1]) == len(lines.postings)
    )
    if not fitting:
        raise ValueError("the suggestions do not fit the entries")
    return lines
