"""Read a query as plain words, however it is typed, in time that grows with its length alone.

Signs that do not show go, and look-alike letters become Latin ones. Then word by word: short forms
are written out ("cant" → "can not"), signs that stand for letters are read as those ("k1ll"),
letters drawn out or set apart are drawn together ("diiie", "d i e"), words run together are parted
("killmyself"), and a word one slip away from a word of danger is read as that. A word that is known
stays as it is; only unknown ones are tried as anything else.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kb.safety.spelling import Spelling

# A sentence is read in windows of this many words, so that the work for each is bounded.
WINDOW = 40
# Of so many different words, the rest are read as they stand: nobody misspells as many, and trying
# each takes time.
MOST_TRIED = 4_000
# A risk phrase cut by the end of one window stands whole in the next.
OVERLAP = 15

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
_BREAKS = ",;:-–—"
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
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_TABLE)).lower()
        return _MARKS.sub("", text).translate(_TABLE)
    return text.translate(_TABLE).lower()


def readings(text: str, spelling: Spelling) -> Iterator[Reading]:
    """Yield the sentences of `text` as plain words, long ones in windows that overlap."""
    reader = _Reader(spelling)
    for block in plain(text).replace("\r", "").split("\n\n"):
        for chunk in block.split():
            reader.add(chunk)
            if chunk[-1] in _BREAKS:
                reader.end_clause()
            # Dots that trail off end nothing: "i just want to... die".
            if chunk[-1] in ".!?" and not chunk.endswith(".."):
                yield from reader.sentence()
        yield from reader.sentence()


@dataclass(slots=True)
class _Reader:
    """Gathers the words of one sentence after the other."""

    spelling: Spelling
    words: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    letters: int = 0  # how many of the last words are letters that stand alone
    # For one text only: what people typed is not kept in memory.
    read: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, chunk: str) -> None:
        if len(chunk) == 1 and chunk.isalpha():
            self.letters += 1
            self.words.append(chunk)
            self.typed.append(chunk)
            return
        self._end_letters()
        words = self.read.get(chunk)
        if words is None:
            tried = len(self.read) < MOST_TRIED
            words = read_word(chunk, self.spelling) if tried else self._as_it_stands(chunk)
            self.read[chunk] = words
        for word in words:
            if self.words and (joined := self.spelling.pairs.get((self.words[-1], word))):
                self.words[-1] = joined
                self.typed[-1] += " " + chunk
                continue
            self.words.append(word)
            self.typed.append(chunk)

    def end_clause(self) -> None:
        """Note that a clause ends behind the last word."""
        self._end_letters()
        if self.words:
            self.breaks.append(len(self.words))

    def _as_it_stands(self, chunk: str) -> tuple[str, ...]:
        pieces = [piece.replace("'", "") for piece in _PIECES.findall(chunk)]
        return tuple(word for piece in pieces for word in self.spelling.short_forms.get(piece, (piece,)))

    def sentence(self) -> Iterator[Reading]:
        """Yield what was gathered, and begin anew."""
        self._end_letters()
        words, typed = tuple(self.words), tuple(self.typed)
        breaks, self.words, self.typed, self.breaks = self.breaks, [], [], []
        if not words:
            return
        step = WINDOW - OVERLAP
        for start in range(0, max(len(words) - OVERLAP, 1), step):
            window = slice(start, start + WINDOW)
            inside = (place - start for place in breaks)
            yield Reading(
                words[window], typed[window], tuple(place for place in inside if 0 < place < WINDOW)
            )

    def _end_letters(self) -> None:
        """Read letters set apart ("d i e") as the words that they spell, or each by itself."""
        count, self.letters = self.letters, 0
        if not count:
            return
        start = len(self.words) - count
        letters, typed = self.words[start:], self.typed[start:]
        del self.words[start:], self.typed[start:]
        spelt = self.spelling.unjoin("".join(letters)) if 3 <= count <= self.spelling.longest else ()
        if spelt:
            self.words += spelt
            self.typed += [" ".join(typed)] * len(spelt)
            return
        for letter in letters:
            words = self.spelling.read(letter)
            self.words += words
            self.typed += [letter] * len(words)


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
    for piece in _PIECES.findall(core):
        if piece[0].isdigit() and piece not in spelling.known:
            year = len(piece) == 4 and "1950" <= piece <= "2035"
            words.append("#year" if year else "#")
        elif "'" in piece:
            words += spelling.read_apostrophe(piece)
        else:
            words += spelling.read(piece)
    return tuple(words)
