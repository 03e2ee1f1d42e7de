"""Do an editor's edits survive changes of the article? 1,000 random changes of real articles."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count

from benchmarks.corpora import corpora
from benchmarks.report import table
from kb.content.entries import Entry
from kb.content.merging import merge
from kb.content.reading import read_text
from kb.content.splitting import split_entries

CHANGES = 1000
# A slip in it is refused with a line, and tells nothing of merging.
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
TODAY = date(2026, 11, 23)


def section() -> str:
    """Return the section on merging."""
    chance = random.Random(20261123)
    tallies: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    sources = {
        path.name: FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        for path in sorted((corpora() / "splitting" / "articles").glob("*.md"))
        if path.stat().st_size < 12_000
    }
    edited = {name: _edited(_first_split(name, source), chance) for name, source in sources.items()}
    for number in range(CHANGES):
        name = chance.choice(sorted(sources))
        kind = sorted(KINDS)[number % len(KINDS)]
        paragraphs = KINDS[kind](sources[name].split("\n\n"), chance)
        _tally(tallies[kind], name, "\n\n".join(paragraphs), edited[name])
    heads = ["change", "n", "edits", "edits lost", "still linked", "unfaithful", "second run differs"]
    lines = [[kind, *(tally[head] for head in heads[1:])] for kind, tally in sorted(tallies.items())]
    total: Counter[str] = sum(tallies.values(), Counter())
    lines.append(["all", *(total[head] for head in heads[1:])])
    return "\n\n".join(
        [
            "## Edits under changes of the article (`python -m benchmarks merging`)",
            "Every third question of an article is reworded and its entry published; then the article changes and "
            "is split and merged again. Lost: the reworded question is gone. Still linked: its entry is no orphan.",
            table(heads, lines),
        ]
    )


def _first_split(name: str, source: str) -> tuple[Entry, ...]:
    return _merged((), name, source)


def _merged(old: tuple[Entry, ...], name: str, source: str) -> tuple[Entry, ...]:
    document = read_text(name, source)
    numbers = count(100_000 + 1000 * len(old))
    return merge(old, split_entries(document), document.text, TODAY, lambda: str(next(numbers)))


def _edited(entries: tuple[Entry, ...], chance: random.Random) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, question=f"{entry.question} ({chance.randrange(10**6)})", status="published")
        if place % 3 == 0
        else entry
        for place, entry in enumerate(entries)
    )


def _tally(tally: Counter[str], name: str, source: str, old: tuple[Entry, ...]) -> None:
    edits = {entry.question for entry in old if entry.status == "published"}
    merged = _merged(old, name, source)
    text = read_text(name, source).text
    after = {entry.question: entry for entry in merged}
    tally["n"] += 1
    tally["edits"] += len(edits)
    tally["edits lost"] += len(edits - after.keys())
    tally["still linked"] += sum(after[edit].status != "orphaned" for edit in edits if edit in after)
    tally["unfaithful"] += sum(entry.status == "published" and entry.answer not in text for entry in merged)
    tally["second run differs"] += _merged(merged, name, source) != merged


# ---------------------------------------------------------------- what people do to articles


def _typo(paragraphs: list[str], chance: random.Random) -> list[str]:
    place = _prose(paragraphs, chance)
    words = paragraphs[place].split(" ")
    at = chance.randrange(len(words))
    words[at] = words[at][::-1]
    return [*paragraphs[:place], " ".join(words), *paragraphs[place + 1 :]]


def _prose(paragraphs: list[str], chance: random.Random) -> int:
    places = [place for place, text in enumerate(paragraphs) if len(text.split()) > 8] or [0]
    return chance.choice(places)


def _move(paragraphs: list[str], chance: random.Random) -> list[str]:
    rest = list(paragraphs)
    moved = rest.pop(_prose(paragraphs, chance))
    rest.insert(chance.randrange(1, len(rest) + 1), moved)
    return rest


def _join(paragraphs: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(len(paragraphs) - 1)
    return [*paragraphs[:place], " ".join(paragraphs[place : place + 2]), *paragraphs[place + 2 :]]


def _cut(paragraphs: list[str], chance: random.Random) -> list[str]:
    place = _prose(paragraphs, chance)
    before, mark, after = paragraphs[place].partition(". ")
    return [*paragraphs[:place], before + mark.strip(), *([after] if after else []), *paragraphs[place + 1 :]]


def _delete(paragraphs: list[str], chance: random.Random) -> list[str]:
    place = _prose(paragraphs, chance)
    return [*paragraphs[:place], *paragraphs[place + 1 :]]


def _heading(paragraphs: list[str], chance: random.Random) -> list[str]:
    place = chance.randrange(1, len(paragraphs))
    return [*paragraphs[:place], "## What else is there to know?", *paragraphs[place:]]


def _reorder(paragraphs: list[str], chance: random.Random) -> list[str]:
    head, *rest = paragraphs
    chance.shuffle(rest)
    return [head, *rest]


KINDS = {
    "typo": _typo,
    "paragraph moved": _move,
    "paragraphs joined": _join,
    "paragraph cut": _cut,
    "paragraph deleted": _delete,
    "new heading": _heading,
    "all reordered": _reorder,
}
