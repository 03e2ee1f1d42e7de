"""All that can be browsed: every entry that is served, and the topics that they stand under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.content.slugs import slug_of
from kb.search.index.listing import Listed


@dataclass(frozen=True, slots=True)
class Topic:
    """What some entries are about, with those entries."""

    slug: str
    name: str
    entries: tuple[Listed, ...]

    @property
    def initial(self) -> str:
        """The letter that it stands under, "#" for a figure; as its address has it, so that accents do not part."""
        return self.slug[0].upper() if self.slug[0].isalpha() else "#"


@dataclass(frozen=True)
class Catalogue:
    """One state of what can be browsed."""

    entries: tuple[Listed, ...]
    titles: Mapping[str, str]  # of the articles that have a page, by file name

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics by slug, in the order of their names."""
        return _topics(self.entries, self.titles)

    @cached_property
    def letters(self) -> Mapping[str, tuple[Topic, ...]]:
        """The topics by their first letter."""
        found: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            found.setdefault(topic.initial, []).append(topic)
        return {letter: tuple(found[letter]) for letter in sorted(found)}

    @cached_property
    def of_each(self) -> Mapping[str, tuple[Listed, ...]]:
        """The entries of each file, in reading order."""
        found: dict[str, list[Listed]] = {}
        # Stable: rows of an imported file all start at 0 and keep their order.
        for entry in sorted(self.entries, key=lambda entry: (entry.article, entry.start)):
            found.setdefault(entry.article, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}


def _topics(entries: Iterable[Listed], titles: Mapping[str, str]) -> dict[str, Topic]:
    """Group the entries by their tags. One without is under its article's title, else under its focus.

    One without any of these is under no topic; it is found by asking.
    """
    names: dict[str, str] = {}
    members: dict[str, dict[str, Listed]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.article, entry.start)):
        for name in entry.tags or (titles.get(entry.article) or entry.focus,):
            if name:
                slug = slug_of(name, "topic")
                names.setdefault(slug, name)
                members.setdefault(slug, {})[entry.id] = entry
    ordered = sorted(names, key=lambda slug: (names[slug].casefold(), slug))
    return {slug: Topic(slug, names[slug], tuple(members[slug].values())) for slug in ordered}
