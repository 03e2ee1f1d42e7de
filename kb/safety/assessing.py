"""Judge a query: crisis, emergency or neither, and whether it asks about means.

Each sentence goes through the layers: words are normalised, exceptions are set aside, concepts and
frames are looked for. A concept that is sure decides alone; the model decides on the rest. The
gravest sentence speaks for the query, so that calm ones around it hide nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kb.safety.assessment import CALM, Assessment, Level
from kb.safety.features import features
from kb.safety.knowledge import Concept, Knowledge, knowledge, trained_model
from kb.safety.model import QUESTIONS, Model
from kb.safety.normalise import (
    MANY_WORDS,
    WINDOW,
    Reading,
    Words,
    breaks_inside,
    plain,
    read_sentence,
    sentences,
    window_at,
    window_starts,
    windows,
)
from kb.safety.patterns import Sentence
from kb.safety.skimming import Glance, Skimmer, limits_of

# What stands in the place of words that an exception set aside.
SET_ASIDE = "~"
# In a text of more sentences than this, the model asks for more before it speaks: each sentence is
# one more chance of a false alarm.
LONG = 6
MARGIN = 0.0
LONG_MARGIN = 1.0
# A clause of fewer words says too little by itself.
CLAUSE = 4
CLAUSE_MARGIN = 1.0
# Where the model is this sure that a short sentence is calm, it overrules a concept: patterns are
# loose, and the words around them tell. A long sentence has too many calm words for that.
OVERRULES = -1.5
SHORT = 12
# In this frame a method is named to be kept from it: "how do i stop cutting". Hits may help.
SEEKS_HELP = "seeks-help"


@dataclass(frozen=True, slots=True)
class Finding:
    """A concept found in a sentence, and the places of its words, as bits."""

    concept: Concept
    places: int


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence with what it speaks of, in which frames; exceptions are set aside."""

    reading: Reading
    words: tuple[str, ...]  # as read, with SET_ASIDE where an exception stood
    findings: tuple[Finding, ...]
    frames: frozenset[str]

    @property
    def features(self) -> list[str]:
        """Return what the model weighs."""
        concepts = (finding.concept.name for finding in self.findings)
        return features(self.words, concepts, self.frames, knowledge().kinds)

    def typed(self, places: int) -> tuple[str, ...]:
        """Return the words at `places` as they were typed, each once."""
        typed = self.reading.typed
        return tuple(dict.fromkeys(typed[place] for place in range(len(typed)) if places >> place & 1))


def assess(query: str) -> Assessment:
    """Return what `query` says of danger; bounded in time for any text, and never an exception."""
    return assess_with(query, trained_model())


def assess_with(query: str, model: Model) -> Assessment:
    """Return what `query` says of danger where `model` is the one that decides last."""
    judge = _Judge(query, knowledge(), model)
    pending = iter(judge.sentences)
    for sentence in pending:
        judge.read(sentence)
        if judge.windows >= LONG:
            break
    # From here on it does not matter which of equal sentences is read.
    for sentence in dict.fromkeys(pending):
        if judge.gravest.means:
            break  # nothing is graver
        judge.read(sentence)
    return judge.gravest


class _Judge:
    """Judges one query, sentence by sentence."""

    def __init__(self, query: str, known: Knowledge, model: Model) -> None:
        self.sentences = sentences(plain(query))
        self.windows = 0  # judged so far
        self.gravest = CALM
        self._known = known
        self._model = model
        self._words = Words(known.spelling)
        self._skimmer = Skimmer(known, limits_of(known, model), self._words)
        self._seen: set[tuple[tuple[str, ...], tuple[int, ...]]] = set()
        self._calm: set[tuple[tuple[str, ...], tuple[int, ...]]] = set()

    def read(self, sentence: str) -> None:
        """Judge one sentence more: at a glance, and whole where that does not tell that it is calm."""
        glance = self._skimmer.glance(sentence)
        starts = window_starts(len(glance.words))
        if glance.dull:
            self.windows += len(starts)
        elif len(starts) == 1 and not self._is_calm(glance, 0):
            # Where words are not clear, there may be more of them.
            for reading in windows(read_sentence(sentence, self._words)):
                self._judge(reading)
        elif len(starts) == 1:
            self.windows += 1
        else:
            self._read_long(sentence, glance)

    def _read_long(self, sentence: str, glance: Glance) -> None:
        whole: Reading | None = None
        if not self._skimmer.is_clear(glance.words):
            whole = read_sentence(sentence, self._words)
            glance = self._skimmer.glance_of(whole)
        for start in window_starts(len(glance.words)):
            if self._is_calm(glance, start):
                self.windows += 1
                continue
            whole = whole or read_sentence(sentence, self._words)
            self._judge(window_at(whole, start))

    def _is_calm(self, glance: Glance, start: int) -> bool:
        words = glance.words[start : start + WINDOW]
        breaks = breaks_inside(glance.breaks, start)
        if (words, breaks) in self._calm:
            return True
        edges = (0, *breaks, len(words)) if breaks and len(words) >= MANY_WORDS else ()
        clauses = (words[first:last] for first, last in pairwise(edges) if last - first >= CLAUSE)
        if not self._skimmer.is_calm(words, self._margin()):
            return False
        if not all(self._skimmer.is_calm(clause, CLAUSE_MARGIN) for clause in clauses):
            return False
        self._calm.add((words, breaks))
        return True

    def _margin(self) -> float:
        return MARGIN if self.windows < LONG else LONG_MARGIN

    def _judge(self, reading: Reading) -> None:
        margin = self._margin()
        self.windows += 1
        # One sentence pasted a thousand times is read once.
        # The same words with commas elsewhere are other clauses.
        if self.gravest.means or (reading.words, reading.breaks) in self._seen:
            return
        self._seen.add((reading.words, reading.breaks))
        self.gravest = _graver(
            self.gravest, _judge(understand(reading, self._known), self._known, self._model, margin)
        )
        if self.gravest == CALM and len(reading.words) >= MANY_WORDS:
            self.gravest = _judge_clauses(reading, self._known, self._model)


