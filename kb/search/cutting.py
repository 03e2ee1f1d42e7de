"""Cut an entry into words once, for all that is built from them."""

from dataclasses import dataclass

from kb.content.entries import Entry
from kb.content.sentences import sentence_spans
from kb.search.analysis import folded, stems_of, words_in
from kb.search.names import names_of

# The fields that are searched; each is one text an entry.
SEARCHED = ("question", "alternatives", "synonyms", "answer")


@dataclass(frozen=True, slots=True)
class CutEntry:
    """An entry with its words."""

    entry: Entry
    stems: dict[str, list[str]]  # of each searched field, in order
    sentences: list[tuple[int, int]]  # [start, end) in the answer
    sentence_stems: list[list[str]]  # one list a sentence
    names: list[list[str]]  # of what the entry is about, as `names_of` gives them
    words: set[str]  # of all searched fields, folded


def cut(entry: Entry) -> CutEntry:
    """Return the entry with its words, its answer cut into sentences."""
    words = {
        "question": words_in(entry.question),
        # Not its `queries`: they are its tests, and would always pass.
        "alternatives": words_in("\n".join(entry.alt_questions)),
        "synonyms": words_in("\n".join(entry.synonyms)),
    }
    sentences = sentence_spans(entry.answer)
    # No word goes across two sentences: white space parts them.
    answer = [words_in(entry.answer[start:end]) for start, end in sentences]
    stems = {name: stems_of(found) for name, found in words.items()}
    sentence_stems = [stems_of(found) for found in answer]
    stems["answer"] = [stem for found in sentence_stems for stem in found]
    return CutEntry(
        entry=entry,
        stems=stems,
        sentences=sentences,
        sentence_stems=sentence_stems,
        names=names_of(entry),
        words=folded(set().union(*words.values(), *answer)),
    )
