"""What a question means, as vectors."""

from dataclasses import dataclass

from kb.search.arrays import Floats
from kb.search.encoders import Encoder, unit
from kb.search.question.parts import Question

# A fine encoder reads no more words of a question than this: each takes it a millisecond.
MOST_READ = 50


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of one question."""

    whole: Floats  # of all that it asks
    asked: Floats | None = (
        None  # of the same with its things left out (aspects.py); None without fine vectors
    )


def meaning_of(question: Question, encoder: Encoder) -> Meaning:
    """Return what a question means by the vectors of this encoder."""
    if not encoder.fine:
        return Meaning(encoder.encode([question.text])[0])
    # A fine encoder knows much of what people say; the terms' names know what it does not. All in one pass: reading
    # the model's weights is what takes the time.
    texts = [" ".join(text.split()[:MOST_READ]) for text in (question.text, question.typed, question.asked)]
    different = list(dict.fromkeys(texts))
    vectors = dict(zip(different, encoder.encode(different), strict=True))
    text, typed, asked = (vectors[text] for text in texts)
    return Meaning(unit(text + typed), asked)
