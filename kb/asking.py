"""One question asked: safety, then search, then the outcome. The only door to an answer."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.content.documents import Document
from kb.content.entries import Entry
from kb.content.rendering import Passage, article_html, passage_html, plain_html
from kb.safety import Assessment, assess
from kb.search.analysis import content_terms
from kb.search.generation import Generation, Keeper
from kb.search.hits import Hit, Outcome
from kb.search.ranking import Ranked, rank
from kb.search.snippets import best_sentence
from kb.settings import Settings

# A pasted letter is searched by its first words; safety reads all of it.
SEARCHED_CHARACTERS = 10_000
# More terms say no more of what is asked, and each costs time.
MOST_TERMS = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query gets: the safety assessment first, then an outcome with its hits, best first."""

    query: str
    safety: Assessment
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    reason: str = ""  # why this outcome, for `--explain`


@dataclass(frozen=True, slots=True)
class Article:
    """An article with the entries that are shown of it, in reading order."""

    document: Document
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """A line of the list of articles."""

    slug: str
    title: str
    entries: int


@dataclass(frozen=True, slots=True)
class Gone:
    """A withdrawn entry, and the id of what replaced it, or ""."""

    id: str
    replaced_by: str


class KnowledgeBase:
    """Answers from the generation that serves now. Every method raises IndexUnavailable when there is none."""

    def __init__(self, settings: Settings, index_folder: Path) -> None:
        self.settings = settings
        self._keeper = Keeper(index_folder)

    def ask(self, query: str, *, limit: int = 10) -> Reply:
        """Return what the knowledge base says to `query`, with at most `limit` hits."""
        safety = assess(query)
        if safety.means:
            return Reply(query, safety, "nothing", reason="asks about means: the card, and no hits")
        generation = self._keeper.current()
        terms = [term.text for term in content_terms(query[:SEARCHED_CHARACTERS])]
        asked = list(dict.fromkeys(terms))[:MOST_TERMS]
        weights = _weights(generation, asked)
        hits = tuple(_hit(generation, ranked, weights) for ranked in rank(generation.table, asked, limit))
        if not asked:
            return Reply(query, safety, "nothing", reason="no word to search for")
        if not hits:
            return Reply(query, safety, "nothing", reason=f"no entry holds any of: {', '.join(asked[:10])}")
        return Reply(query, safety, "answer", hits, reason=f"found by: {', '.join(weights)}")

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id when it is served, else None."""
        return self._keeper.current().entry(entry_id)

    def gone(self, entry_id: str) -> Gone | None:
        """Return what is known of a withdrawn entry, None for any other."""
        replaced_by = self._keeper.current().gone.get(entry_id)
        return None if replaced_by is None else Gone(entry_id, replaced_by)

    def article(self, slug: str) -> Article | None:
        """Return the article whose page has this address, with its entries."""
        generation = self._keeper.current()
        found = generation.articles.get(slug)
        if found is None:
            return None
        entries = (generation.entry(entry_id) for entry_id in found.entry_ids)
        return Article(found.document, tuple(entry for entry in entries if entry is not None))

    def articles(self) -> tuple[ArticleSummary, ...]:
        """Return the articles that have a page, by title."""
        summaries = (
            ArticleSummary(slug, article.document.metadata.title, len(article.entry_ids))
            for slug, article in self._keeper.current().articles.items()
        )
        return tuple(sorted(summaries, key=lambda summary: (summary.title.casefold(), summary.slug)))

    def answer_html(self, entry: Entry) -> str:
        """Return the answer as sanitised HTML, its lists and tables kept."""
        article = self._keeper.current().articles.get(entry.article.rsplit(".", 1)[0])
        if article is None or article.document.name != entry.article:
            return plain_html(entry.answer)
        return passage_html(article.document, entry.start, entry.end)

    def article_html(self, article: Article, highlighted: str = "") -> str:
        """Return the whole article as sanitised HTML, the passage of entry `highlighted` marked."""
        passages = [
            Passage(id=entry.id, start=entry.start, end=entry.end, highlighted=entry.id == highlighted)
            for entry in article.entries
        ]
        return article_html(article.document, passages)

    def generation(self) -> str:
        """Return the name of the generation that serves."""
        return self._keeper.current().name


def _weights(generation: Generation, terms: list[str]) -> dict[str, float]:
    """Return for each term that some entry holds how much it tells entries apart: its idf, above 0."""
    counts = {term: generation.table.document_frequency(term) for term in terms}
    size = generation.table.size
    return {term: float(np.log((size + 1) / (count + 0.5))) + 0.1 for term, count in counts.items() if count}


def _hit(generation: Generation, ranked: Ranked, weights: dict[str, float]) -> Hit:
    entry = generation.index.entry(ranked.number)
    snippet = best_sentence(entry.answer, entry.short, weights)
    why = {term.text for term in content_terms(f"{entry.question}\n{entry.answer}") if term.text in weights}
    return Hit(entry, ranked.score, snippet.sentence, snippet.highlights, tuple(sorted(why)))
