"""The vectors of entries: of each question, each answer, and each sentence of an answer, as int8.

Packed as in packing.py. Files: entries.npy (int8, entries x 2 x dimensions: the question's and the answer's, side by
side as they are compared together), sentences.npy (int8, sentences x dimensions), spans.npy (int32, sentences x 2:
[start, end) in the answer), starts.npy (int64: the sentences of entry e are [starts[e], starts[e + 1])), phrasings.npy
and phrasing_starts.npy (likewise: the other phrasings of its question; of fine vectors only).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from kb.content.entries import Entry
from kb.search.arrays import Floats, map_array, save_array
from kb.search.encoders import Encoder, unit
from kb.search.encoders.choice import Encoders
from kb.search.encoders.packing import SCALE, Bytes, packed
from kb.search.words.analysis import content_stems
from kb.search.words.cutting import CutEntry, context_of

BATCH = 1024  # entries encoded at a time: their sentences share most words
PARTS = ("entries", "sentences", "spans", "starts", "phrasings", "phrasing_starts")
# The first components tell what may be near: all of every question would take longer than a key is held.
LEADING = 64
LOOKED_AT = 100
QUESTION = 0  # beside the answer, 1


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of some entries."""

    entries: Bytes  # entries x 2 x dimensions: of the question and of the answer
    sentences: Bytes
    spans: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    phrasings: Bytes
    phrasing_starts: npt.NDArray[np.int64]
    fine: bool  # made by a fine encoder
    leading: Floats = field(init=False)  # components of the questions

    def __post_init__(self) -> None:
        object.__setattr__(self, "leading", self.entries[:, QUESTION, :LEADING].astype(np.float32))

    def likeness(self, entries: npt.NDArray[np.int64], query: Floats) -> Floats:
        """Return for each entry how near its question or its answer, whichever is nearer, is to the query.

        Of fine vectors an answer is as near as its nearest sentence or other phrasing: there are few.
        """
        if self.fine:
            nearest = np.full(len(self.entries), -1, np.float32)
            for rows, starts in ((self.sentences, self.starts), (self.phrasings, self.phrasing_starts)):
                owners = np.repeat(np.arange(len(self.entries)), np.diff(starts))
                np.maximum.at(nearest, owners, _cosines(rows, query))
            fine: Floats = np.maximum(_cosines(self.entries[entries, QUESTION], query), nearest[entries])
            return fine
        rows = self.entries.take(entries, axis=0).reshape(-1, len(query))
        nearer: Floats = _cosines(rows, query).reshape(-1, 2).max(axis=1)
        return nearer

    def nearest_questions(self, query: Floats, least: float) -> list[tuple[int, float]]:
        """Return the entries whose questions are nearest to the query, at `least` so near, with how near they are."""
        # Not by BLAS: its threads wait for each other where cores are busy, eight milliseconds at worst.
        leading = np.einsum("ij,j->i", self.leading, query[:LEADING])
        some = min(LOOKED_AT, len(leading))
        first = np.argpartition(-leading, some - 1)[:some] if some else np.zeros(0, np.int64)
        cosines = _cosines(self.entries[first, QUESTION], query)
        near = np.flatnonzero(cosines >= least)
        order = near[np.argsort(-cosines[near], kind="stable")]
        return list(zip(first[order].tolist(), cosines[order].tolist(), strict=True))

    def sentence_likeness(self, sentences: npt.NDArray[np.int64], query: Floats) -> Floats:
        """Return how near each sentence is to the query."""
        return _cosines(self.sentences.take(sentences, axis=0), query)


def _cosines(rows: Bytes, query: Floats) -> Floats:
    # Row by row: the product of a matrix rounds equal rows unequally, and wakes threads that a busy machine waits for.
    cosines: Floats = np.vecdot(rows.astype(np.float32), query)
    cosines /= SCALE
    return cosines


