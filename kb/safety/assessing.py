"""Judge a query: crisis, emergency or neither, and whether it asks about means.

Each sentence goes through the layers: words are normalised, exceptions are set aside, concepts and
frames are looked for. A concept that is sure decides alone; the model decides on the rest. The
gravest sentence speaks for the query, so that calm ones around it hide nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.safety.assessment import CALM, Assessment, Level
from kb.safety.features import features
from kb.safety.knowledge import Concept, Knowledge, knowledge, trained_model
from kb.safety.model import QUESTIONS, Model
from kb.safety.normalise import Reading, readings
from kb.safety.patterns import Sentence

# What stands in the place of words that an exception set aside.
SET_ASIDE = "~"
# In a text of more sentences than this, the model asks for more before it speaks: each sentence is
# one more chance of a false alarm.
LONG = 6
MARGIN = 0.0
LONG_MARGIN = 1.0
# In a sentence of so many words, calm clauses can outweigh the one that tells: the model then reads
# each clause of some length by itself as well.
MANY_WORDS = 20
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
    known = knowledge()
    seen: set[tuple[str, ...]] = set()
    gravest = CALM
    for count, reading in enumerate(readings(query, known.spelling)):
        # One sentence pasted a thousand times is read once.
        if reading.words in seen:
            continue
        seen.add(reading.words)
        margin = MARGIN if count < LONG else LONG_MARGIN
        gravest = _graver(gravest, _judge(understand(reading, known), known, model, margin))
        if gravest == CALM and len(reading.words) >= MANY_WORDS:
            gravest = _judge_clauses(reading, known, model)
        if gravest.means:
            break  # nothing is graver
    return gravest


def understand(reading: Reading, known: Knowledge) -> Understood:
    """Return what a sentence speaks of and in which frames."""
    sentence = Sentence(reading.words)
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
    frames = frozenset(name for _, name, _ in known.frame_patterns.matches(Sentence(reading.words)))
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
        both = len(emergency) < len(found) and crisis > emergency_score
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
