"""A generation: one folder with all that serving needs. Built beside the old one, switched to by one rename.

    INDEX/current              the name of the generation that serves
    INDEX/NAME/manifest.json   format, counts, hashes of the sources and of every file below
    INDEX/NAME/whoosh/         the index
    INDEX/NAME/entries/        the entries as they are shown
    INDEX/NAME/table/          the score table, what entries hold, their names and types, the lexicon
    INDEX/NAME/vectors/        the vectors of questions, answers and sentences
    INDEX/NAME/terms.json      the clinic's terms that it was built with
    INDEX/NAME/common.json     the words of medicine beside them
    INDEX/NAME/listing.jsonl   what lists need of every entry
    INDEX/NAME/articles.json   the documents with the ids of their served entries, and what of them is withheld
    INDEX/NAME/gone.json       withdrawn ids, each with the id that replaced it or ""
    INDEX/NAME/changes.jsonl   what was published and withdrawn since; alone in not being in the manifest

Whoosh keeps pickles, so a generation is trusted like code: only its owner may write to it, or it is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.slugs import article_slug
from kb.content.terms import Term, terms_from_json
from kb.files import file_hash
from kb.search.arrays import Floats
from kb.search.encoders import Encoder
from kb.search.index.changes import FILE_NAME, Change, read_changes, stamp
from kb.search.index.lexicon import open_lexicon
from kb.search.index.listing import Listed, Listing
from kb.search.index.live import live_of
from kb.search.index.segments import open_segment
from kb.search.index.whoosh_index import WhooshIndex
from kb.search.question import aspects
from kb.search.question.meaning import Meaning, meaning_of
from kb.search.question.parts import Question
from kb.search.question.understanding import read_question
from kb.search.ranking.order import Ranked, rank
from kb.search.ranking.outcomes import Verdict, judge
from kb.search.showing.results import Found, show
from kb.search.suggesting.suggestions import LONGEST_TYPED, Line
from kb.search.suggesting.term_lines import clinic_terms_of
from kb.search.words import english
from kb.search.words.analysis import Term as Word
from kb.search.words.analysis import content_terms
from kb.search.words.vocabulary import Vocabulary

FORMAT = 11
MOST_ASKED = 0.05  # of all questions: a word of more ("symptoms") does not say which is meant
POINTER = "current"
REBUILD = 'run "indexer.py build" to make a new one'


def file_hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the path within a generation and the hash of each file that its manifest answers for."""
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        # A lock file of Whoosh's says nothing.
        if path.is_file() and path.name not in {"manifest.json", FILE_NAME} and not path.name.endswith("LOCK")
    ]
    # Hashing lets other threads run, and is half of what opening takes.
    with ThreadPoolExecutor(max_workers=4) as pool:
        yield from zip(
            (path.relative_to(folder).as_posix() for path in paths), pool.map(file_hash, paths), strict=True
        )


