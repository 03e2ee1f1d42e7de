"""Cut an entry into words once, for all that is built from them."""

from dataclasses import dataclass

from kb.content.entries import Entry
from kb.content.sentences import telling_spans
from kb.search.words.analysis import folded, placed_words, stems_in_place, stems_of, words_in
from kb.search.words.names import names_of

# The fields that are searched; each is one text an entry.
SEARCHED = ("question", "alternatives", "synonyms", "answer")


# Files of ready questions and answers; what their rows are about, they say themselves.
ROW_SUFFIXES = frozenset({"csv", "jsonl"})
# A stem and where its word stands: [start, end) in the text.
PlacedStem = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class CutEntry:
    """An entry with its words."""

    entry: Entry
    stems: dict[str, list[str]]  # of each searched field, in order
    sentences: list[tuple[int, int]]  # [start, end) in the answer
    words: list[list[PlacedStem]]  # of the answer, one list a sentence
    names: list[list[str]]  # of what the entry is about, as `names_of` gives them
    spellings: set[str]  # the words of all searched fields, folded


def cut(entry: Entry) -> CutEntry:
    """Return the entry with its words, its answer cut into sentences."""
    texts = {
        "question": entry.question,
        # Not its `queries`: they are its tests, and would always pass.
        "alternatives": "\n".join(entry.alt_questions),
        "synonyms": "\n".join(entry.synonyms),
    }
    words = {name: words_in(text) for name, text in texts.items()}
    stems = {name: stems_of(found) for name, found in words.items()}
    # No word goes across two sentences: white space parts them.
    sentences = telling_spans(entry.answer)
    placed = [placed_words(entry.answer, start, end) for start, end in sentences]
    in_answer = [stems_in_place(found) for found in placed]
    stems["answer"] = [stem for found in in_answer for stem, _, _ in found]
    spelt = {word for found in placed for word, _, _ in found}
    return CutEntry(
        entry=entry,
        stems=stems,
        sentences=sentences,
        words=in_answer,
        names=names_of(entry),
        spellings=folded(spelt.union(*words.values())),
    )


def context_of(article: str) -> str:
    """Return what every entry of an article is about: the words of its file's name; "" for rows.

    "Can I drive home?" in "ketamine-infusions.md" is about driving home after one.
    """
    name, _, suffix = article.rpartition(".")
    return "" if suffix in ROW_SUFFIXES else name.replace("-", " ")
