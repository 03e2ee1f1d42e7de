"""One question asked: safety, then search, then the outcome. The only door to an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from kb import passages
from kb.catalogue import Catalogue
from kb.content.documents import Document, Reason
from kb.content.entries import Entry
from kb.content.layout import Piece
from kb.content.slugs import article_slug
from kb.errors import KbError
from kb.overdue import is_overdue_entry, is_withheld
from kb.safety import Assessment, assess
from kb.search.engine import View, engine_of
from kb.search.hits import Hit, Outcome
from kb.search.index.listing import Listed
from kb.search.question.meaning import Meaning
from kb.search.question.parts import Choice, Correction, Question
from kb.search.ranking.order import Ranked
from kb.search.ranking.outcomes import Verdict
from kb.search.suggesting.lines import Kind, folded_line
from kb.search.words.analysis import all_terms
from kb.settings import Settings

# One letter may become anything.
LEAST_TYPED = 2
SAME_WORDS = 85  # of 100; above, two answers say the same
# Below a card, entries on what to do in a crisis are looked for so many times further down than others are shown.
FURTHER_DOWN = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query gets: the safety assessment first, then an outcome with its hits, best first."""

    query: str
    safety: Assessment
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    reason: str = ""  # why this outcome, for `--explain`
    corrections: tuple[Correction, ...] = ()  # words that were read as another spelling; both were searched
    choices: tuple[Choice, ...] = ()  # words that may be one of several drugs: none was searched, ask which


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, or a term to search for, that may be meant by what was typed so far."""

    text: str
    entry_id: str  # of what answers the question, or says most of the term
    kind: Kind
    lang: str  # of the text, BCP 47


@dataclass(frozen=True, slots=True)
class Article:
    """An article with the entries that are shown of it, in reading order."""

    document: Document
    entries: tuple[Entry, ...]
    overdue: bool = (
        False  # its own review, or that of one of its passages, should have been made again by now
    )


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """A line of the list of articles."""

    name: str  # of its file
    slug: str
    title: str
    entries: int
    lang: str  # of the title, BCP 47


@dataclass(frozen=True, slots=True)
class Gone:
    """A withdrawn entry, and the id of what replaced it, or ""."""

    id: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class _Browsed:
    """A catalogue, and what it was made from: some answers are withheld from a day on."""

    view: View
    day: date
    catalogue: Catalogue


class KnowledgeBase:
    """Answers from the generation that serves now. Every method raises IndexUnavailable when there is none."""

    def __init__(self, settings: Settings, index_folder: Path) -> None:
        self.settings = settings
        self._engine = engine_of(settings, index_folder)
        self._browsed: _Browsed | None = None

    def ask(self, query: str, *, limit: int = 10, exact: bool = False) -> Reply:
        """Return what the knowledge base says to `query`, with at most `limit` hits.

        Where `exact`, no word is read as another spelling. The safety assessment is the same.
        """
        safety = assess(query)
        if safety.means:
            return Reply(query, safety, "nothing", reason="asks about means: the card, and no hits")
        view = self._engine.view()
        question = view.read(query, exact=exact)
        if not question.groups:
            return Reply(query, safety, "nothing", reason="no word to search for")
        meaning = view.meaning(question)
        ranked = view.rank(question, meaning, limit if safety.calm else FURTHER_DOWN * limit)
        verdict = view.judge(question, meaning, ranked)
        if not safety.calm:
            ranked = _below_card(ranked, verdict, safety, view)[:limit]
        hits = self._hits(ranked, question, meaning, view)
        # Who is in danger is not told what is not covered, nor is who asks an entry's very question.
        outcome: Outcome = "answer" if hits else "nothing"
        if (
            safety.calm
            and verdict.outcome != outcome
            and not (hits and asks_word_for_word(hits[0].entry, query))
        ):
            outcome = verdict.outcome
        return Reply(
            query,
            safety,
            outcome,
            hits,
            reason=verdict.reason,
            corrections=question.corrections,
            choices=question.choices,
        )

    def _hits(
        self, ranked: Sequence[Ranked], question: Question, meaning: Meaning, view: View
    ) -> tuple[Hit, ...]:
        """Return what is shown of the entries that may be served, the overdue ones behind the others."""
        shown = view.show([one.number for one in ranked], question, meaning)
        hits = (
            Hit(found.entry, one.score, found.snippet.sentence, found.snippet.highlights, found.why)
            for one, found in zip(ranked, shown, strict=True)
        )
        today = date.today()
        # The sort keeps the order of the rest.
        return tuple(
            sorted(
                (hit for hit in hits if self._is_served(hit.entry)),
                key=lambda hit: is_overdue_entry(hit.entry, today),
            )
        )

    def suggest(self, typed: str, *, limit: int = 5) -> tuple[Suggestion, ...]:
        """Return at most `limit` questions and terms for what was typed so far, the likeliest first, each text once.

        Nothing is suggested to someone who may be in danger, and nothing that would itself call for a card.
        """
        if len(folded_line(typed)) < LEAST_TYPED or not assess(typed).calm:
            return ()
        view = self._engine.view()
        chosen: dict[str, Suggestion] = {}
        for line in view.suggest(typed):
            text = folded_line(line.text)
            if text in chosen or not _is_calm(line.text):
                continue
            # One of several entries may be withheld.
            entry = next((one for number in line.entries if self._is_served(one := view.at(number))), None)
            if entry is not None:
                chosen[text] = Suggestion(line.text, entry.id, line.kind, line.lang or entry.lang)
            if len(chosen) == limit:
                break
        return tuple(chosen.values())

    def related(self, entry: Entry, *, limit: int = 4) -> tuple[Entry, ...]:
        """Return entries near in meaning to `entry` that answer something else, the nearest first."""
        generation = self._engine.view()
        question = generation.read(entry.question)
        ranked = generation.rank(question, generation.meaning(question), 5 * limit)
        chosen: list[Entry] = []
        for one in ranked:
            other = generation.at(one.number)
            if self._is_served(other) and all(_differs(other, known) for known in (entry, *chosen)):
                chosen.append(other)
        return tuple(chosen[:limit])

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with this id when it is served, else None."""
        entry = self._engine.view().entry(entry_id)
        return entry if entry is not None and self._is_served(entry) else None

    def gone(self, entry_id: str) -> Gone | None:
        """Return what is known of a withdrawn entry, None for any other."""
        replaced_by = self._engine.view().gone.get(entry_id)
        return None if replaced_by is None else Gone(entry_id, replaced_by)

    def is_being_checked(self, entry_id: str) -> bool:
        """Return whether an entry that nobody withdrew is withheld until someone has looked at it.

        Its article's words changed, an editor took it back to a draft, or its review is long overdue.
        """
        view = self._engine.view()
        entry = view.entry(entry_id)
        if entry is not None:
            return not self._is_served(entry)
        return entry_id not in view.gone and any(
            one.id == entry_id and one.reason == "checked"
            for article in view.articles.values()
            for one in article.document.withheld
        )

    def article(self, slug: str) -> Article | None:
        """Return the article whose page has this address, with its entries."""
        generation = self._engine.view()
        found = generation.articles.get(slug)
        if found is None or not found.entry_ids:
            return None
        looked_up = (generation.entry(entry_id) for entry_id in found.entry_ids)
        entries = [entry for entry in looked_up if entry is not None]
        served = (entry for entry in entries if self._is_served(entry))
        today = date.today()
        return Article(
            found.document,
            tuple(sorted(served, key=lambda entry: (entry.start, entry.id))),
            # Also where one is withheld: what another answer says of its words is still shown.
            overdue=is_overdue_entry(found.document.metadata, today)
            or any(is_overdue_entry(one, today) for one in entries),
        )

    def articles(self) -> tuple[ArticleSummary, ...]:
        """Return the articles that have a page, by title."""
        summaries = (
            ArticleSummary(
                article.document.name,
                slug,
                article.document.metadata.title,
                len(article.entry_ids),
                article.document.metadata.lang,
            )
            for slug, article in self._engine.view().articles.items()
            if article.entry_ids
        )
        return tuple(sorted(summaries, key=lambda summary: (summary.title.casefold(), summary.slug)))

    def catalogue(self) -> Catalogue:
        """Return all that can be browsed. Made anew only when something changed, or a day is over."""
        view, today = self._engine.view(), date.today()
        known = self._browsed
        if known is None or known.view is not view or known.day != today:
            # Two that come at once may both make it; the same comes out.
            entries = tuple(one for one in view.listed() if self._is_served(one))
            titles = {one.document.name: one.document.metadata.title for one in view.articles.values()}
            known = self._browsed = _Browsed(view, today, Catalogue(entries, titles))
        return known.catalogue

    def answer_html(self, entry: Entry) -> str:
        """Return the answer as sanitised HTML, its lists and tables kept."""
        return passages.answer_html(entry, self._document_of(entry))

    def pieces(self, entry: Entry, text: str) -> tuple[Piece, ...]:
        """Return how `text`, a part of the answer, is laid out in the article; its lines where there is none."""
        return passages.pieces(entry, text, self._document_of(entry))

    def _document_of(self, entry: Entry) -> Document | None:
        """Return the article that holds the answer where the entry says, None when there is none.

        An imported row has none, and one that was edited since the entry was found has other words there.
        """
        article = self._engine.view().articles.get(article_slug(entry.article))
        if article is None or article.document.name != entry.article:
            return None
        return article.document if article.document.text[entry.start : entry.end] == entry.answer else None

    def article_html(
        self, article: Article, highlighted: str = "", notices: Mapping[Reason, str] = passages.NO_NOTICES
    ) -> str:
        """Return the article as sanitised HTML, the passage of entry `highlighted` marked.

        Words that were withdrawn or are being checked are left out, with a notice (inline HTML) in their place; those
        that a served answer says as well are shown.
        """
        view = self._engine.view()
        found = view.articles.get(article.document.slug)
        known = (view.entry(entry_id) for entry_id in (found.entry_ids if found else ()))
        checked = [one for one in known if one is not None and not self._is_served(one)]
        return passages.page_html(article.document, article.entries, checked, highlighted, notices)

    def _is_served(self, entry: Entry | Listed) -> bool:
        return not is_withheld(entry, date.today(), self.settings.reviews.withhold_after)

    def generation(self) -> str:
        """Return the name of the generation that serves."""
        return self._engine.view().name

    def failure(self) -> KbError | None:
        """Return why an older generation serves than was built last, None where it does not."""
        self._engine.view()
        return self._engine.failure


