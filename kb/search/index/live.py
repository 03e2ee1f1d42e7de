"""The entries of a generation as they stand now: what was built, less what was withdrawn, plus what was published."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.content.entries import Entry
from kb.search.encoders import Encoder
from kb.search.index.changes import Change
from kb.search.index.lexicon import Lexicon
from kb.search.index.score_table import NOTHING_REMOVED, Removed
from kb.search.index.segments import Collection, Segment, removed_of, segment_of
from kb.search.suggesting.term_lines import ClinicTerms
from kb.search.words.cutting import cut


class Extra(NamedTuple):
    """Entries that were published since the build, with their segment."""

    entries: tuple[Entry, ...]
    segment: Segment


@dataclass(frozen=True, slots=True)
class Live:
    """One state; a change makes a new one, so that searches that run see the one they began with."""

    base: Segment
    base_number: Callable[[str], int | None]  # of an id in what was built
    encoder: Encoder
    lexicon: Lexicon
    clinic: ClinicTerms
    collection: Collection
    extras: tuple[Extra, ...] = ()
    # Of ids that changed: what is served, None when withdrawn.
    current: Mapping[str, Entry | None] = field(default_factory=dict)
    base_dead: tuple[int, ...] = ()
    base_removed: Removed = NOTHING_REMOVED

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, None when none is served."""
        if entry_id in self.current:
            return self.current[entry_id]
        number = self.base_number(entry_id)
        return None if number is None else self.base.entry(number)

    def count(self) -> int:
        """Return how many entries are served."""
        return self.collection.statistics.entries

    def with_changes(self, changes: Sequence[Change]) -> "Live":
        """Return the state after the changes."""
        current = dict(self.current)
        first_time = {change.id for change in changes} - current.keys()
        current.update({change.id: change.entry for change in changes})
        numbers = {entry_id: self.base_number(entry_id) for entry_id in sorted(first_time)}
        newly_dead = [number for number in numbers.values() if number is not None]
        base_removed = self.base_removed.plus(removed_of(self.base.entry(number) for number in newly_dead))
        base_dead = (*self.base_dead, *newly_dead)
        last = {change.id: change.entry for change in changes if change.entry is not None}
        fresh = [entry for entry in last.values() if current[entry.id] is entry]
        lexicon = self.lexicon.with_words(word for entry in fresh for word in cut(entry).spellings)

        def made(entries: Sequence[Entry]) -> Segment:
            return segment_of(entries, self.encoder, self.clinic, lexicon.count)

        extras = _merged(self.extras, fresh, current, made)
        return Live(
            base=self.base,
            base_number=self.base_number,
            encoder=self.encoder,
            lexicon=lexicon,
            clinic=self.clinic,
            collection=_collection(self.base, extras, base_dead, base_removed, current),
            extras=extras,
            current=current,
            base_dead=base_dead,
            base_removed=base_removed,
        )


def live_of(
    base: Segment,
    base_number: Callable[[str], int | None],
    encoder: Encoder,
    lexicon: Lexicon,
    clinic: ClinicTerms,
) -> Live:
    """Return the state of a generation as it was built."""
    return Live(base, base_number, encoder, lexicon, clinic, Collection([base], [], NOTHING_REMOVED))


def _merged(
    extras: tuple[Extra, ...],
    fresh: list[Entry],
    current: Mapping[str, Entry | None],
    made: Callable[[Sequence[Entry]], Segment],
) -> tuple[Extra, ...]:
    """Return the extras with the fresh entries added.

    Small ones are merged into the new one while they are no larger, so that there are few and each entry is
    encoded again only about log2 of their number times.
    """
    kept = list(extras)
    while kept and len(kept[-1].entries) <= len(fresh):
        fresh = [entry for entry in kept.pop().entries if current.get(entry.id) is entry] + fresh
    return (*kept, Extra(tuple(fresh), made(fresh))) if fresh else tuple(kept)


def _collection(
    base: Segment,
    extras: Iterable[Extra],
    base_dead: Sequence[int],
    base_removed: Removed,
    current: Mapping[str, Entry | None],
) -> Collection:
    dead = list(base_dead)
    gone: list[Entry] = []
    start = base.size
    for extra in extras:
        for place, entry in enumerate(extra.entries):
            if current.get(entry.id) is not entry:
                dead.append(start + place)
                gone.append(entry)
        start += extra.segment.size
    removed = base_removed.plus(removed_of(gone)) if gone else base_removed
    return Collection([base, *(extra.segment for extra in extras)], dead, removed)