@dataclass(frozen=True, slots=True)
class Article:
    """A document with the ids of its served entries, in no certain order; it has a page when there are any."""

    document: Document
    entry_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a generation is built from. `entries` may be a stream; the rest is small."""

    entries: Iterable[Entry]
    documents: Callable[[], Iterable[Document]]  # asked for after the entries have streamed past
    gone: Callable[[], Mapping[str, str]]
    sources: Callable[[], Mapping[str, str]]  # file name -> its hash and that of its entries file
    terms: tuple[Term, ...] = ()  # the clinic's vocabulary


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    format: int
    name: str
    built_at: str  # ISO 8601, UTC
    entries: int
    articles: int
    encoder: str = ""  # the name of the encoder that made the vectors
    sources: dict[str, str] = field(
        default_factory=dict
    )  # file name -> its hash and that of its entries file
    files: dict[str, str] = field(default_factory=dict)  # path inside the generation -> hash


MANIFEST = TypeAdapter(Manifest)
ARTICLES = TypeAdapter(dict[str, Article])
GONE = TypeAdapter(dict[str, str])


class Generation:
    """An open generation as it stands after some changes. Never changes itself: `refreshed` gives the next one.

    Holds its files open, so it serves on even when the folder is removed.
    """

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder) -> None:
        self.name = manifest.name
        self.manifest = manifest
        self.encoder = encoder
        self.articles = ARTICLES.validate_json((folder / "articles.json").read_bytes())
        self.gone = GONE.validate_json((folder / "gone.json").read_bytes())
        own = terms_from_json((folder / "terms.json").read_bytes())
        self.vocabulary = Vocabulary(own, terms_from_json((folder / "common.json").read_bytes()))
        index = WhooshIndex(folder / "whoosh")
        base = open_segment(folder, encoder)
        clinic = clinic_terms_of(own)
        self.live = live_of(base, index.number, encoder, open_lexicon(folder / "table"), clinic)
        english.load()
        if encoder.fine:
            aspects.load(encoder)
        self._listing = Listing(folder)
        self._folder = folder
        self._log = str(folder / FILE_NAME)
        self._read_to = 0
        self._stamp = (0, 0)

    def refreshed(self) -> "Generation":
        """Return the generation with what changed since, itself when nothing did."""
        seen = stamp(self._log)
        if seen == self._stamp:
            return self
        read = read_changes(self._folder, self._read_to)
        after = copy(self)
        after._stamp, after._read_to = seen, read.end
        if read.changes:
            after.live = self.live.with_changes(read.changes)
            after.gone = _gone_after(self.gone, read.changes)
            after.articles = _articles_after(self.articles, read.changes)
        return after

    def following(self, folder: Path) -> "Generation":
        """Return the generation as it goes on by the changes that are noted in another one, at `folder`."""
        after = copy(self)
        after._folder, after._log = folder, str(folder / FILE_NAME)
        after._read_to, after._stamp = 0, (0, 0)
        return after.refreshed()

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, None when none is served."""
        return self.live.entry(entry_id)

    def listed(self) -> tuple[Listed, ...]:
        """Return every entry that is served, as lists show it."""
        return self._listing.after(self.live.current)

    def read(self, query: str, *, exact: bool = False) -> Question:
        """Return what the query asks, read against this generation's words and terms; `exact`: as it is spelt."""
        return read_question(query, self.live.lexicon, self.vocabulary, exact=exact)

    def meaning(self, question: Question) -> Meaning:
        """Return what the question means."""
        return meaning_of(question, self.encoder)

    def rank(self, question: Question, meaning: Meaning, limit: int) -> list[Ranked]:
        """Return the best entries for a question with this meaning, best first."""
        return rank(self.live.collection, question, meaning.whole, limit)

    def judge(self, question: Question, meaning: Meaning, ranked: Sequence[Ranked]) -> Verdict:
        """Return whether the best entries, best first, answer the question."""
        collection = self.live.collection
        aspect = None
        if meaning.asked is not None:
            aspect = aspects.unanswered(self.encoder, meaning.asked, collection.types())
        return judge(question, collection, ranked, aspect)

    def show(self, numbers: Sequence[int], question: Question, meaning: Meaning) -> list[Found]:
        """Return entries by their numbers, with the sentence that answers best and the words that found each."""
        collection = self.live.collection
        found: dict[int, Found] = {}
        for segment, start in zip(collection.segments, collection.starts, strict=False):
            inside = [number - start for number in numbers if start <= number < start + segment.size]
            if inside:
                shown = show(segment, inside, question, collection.statistics, meaning.whole)
                found.update(zip((start + place for place in inside), shown, strict=True))
        return [found[number] for number in numbers]

    def at(self, number: int) -> Entry:
        """Return an entry by its number."""
        return self.live.collection.entry(number)

    def suggest(self, typed: str) -> Iterator[Line]:
        """Yield what may be suggested for what was typed so far, the likeliest first; a text may come twice."""

        def meaning() -> Floats:
            words = [term.word for term in content_terms(typed[:LONGEST_TYPED]) if self._says_something(term)]
            vector: Floats = self.encoder.encode([" ".join(words)])[0]
            return vector

        return self.live.collection.suggest(typed, meaning)

    def _says_something(self, term: Word) -> bool:
        """Return whether a typed word says which question is meant."""
        # A part of a word may become anything, and a contraction ("can't") is made of little words.
        if not (self.live.lexicon.count(term.word) or english.is_well_spelt(term.word)) or "'" in term.word:
            return False
        asked = self.live.collection.statistics.count("question", term.text)
        return asked <= max(1, MOST_ASKED * self.live.count())


def _gone_after(gone: Mapping[str, str], changes: Iterable[Change]) -> dict[str, str]:
    after = dict(gone)
    for change in changes:
        if change.entry is None and not change.withheld:
            after[change.id] = change.replaced_by
        else:
            after.pop(change.id, None)
    return after


def _articles_after(articles: Mapping[str, Article], changes: Iterable[Change]) -> dict[str, Article]:
    """Return the articles with their entries after the changes; one of which nothing is known any more is gone."""
    documents = {slug: article.document for slug, article in articles.items()}
    ids = {slug: list(article.entry_ids) for slug, article in articles.items()}
    for change in changes:
        for listed in ids.values():
            if change.id in listed:
                listed.remove(change.id)
        if change.document is not None:
            documents[change.document.slug] = change.document
            ids.setdefault(change.document.slug, [])
        if change.entry is None:
            continue
        slug = article_slug(change.entry.article)
        if slug in documents and documents[slug].name == change.entry.article:
            ids.setdefault(slug, []).append(change.id)
    return {
        slug: Article(documents[slug], tuple(listed))
        for slug, listed in ids.items()
        if listed or documents[slug].withheld
    }
