"""The vectors of entries: of each question, each answer, and each sentence of an answer, as int8.

Fine ones of an entry's other phrasings stand behind its sentences, with an empty span.

Packed as in packing.py. Files: questions.npy and answers.npy (int8, entries x dimensions), sentences.npy
(int8, sentences x
dimensions), spans.npy (int32, sentences x 2: [start, end) in the answer), starts.npy (int64: the sentences of
entry e are [starts[e], starts[e + 1])).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from kb.content.entries import Entry
from kb.content.sentences import sentence_spans
from kb.search.encoders import Encoder, Floats, unit
from kb.search.encoders.choice import Encoders
from kb.search.packing import SCALE, Bytes, packed
from kb.search.score_table import map_array, save_array

BATCH = 1024  # entries encoded at a time: their sentences share most words
# Where a vector is of another phrasing of the question, after those of the sentences. Of fine vectors only.
OTHER_PHRASING = (0, 0)
PARTS = ("questions", "answers", "sentences", "spans", "starts")


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of some entries."""

    questions: Bytes
    answers: Bytes
    sentences: Bytes
    spans: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    fine: bool  # made by a fine encoder

    def likeness(self, entries: npt.NDArray[np.int64], query: Floats) -> Floats:
        """Return for each entry how near its question or its answer, whichever is nearer, is to the query.

        Of fine vectors an answer is as near as its nearest sentence or other phrasing: there are few.
        """
        questions = _cosines(self.questions[entries], query)
        if not self.fine:
            return np.maximum(questions, _cosines(self.answers[entries], query))
        nearest = np.full(len(self.questions), -1, np.float32)
        owners = np.repeat(np.arange(len(self.questions)), np.diff(self.starts))
        np.maximum.at(nearest, owners, _cosines(self.sentences, query))
        return np.maximum(questions, nearest[entries])

    def sentence_likeness(self, entry: int, query: Floats) -> Floats:
        """Return how near each sentence of the entry's answer is to the query."""
        start = self.starts[entry]
        return _cosines(self.sentences[start : start + len(self.sentence_spans(entry))], query)

    def sentence_spans(self, entry: int) -> list[tuple[int, int]]:
        """Return where the sentences stand in the entry's answer."""
        spans = self.spans[self.starts[entry] : self.starts[entry + 1]].tolist()
        return [(start, end) for start, end in spans if (start, end) != OTHER_PHRASING]


def _cosines(rows: Bytes, query: Floats) -> Floats:
    cosines: Floats = (rows.astype(np.float32) @ query) / SCALE
    return cosines


def encode_entries(encoder: Encoder, entries: Sequence[Entry]) -> Vectors:
    """Return the vectors of the entries. An answer's is the mean of its sentences'."""
    spans = [sentence_spans(entry.answer) for entry in entries]
    texts = [
        [entry.answer[start:end] for start, end in found] for entry, found in zip(entries, spans, strict=True)
    ]
    if encoder.fine:
        for entry, found, said in zip(entries, spans, texts, strict=True):
            found.extend([OTHER_PHRASING] * len(entry.alt_questions))
            said.extend(entry.alt_questions)
    sentences = encoder.encode_kept([text for said in texts for text in said])
    starts = list(accumulate((len(found) for found in spans), initial=0))
    answers = np.zeros((len(entries), encoder.dimensions), np.float32)
    for answer, first, last in zip(answers, starts, starts[1:], strict=False):
        sentences[first:last].sum(axis=0, out=answer)
    return Vectors(
        questions=packed(encoder.encode_kept([entry.question for entry in entries])),
        answers=packed(unit(answers)),
        sentences=packed(sentences),
        spans=np.array([span for found in spans for span in found], np.int32).reshape(-1, 2),
        starts=np.array(starts, np.int64),
        fine=encoder.fine,
    )


class VectorWriter:
    """Encodes entries batch by batch, sentence vectors straight to disk: all of them at once would not fit.

    Which encoder does it is chosen at the first batch: a small knowledge base has no second.
    """

    def __init__(self, folder: Path, encoders: Encoders) -> None:
        self._folder = folder
        self._encoders = encoders
        self._chosen: Encoder | None = None
        self._waiting: list[Entry] = []
        self._done: list[Vectors] = []
        self._sentences: BinaryIO = (folder / "sentences.part").open("wb")

    @property
    def encoder(self) -> Encoder:
        """The encoder of this knowledge base; known when all entries are added, or a first batch of them."""
        if self._chosen is None:
            # Each entry has a question, and a sentence at least: a whole batch is more than a few.
            texts = sum(
                1 + len(sentence_spans(entry.answer)) + len(entry.alt_questions) for entry in self._waiting
            )
            self._chosen = self._encoders.for_texts(texts)
        return self._chosen

    def add(self, entry: Entry) -> None:
        self._waiting.append(entry)
        if len(self._waiting) == BATCH:
            self._encode()

    def _encode(self) -> None:
        vectors = encode_entries(self.encoder, self._waiting)
        self._sentences.write(vectors.sentences.tobytes())
        empty = vectors.sentences[:0]
        self._done.append(replace(vectors, sentences=empty))
        self._waiting.clear()

    def finish(self) -> None:
        """Write all files."""
        self._encode()
        self._sentences.close()
        counts = np.concatenate([np.diff(batch.starts) for batch in self._done])
        save_array(self._folder / "questions.npy", np.concatenate([batch.questions for batch in self._done]))
        save_array(self._folder / "answers.npy", np.concatenate([batch.answers for batch in self._done]))
        save_array(self._folder / "spans.npy", np.concatenate([batch.spans for batch in self._done]))
        save_array(self._folder / "starts.npy", np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
        part = self._folder / "sentences.part"
        shape = (-1, self.encoder.dimensions)
        mapped = np.memmap(part, np.int8, "r") if part.stat().st_size else np.zeros(0, np.int8)
        save_array(self._folder / "sentences.npy", mapped.reshape(shape))
        part.unlink()

    def close(self) -> None:
        """Let go of the file when the build broke off."""
        self._sentences.close()


def open_vectors(folder: Path, size: int, encoder: Encoder) -> Vectors:
    """Map the vectors of `size` entries. Raises OSError or ValueError when a file is missing or does not fit."""
    arrays = {part: map_array(folder / f"{part}.npy") for part in PARTS}
    vectors = Vectors(**arrays, fine=encoder.fine)
    sentences = len(vectors.sentences)
    fitting = (
        vectors.questions.shape == vectors.answers.shape == (size, encoder.dimensions)
        and vectors.sentences.shape == (sentences, encoder.dimensions)
        and vectors.spans.shape == (sentences, 2)
        and len(vectors.starts) == size + 1
        and int(vectors.starts[-1]) == sentences
    )
    if not fitting:
        raise ValueError("the vectors are not of these entries")
    return vectors
