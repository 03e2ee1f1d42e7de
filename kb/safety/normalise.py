"""Read a query as plain words, however it is typed, in time that grows with its length alone.

Signs that do not show go, and look-alike letters become Latin ones. Then word by word: short forms
are written out ("cant" → "can not"), signs that stand for letters are read as those ("k1ll"),
letters drawn out or set apart are drawn together ("diiie", "d i e"), words run together are parted
("killmyself"), and a word one slip away from a word of danger is read as that. A word that is known
stays as it is; only unknown ones are tried as anything else.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kb.safety.spelling import Spelling

# A sentence is read in windows of this many words, so that the work for each is bounded.
WINDOW = 40
# Of so many different words, the rest are read as they stand: nobody misspells as many, and trying
# each takes time.
MOST_TRIED = 4_000
# A risk phrase cut by the end of one window stands whole in the next.
OVERLAP = 15
# In a sentence of so many words, calm clauses can outweigh the one that tells: the model then reads
# each clause of some length by itself as well.
MANY_WORDS = 20
# From so many characters on, a text is turned into plain text sign by sign.
LONG_TEXT = 10_000
# So many letters set apart may spell a word.
SPELT_FROM = 3

_HIDDEN_RANGES = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip
_LOOK_ALIKES = {
    "a": "аα", "b": "вβ", "c": "сς", "d": "ԁ", "e": "еєεё", "g": "ɡ", "h": "һн", "i": "іιїı", "j": "ј",
    "k": "кκ", "l": "ӏ", "m": "м", "n": "пη", "o": "оοσ", "p": "рρ", "r": "г", "s": "ѕ", "t": "тτ",
    "u": "υц", "v": "ν", "w": "ѡω", "x": "хχ", "y": "уγ", "'": "’‘‛`´ʼ＇′",
}  # fmt: skip
_EMOJI = {
    "🔪": "knife",
    "🗡": "knife",
    "💊": "pills",
    "🔫": "gun",
    "⚰": "coffin",
    "🪦": "grave",
    "🩸": "blood",
}
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(code for first, last in _HIDDEN_RANGES for code in range(first, last + 1)),
    **dict.fromkeys((*range(9), *range(14, 32), 127, *range(128, 160)), " "),
    **{ord(sign): latin for latin, signs in _LOOK_ALIKES.items() for sign in signs},
    **{ord(sign): f" {word} " for sign, word in _EMOJI.items()},
    **dict.fromkeys(map(ord, "¡¿"), " "),
}
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]")
_EDGES = ".,!?;:\"'()[]{}<>«»“”„-–—~^=/\\&%+|#_…•"
BREAKS = ",;:-–—"
# What parts chunks besides a space; other blanks have become one.
_BLANKS = "\n\t\x0b\x0c\u1680\u2028\u2029"
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
MOST_KINDS_OF_FACES = 4
_PIECES = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """The plain words of one sentence, or of one window of it; `typed` says what each was typed as.

    `breaks` are the places before which a comma, a colon or a dash stood.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    breaks: tuple[int, ...]

    def clauses(self) -> Iterator["Reading"]:
        """Yield what stands between the breaks, where there is any break."""
        edges = (0, *self.breaks, len(self.words))
        for start, end in pairwise(edges) if self.breaks else ():
            yield Reading(self.words[start:end], self.typed[start:end], ())


def plain(text: str) -> str:
    """Return `text` in lower case and Latin look-alikes, without accents and signs that do not show."""
    if text.isascii():
        return text.translate(_TABLE).lower()
    return _plain_by_sign(text) if len(text) >= LONG_TEXT else _plain(text)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.translate(_TABLE)).lower()
    return _MARKS.sub("", text).translate(_TABLE)