def encode_entries(encoder: Encoder, cuts: Sequence[CutEntry]) -> Vectors:
    """Return the vectors of the entries. An answer's is the mean of its sentences'."""
    sentences = encoder.encode_kept(
        [cut.entry.answer[start:end] for cut in cuts for start, end in cut.sentences]
    )
    starts = list(accumulate((len(cut.sentences) for cut in cuts), initial=0))
    answers = np.zeros((len(cuts), encoder.dimensions), np.float32)
    for answer, first, last in zip(answers, starts, starts[1:], strict=False):
        sentences[first:last].sum(axis=0, out=answer)
    questions = encoder.encode_kept([cut.entry.question for cut in cuts])
    phrasings = [other_phrasings(cut.entry) if encoder.fine else () for cut in cuts]
    return Vectors(
        entries=packed(np.stack([questions, unit(answers)], axis=1)),
        sentences=packed(sentences),
        spans=np.array([span for cut in cuts for span in cut.sentences], np.int32).reshape(-1, 2),
        starts=np.array(starts, np.int64),
        phrasings=packed(encoder.encode_kept([text for texts in phrasings for text in texts])),
        phrasing_starts=np.array(list(accumulate(map(len, phrasings), initial=0)), np.int64),
        fine=encoder.fine,
    )


def other_phrasings(entry: Entry) -> tuple[str, ...]:
    """Return the other ways to ask what an entry answers: its own, and its question with what its article is about.

    "Can I drive home?" in "ketamine-infusions.md" is about driving home after one.
    """
    context = context_of(entry.article)
    if not context or set(content_stems(context)) & set(content_stems(entry.question)):
        return entry.alt_questions
    return (*entry.alt_questions, f"{context}: {entry.question}")


class VectorWriter:
    """Encodes entries batch by batch, sentence vectors straight to disk: all of them at once would not fit.

    Which encoder does it is chosen at the first batch: a small knowledge base has no second.
    """

    def __init__(self, folder: Path, encoders: Encoders) -> None:
        self._folder = folder
        self._encoders = encoders
        self._chosen: Encoder | None = None
        self._waiting: list[CutEntry] = []
        self._done: list[Vectors] = []
        self._sentences: BinaryIO = (folder / "sentences.part").open("wb")

    @property
    def encoder(self) -> Encoder:
        """The encoder of this knowledge base; known when all entries are added, or a first batch of them."""
        if self._chosen is None:
            # Each entry has a question, and a sentence at least: a whole batch is more than a few.
            texts = sum(1 + len(cut.sentences) + len(other_phrasings(cut.entry)) for cut in self._waiting)
            self._chosen = self._encoders.for_texts(texts)
        return self._chosen

    def add(self, cut: CutEntry) -> None:
        self._waiting.append(cut)
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
        save_array(self._folder / "entries.npy", np.concatenate([batch.entries for batch in self._done]))
        save_array(self._folder / "spans.npy", np.concatenate([batch.spans for batch in self._done]))
        save_array(self._folder / "starts.npy", np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
        others = np.concatenate([np.diff(batch.phrasing_starts) for batch in self._done])
        save_array(self._folder / "phrasings.npy", np.concatenate([batch.phrasings for batch in self._done]))
        save_array(
            self._folder / "phrasing_starts.npy", np.concatenate([[0], np.cumsum(others)]).astype(np.int64)
        )
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
        vectors.entries.shape == (size, 2, encoder.dimensions)
        and vectors.sentences.shape == (sentences, encoder.dimensions)
        and vectors.spans.shape == (sentences, 2)
        and len(vectors.starts) == size + 1
        and int(vectors.starts[-1]) == sentences
        and vectors.phrasings.shape == (int(vectors.phrasing_starts[-1]), encoder.dimensions)
        and len(vectors.phrasing_starts) == size + 1
    )
    if not fitting:
        raise ValueError("the vectors are not of these entries")
    return vectors