def _below_card(ranked: Sequence[Ranked], verdict: Verdict, safety: Assessment, view: View) -> list[Ranked]:
    """Return what may stand below a card: first what to do in a crisis, then what says most of what was asked.

    What only shares a word with a cry for help would hurt. But the model alone is wrong often enough that a card which
    only the model chose leaves nothing out.
    """
    sure = safety.layer != "model"
    if not sure and safety.level != "emergency":
        return list(ranked)
    helpful = [one for one in ranked if is_crisis_entry(view.at(one.number))]
    others = (one for one in ranked if one not in helpful)
    return [*helpful, *(one for one in others if not sure or one.number in verdict.strong)]


def is_crisis_entry(entry: Entry) -> bool:
    """Return whether an entry says what to do in a crisis or an emergency."""
    return entry.qtype == "crisis"


def asks_word_for_word(entry: Entry, query: str) -> bool:
    """Return whether a query is the entry's question, in one of its wordings, but for marks, accents and endings."""
    asked = [term.text for term in all_terms(query)]
    return any(
        asked == [term.text for term in all_terms(one)] for one in (entry.question, *entry.alt_questions)
    )


@lru_cache(maxsize=50_000)
def _is_calm(text: str) -> bool:
    # Only for questions and terms of entries: what visitors type is never kept, not even here.
    return assess(text).calm


def _differs(one: Entry, other: Entry) -> bool:
    """Return whether two entries answer different things: not the same passage, nor nearly the same words."""
    if one.id == other.id:
        return False
    if (
        one.article == other.article
        and one.start < other.end
        and other.start < one.end
        and one.end > one.start
    ):
        # Imported rows all start at 0: they are told apart by their words.
        return one.start == other.start == 0 and fuzz.ratio(one.answer, other.answer) < SAME_WORDS
    return fuzz.ratio(one.answer, other.answer) < SAME_WORDS