def _plain_by_sign(text: str) -> str:
    """Return the same as `_plain`, which is asked for each of the text's signs once: there are few."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    there = np.zeros(int(codes.max()) + 1, np.bool_)
    there[codes] = True
    signs = np.flatnonzero(there)
    if any(map(_depends_on_others, map(chr, signs.tolist()))):
        return _plain(text)
    plainer = [_plain(chr(code)) for code in signs.tolist()]
    into = np.frombuffer("".join(plainer).encode("utf-32-le", "surrogatepass"), np.uint32)
    if all(len(instead) == 1 for instead in plainer):
        table = np.zeros(len(there), np.uint32)
        table[signs] = into
        return _decoded(table.take(codes))
    counts = np.zeros(len(there), np.int64)
    counts[signs] = [len(instead) for instead in plainer]
    lengths = counts.take(codes)
    ends = lengths.cumsum()
    # Each sign's own stretch of `into`, one after the other.
    starts = (counts.cumsum() - counts).take(codes)
    return _decoded(into.take(np.arange(int(ends[-1])) + np.repeat(starts - ends + lengths, lengths)))


def _decoded(codes: npt.NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _depends_on_others(sign: str) -> bool:
    """Return whether a sign becomes something else beside others: a mark that stays, or a capital sigma."""
    parts = unicodedata.normalize("NFKD", sign.translate(_TABLE))
    return "Σ" in parts or any(unicodedata.combining(part) and not _MARKS.match(part) for part in parts)


def readings(text: str, spelling: Spelling) -> Iterator[Reading]:
    """Yield the sentences of `text` as plain words, long ones in windows that overlap."""
    words = Words(spelling)
    for sentence in sentences(plain(text)):
        yield from windows(read_sentence(sentence, words))


def sentences(text: str) -> list[str]:
    """Return the sentences of a plain text that hold more than marks, each as it is typed; some may hold no word."""
    # Replaced rather than searched for: long texts are cut in a few passes. A plain text holds neither \0 nor \1.
    text = text.replace("\r", "").replace("\n\n", "\0")
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    # Dots that trail off end nothing: "i just want to... die".
    text = text.replace(".. ", "..\1")
    for sign in ".!?":
        text = text.replace(sign + " ", sign + "\0")
    return [part for part in text.replace("\1", " ").split("\0") if part.strip(_EDGES + " ")]


class Words(dict[str, tuple[str, ...]]):
    """The words that each chunk of one text stands for, read when first asked for.

    For one text only: what people typed is not kept in memory.
    """

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        tried = len(self) < MOST_TRIED
        words = self[chunk] = read_word(chunk, self.spelling) if tried else self._as_it_stands(chunk)
        return words

    def _as_it_stands(self, chunk: str) -> tuple[str, ...]:
        if chunk.isalpha():
            return self.spelling.short_forms.get(chunk, (chunk,))
        pieces = [piece.replace("'", "") for piece in _PIECES.findall(chunk)]
        return tuple(word for piece in pieces for word in self.spelling.short_forms.get(piece, (piece,)))


def read_sentence(sentence: str, words: Words) -> Reading:
    """Return a sentence as plain words."""
    reader = _Reader(words)
    for chunk in sentence.split():
        reader.add(chunk)
        if chunk[-1] in BREAKS:
            reader.end_clause()
    reader.end_letters()
    return Reading(tuple(reader.words), tuple(reader.typed), tuple(reader.breaks))


def windows(reading: Reading) -> Iterator[Reading]:
    """Yield what is judged at once: a sentence whole, a long one in windows that overlap, nothing of an empty one."""
    return (window_at(reading, start) for start in window_starts(len(reading.words)))


def window_at(reading: Reading, start: int) -> Reading:
    """Return the window of a sentence that begins at the word `start`."""
    window = slice(start, start + WINDOW)
    return Reading(reading.words[window], reading.typed[window], breaks_inside(reading.breaks, start))


def breaks_inside(breaks: Sequence[int], start: int) -> tuple[int, ...]:
    """Return where clauses end inside the window that begins at the word `start`, counted from there."""
    first, last = bisect_right(breaks, start), bisect_left(breaks, start + WINDOW)
    return tuple(place - start for place in breaks[first:last])


def window_starts(words: int) -> range:
    """Return where the windows of a sentence of so many words begin."""
    return range(0, max(words - OVERLAP, 1) if words else 0, WINDOW - OVERLAP)


@dataclass(slots=True)
class _Reader:
    """Gathers the words of one sentence."""

    read: Words
    words: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    letters: int = 0  # how many of the last words are letters that stand alone

    def add(self, chunk: str) -> None:
        if is_letter(chunk):
            self.letters += 1
            self.words.append(chunk)
            self.typed.append(chunk)
            return
        self.end_letters()
        pairs = self.read.spelling.pairs
        for word in self.read[chunk]:
            if self.words and (joined := pairs.get((self.words[-1], word))):
                self.words[-1] = joined
                self.typed[-1] += " " + chunk
                continue
            self.words.append(word)
            self.typed.append(chunk)

    def end_clause(self) -> None:
        """Note that a clause ends behind the last word."""
        self.end_letters()
        if self.words:
            self.breaks.append(len(self.words))

    def end_letters(self) -> None:
        """Read letters set apart ("d i e") as the words that they spell, or each by itself."""
        count, self.letters = self.letters, 0
        if not count:
            return
        spelling = self.read.spelling
        start = len(self.words) - count
        letters, typed = self.words[start:], self.typed[start:]
        del self.words[start:], self.typed[start:]
        spelt = spelling.unjoin("".join(letters)) if SPELT_FROM <= count <= spelling.longest else ()
        if spelt:
            self.words += spelt
            self.typed += [" ".join(typed)] * len(spelt)
            return
        read = {letter: spelling.read(letter) for letter in {*letters}}
        for letter in letters:
            words = read[letter]
            self.words += words
            self.typed += [letter] * len(words)


def is_letter(chunk: str) -> bool:
    """Return whether a chunk is a letter that stands alone: it may be set apart from others of its word."""
    return len(chunk) == 1 and chunk.isalpha()


def read_word(chunk: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the plain words that `chunk`, a run of characters without spaces, stands for."""
    core = chunk.strip(_EDGES)
    if not core:
        return ()
    if core.isalpha():
        return spelling.read(core)
    if found := spelling.read_signs(core):
        return found
    words: list[str] = []
    for piece in _PIECES.findall(core if len(core) <= spelling.longest else _without_faces(core)):
        if piece[0].isdigit() and piece not in spelling.known:
            year = len(piece) == 4 and "1950" <= piece <= "2035"
            words.append("#year" if year else "#")
        elif "'" in piece:
            words += spelling.read_apostrophe(piece)
        else:
            words += spelling.read(piece)
    return tuple(words)


def _without_faces(core: str) -> str:
    """Return a long chunk without the rows of signs before its first piece: faces by the thousand.

    Rows of few kinds are taken out fastest kind by kind; of many kinds, that would take as many passes.
    """
    for _ in range(MOST_KINDS_OF_FACES):
        if not core or core[0].isalnum():
            return core
        core = core.replace(core[0], " ").strip(_EDGES + " ")
    first = _LETTER_OR_DIGIT.search(core)
    return core[first.start() :] if first else ""
