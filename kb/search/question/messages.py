"""Find in a message what it asks: past how it is led up to, and in a long one past what it tells."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kb.content.sentences import sentence_spans
from kb.search.words.analysis import Term, all_terms, first_word

# A pasted letter is searched by its first characters.
SEARCHED_CHARACTERS = 10_000

# So many words are a message rather than a question.
LONG = 50
# What a word counts in a sentence that only tells: it may name what the question is about ("I have gout.").
TOLD = 0.3
QUESTION_WORDS = frozenset(
    """what which who whom whose when where why how is are am was were do does did can could will would should may might
    has have que cual cuando donde quien como puedo puede hay es""".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a query: its words, and how much they count (1 for what is asked)."""

    words: tuple[Term, ...]
    weight: float = 1.0


@lru_cache(maxsize=1)
def framings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the framings of framings.txt by their first word, longest first."""
    lines = resources.files(__package__).joinpath("framings.txt").read_text(encoding="utf-8").splitlines()
    phrases = sorted((tuple(line.split()) for line in lines if line and not line.startswith("#")), key=len)
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in reversed(phrases):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(group) for first, group in found.items()}


def parts_of(query: str) -> list[Part]:
    """Return the parts of a query in order, without its framings; one that is nothing else keeps them.

    In a long message that asks something, the sentences that ask count whole, and those that tell count less.
    """
    text = query[:SEARCHED_CHARACTERS]
    words = all_terms(text)
    kept = without_framings(words) or words
    if len(kept) < LONG:
        return [Part(tuple(kept))]
    starts = [term.start for term in kept]
    sentences = [
        (asks(text[start:end]), tuple(kept[bisect_left(starts, start) : bisect_left(starts, end)]))
        for start, end in sentence_spans(text)
    ]
    if not any(asked and words for asked, words in sentences):
        return [Part(tuple(kept))]
    return [Part(words, 1.0 if asked else TOLD) for asked, words in sentences if words]


def asks(sentence: str) -> bool:
    """Return whether a sentence asks something: by its mark, or by the word that it begins with."""
    if "?" in sentence:
        return True
    return first_word(sentence) in QUESTION_WORDS


def without_framings(words: Sequence[Term]) -> list[Term]:
    """Return the words that are not part of a framing."""
    kept: list[Term] = []
    place = 0
    while place < len(words):
        phrases = framings().get(words[place].word, ())
        length = next((len(phrase) for phrase in phrases if _stands(phrase, words, place)), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
    return kept


def _stands(phrase: tuple[str, ...], words: Sequence[Term], place: int) -> bool:
    found = words[place : place + len(phrase)]
    return len(found) == len(phrase) and all(
        term.word == word for term, word in zip(found, phrase, strict=True)
    )