def understand(reading: Reading, known: Knowledge) -> Understood:
    """Return what a sentence speaks of and in which frames."""
    whole = sentence = Sentence(reading.words)
    aside = 0
    for _, _, places in known.exceptions.matches(sentence):
        aside |= places
    words = reading.words
    if aside:
        words = tuple(SET_ASIDE if aside >> place & 1 else word for place, word in enumerate(words))
        sentence = Sentence(words)
    findings = tuple(
        Finding(known.concepts[name], places) for _, name, places in known.concept_patterns.matches(sentence)
    )
    # Frames are read from the whole sentence: an idiom, too, says who speaks and of what.
    frames = frozenset(name for _, name, _ in known.frame_patterns.matches(whole))
    return Understood(reading, words, findings, frames)


def _judge_clauses(reading: Reading, known: Knowledge, model: Model) -> Assessment:
    """Return what the gravest clause of `reading` says to the model alone.

    The concepts have been looked for in the whole sentence, whose frames may have calmed them.
    """
    gravest = CALM
    for clause in reading.clauses():
        if len(clause.words) >= CLAUSE:
            gravest = _graver(gravest, _weigh(understand(clause, known), model, CLAUSE_MARGIN))
    return gravest


def _judge(understood: Understood, known: Knowledge, model: Model, margin: float) -> Assessment:
    found = list(_deciding(understood, known))
    risk, crisis, emergency_score, means_score = model.scores(understood.features)
    strongest = max(risk, means_score)
    asks = SEEKS_HELP not in understood.frames
    if found and not (len(understood.words) <= SHORT and strongest < OVERRULES):
        emergency = [finding for finding in found if finding.concept.level == "emergency"]
        means = asks and any(finding.concept.means for finding in found)
        # Where both are said ("crisis line that texts, i cannot talk"), the model says which is meant.
        # What is an emergency whatever else is said (a weapon held to a body) is one here too.
        sure = all(finding.concept.strength == "sure" for finding in emergency)
        both = sure and len(emergency) < len(found) and crisis > emergency_score
        level: Level = "emergency" if emergency and not means and not both else "crisis"
        places = 0
        for finding in found:
            if finding.concept.level == level:
                places |= finding.places
        return Assessment(level, means=means, layer="concept", words=understood.typed(places))
    return _weigh(understood, model, margin)


def _weigh(understood: Understood, model: Model, margin: float) -> Assessment:
    """Return what `model` says where no concept decides."""
    weighed = understood.features
    risk, crisis, emergency_score, means_score = model.scores(weighed)
    if max(risk, means_score) <= margin:
        return CALM
    means = SEEKS_HELP not in understood.frames and means_score > margin
    level: Level = "crisis" if means or crisis >= emergency_score else "emergency"
    question = QUESTIONS.index("means" if means else level)
    return Assessment(level, means=means, layer="model", words=model.strongest(weighed, question))


def _deciding(understood: Understood, known: Knowledge) -> Iterator[Finding]:
    """Yield the findings that decide without the model."""
    calmed = not known.calming.isdisjoint(understood.frames)
    for finding in understood.findings:
        if finding.concept.strength == "always" or (finding.concept.strength == "sure" and not calmed):
            yield finding


def _graver(one: Assessment, other: Assessment) -> Assessment:
    """Return the graver of two; of two alike the first. Means beat all, as they withhold hits."""
    ranks: dict[Level, int] = {"none": 0, "crisis": 1, "emergency": 2}
    return max(one, other, key=lambda assessment: (assessment.means, ranks[assessment.level]))
