"""Read a query: which words matter, what else they may be called, what was misspelt, what type of answer is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kb.content.terms import Term as ClinicTerm
from kb.search.index.lexicon import Candidate, Lexicon
from kb.search.question.answer_types import asked_types
from kb.search.question.aspects import STAND_IN
from kb.search.question.messages import Part, parts_of
from kb.search.question.parts import Alternative, Choice, Correction, Group, Question
from kb.search.words.analysis import Term, all_terms, content_stems, fold, stem, stop_words, words_of
from kb.search.words.english import is_well_spelt, names_a_thing, weight_of
from kb.search.words.spanish import is_negation, is_spanish, meanings
from kb.search.words.vocabulary import SAME_WEIGHT, WIDER_FALL, WIDER_WEIGHT, Recognised, Vocabulary

# More words say no more of what is asked, and each costs time.
MOST_WORDS = 200
# Spellings that are searched for one unknown word. The right one is the first in 19 of 20 cases; the next ones
# cost little, as they count only where their entries match the rest of the query.
SPELLINGS = 4
# An entry in the asker's own spelling stands above one in a guessed one.
SPELLING_WEIGHT = 0.9
# What each edit more than the likeliest spelling has costs.
SPELLING_FALL = 0.64
# A spelling that costs this much more than the likeliest is nearly as likely.
NEARLY_AS_LIKELY = 0.5
WORDS_AROUND = 6  # on each side: no cue is longer
# A well-spelt word that no entry holds is searched by so many words that mean nearly the same.
NEIGHBOURS = 3
NEIGHBOUR_WEIGHT = 0.6
# Two drug names this near each other in cost look alike: which was meant is not ours to guess.
LOOK_ALIKE = 1.7
# Kinds of things of which something is asked.
ASKED_OF = frozenset({"condition", "treatment", "drug", "drug class", "substance"})
# Who says so speaks to the clinic.
ASKED_OF_US = frozenset({"you", "your", "u", "ur"})
NO_TYPES: frozenset[str] = frozenset()
# Stands for a name where cues are looked for; no cue holds it.
NAME = "x"
# A compound is split only into words that this many entries hold.
SPLIT_COUNT = 5


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query with the spellings it may have; none when it is known."""

    term: Term
    spellings: tuple[Candidate, ...] = ()
    like: tuple[
        Candidate, ...
    ] = ()  # words of the entries that mean nearly the same; for one that no entry holds
    choice: tuple[str, ...] = ()
    weight: float = 1.0
    english: str = ""  # of a Spanish word

    @property
    def best(self) -> str:
        return self.english or (self.spellings[0].word if self.spellings else self.term.word)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset({self.term.text, *(part for part in content_stems(self.best))})

    @property
    def stopped(self) -> bool:
        if self.english and is_negation(self.term.word):
            return True
        return self.term.word in stop_words() or bool(self.english and not content_stems(self.english))


def read_question(query: str, lexicon: Lexicon, vocabulary: Vocabulary, *, exact: bool = False) -> Question:
    """Return what the query asks for, read against the words and terms that the knowledge base knows.

    Where `exact`, its words are taken as they are spelt: no other spelling is searched.
    """
    parts = parts_of(query)
    spanish = is_spanish([word.word for part in parts for word in part.words])
    # Two words may be joined to one, so twice as many are read as are kept.
    first = islice(((part, word) for part in parts for word in part.words), 2 * MOST_WORDS)
    # A word that stands a hundred times in a pasted text is looked up once.
    known: dict[tuple[str, float], _Word] = {}
    read = []
    for part, word in first:
        key = word.word, part.weight
        if key not in known:
            known[key] = _read_word(word, lexicon, vocabulary, part, spanish=spanish, exact=exact)
        read.append(known[key] if known[key].term is word else replace(known[key], term=word))
    words = read[:MOST_WORDS] if exact else _asking(_joined(read, lexicon)[:MOST_WORDS])
    recognised = [
        one
        for one in vocabulary.recognise([word.stems for word in words])
        if not (exact and one.form.role == "misspelt")
    ]
    # "Depression that won't go away" is a name, and asks for no outlook.
    named = {
        place
        for one in recognised
        if one.end - one.start > 1 and one.form.term.kind != "other"
        for place in range(one.start, one.end)
    }
    asking = ["" if place in named else word.best for place, word in enumerate(words) if word.weight == 1.0]
    terms = all_terms(" ".join(word or NAME for word in asking))
    asked = asked_types(terms)
    cues: dict[str, frozenset[str]] = {}
    for place, names in asked.cues.items():
        cues[terms[place].text] = cues.get(terms[place].text, NO_TYPES) | names
    types = asked.types
    for one in recognised:
        # What a form leads to may ask for a type that its own words do not ("have to pay" asks for a cost).
        if (
            meant := asked_types(all_terms(one.form.term.name)).types
            if one.form.term.kind == "other"
            else NO_TYPES
        ):
            types |= meant
            for stem in {stem for word in words[one.start : one.end] for stem in word.stems}:
                cues[stem] = cues.get(stem, NO_TYPES) | meant
    groups = list(_groups(words, recognised, cues, lexicon, vocabulary))
    if all(map(_is_little_number, groups)):
        groups = []
    if "contact" in types and (clinic := _clinic_asked(words, groups, lexicon, vocabulary)):
        groups.append(clinic)
    return Question(
        groups=tuple(groups),
        types=types,
        text=_meaning(words, recognised, lexicon),
        typed=" ".join(word.term.word for word in words if word.weight == 1.0),
        asked=_meaning(words, recognised, lexicon, STAND_IN),
        corrections=tuple(_corrections(words, recognised)),
        choices=tuple(Choice(word.term.word, word.choice) for word in words if word.choice),
    )


def _is_little_number(group: Group) -> bool:
    """Return whether a part is a number of one or two digits: alone ("1=1") it asks nothing, while 988 does."""
    return all(stem.isdigit() and len(stem) < 3 for stem in group.alternatives[0].stems)


# ---------------------------------------------------------------- spelling


def _read_word(
    term: Term, lexicon: Lexicon, vocabulary: Vocabulary, part: Part, *, spanish: bool, exact: bool
) -> _Word:
    if spanish and term.word in meanings() and (is_negation(term.word) or not _is_held(term.word, lexicon)):
        return _Word(term, english=meanings()[term.word], weight=part.weight)
    if term.word in stop_words() or lexicon.count(term.word):
        return _Word(term, weight=part.weight)
    if vocabulary.drug(term.word):
        # What is near a medicine in meaning is another medicine.
        return _Word(term, weight=part.weight)
    if lexicon.knows(term.word) or is_well_spelt(term.word):
        like = (near for near in lexicon.neighbours(term.word, NEIGHBOURS) if not vocabulary.drug(near.word))
        return _Word(term, like=tuple(like), weight=part.weight)
    # An English word of some lay phrase, which no entry holds, is not what a name was meant to be ("botox", "book").
    spellings = [
        spelling
        for spelling in lexicon.candidates(term.word, SPELLINGS)
        if lexicon.count(spelling.word) or not is_well_spelt(spelling.word)
    ] or _split(term.word, lexicon)
    if not spellings:
        return _Word(term, weight=part.weight)
    near = [spelling for spelling in spellings if spelling.cost <= spellings[0].cost + LOOK_ALIKE]
    drugs = {drug.name: spelling.word for spelling in near if (drug := vocabulary.drug(spelling.word))}
    if len(drugs) > 1:
        # Searching for one of them would be a guess at a medicine.
        return _Word(term, choice=tuple(drugs.values()), weight=part.weight)
    return _Word(term, () if exact else tuple(spellings), weight=part.weight)


def _is_held(word: str, lexicon: Lexicon) -> bool:
    """Return whether entries hold a word that says something: they answer in the asker's language."""
    return word not in stop_words() and bool(lexicon.count(word))


def _split(word: str, lexicon: Lexicon) -> list[Candidate]:
    """Return the two known words that were written as one, as one candidate."""
    splits = [(min(lexicon.count(word[:at]), lexicon.count(word[at:])), at) for at in range(3, len(word) - 2)]
    count, at = max(splits, default=(0, 0))
    return [Candidate(f"{word[:at]} {word[at:]}", 1.0, 1)] if count >= SPLIT_COUNT else []


def _joined(words: list[_Word], lexicon: Lexicon) -> list[_Word]:
    """Return the words, an unknown one joined with its neighbour where both are one known word ("trans cranial")."""
    done: list[_Word] = []
    for word in words:
        before = done[-1] if done else None
        if before is not None and not (before.stopped or word.stopped):
            joined = before.term.word + word.term.word
            unknown = not (lexicon.count(before.term.word) and lexicon.count(word.term.word))
            if unknown and lexicon.count(joined):
                term = Term(
                    stem(joined), before.term.start, word.term.end, f"{before.term.word} {word.term.word}"
                )
                done[-1] = _Word(term, (Candidate(joined, 1.0, 1),), weight=before.weight)
                continue
        done.append(word)
    return done


def _asking(words: list[_Word]) -> list[_Word]:
    """Return the words, a misspelt one read as what asks together with its neighbours: "how menny people" is "many"."""
    done = list(words)
    for place, word in enumerate(words):
        near = [one for one in word.spellings[1:] if one.cost <= word.spellings[0].cost + NEARLY_AS_LIKELY]
        if not near:
            continue
        around = slice(max(place - WORDS_AROUND, 0), place + WORDS_AROUND + 1)
        types = _types_of(done[around])
        for spelling in near:
            rest = tuple(one for one in word.spellings if one is not spelling)
            done[place] = replace(word, spellings=(spelling, *rest))
            if _types_of(done[around]) - types - {"definition"}:
                break
        else:
            done[place] = word
    return done


def _types_of(words: Sequence[_Word]) -> frozenset[str]:
    return asked_types(all_terms(" ".join(word.best for word in words))).types


def _corrections(words: Sequence[_Word], recognised: Iterable[Recognised]) -> Iterable[Correction]:
    covered: set[int] = set()
    for one in recognised:
        if one.form.role == "misspelt":
            typed = " ".join(word.term.word for word in words[one.start : one.end])
            covered.update(range(one.start, one.end))
            yield Correction(typed, one.form.term.name)
    for place, word in enumerate(words):
        if word.spellings and place not in covered:
            yield Correction(word.term.word, word.best)


# ---------------------------------------------------------------- groups


def _groups(
    words: Sequence[_Word],
    recognised: Sequence[Recognised],
    cues: Mapping[str, frozenset[str]],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> Iterable[Group]:
    spans: dict[tuple[int, int], list[Recognised]] = {}
    for one in recognised:
        spans.setdefault((one.start, one.end), []).append(one)
    seen: set[tuple[Alternative, ...]] = set()
    # Wider terms that stand in for one that no entry names: once for all of them. "Failed Zoloft and Prozac" speaks
    # of medicines once, not twice.
    stood_in: set[str] = set()
    place = 0
    while place < len(words):
        span = next((span for span in spans if span[0] == place), (place, place + 1))
        inside = words[span[0] : span[1]]
        wider = _standing_in(spans.get(span, ()), lexicon, vocabulary)
        if wider & stood_in:
            place = span[1]
            continue
        stood_in |= wider
        group = (
            _term_group(inside, spans[span], cues, vocabulary)
            if span in spans
            else _word_group(inside[0], cues)
        )
        if group is not None and group.alternatives not in seen:
            seen.add(group.alternatives)
            yield group
        place = span[1]


def _clinic_asked(
    words: Sequence[_Word], groups: Sequence[Group], lexicon: Lexicon, vocabulary: Vocabulary
) -> Group | None:
    """Return the clinic as a part of a question that asks it where or when it is reached; None where it asks another.

    "Are you open" is not answered by the hours of a help line. Where no entry names the clinic, that tells nothing.
    """
    clinic = vocabulary.clinic
    if clinic is None or not all(lexicon.count(word) for word in words_of(clinic.name)):
        return None
    asks_you = any(word.term.word in ASKED_OF_US for word in words)
    if any(group.kind for group in groups) or not (asks_you or all(group.cue for group in groups)):
        return None
    return Group(
        (Alternative(tuple(content_stems(clinic.name)), 1.0),), cue=False, kind=clinic.kind, own=True
    )


def _standing_in(found: Sequence[Recognised], lexicon: Lexicon, vocabulary: Vocabulary) -> set[str]:
    """Return the wider terms that stand in for recognised drugs which no entry names."""
    terms = [one.form.term for one in found]
    if any(term.kind != "drug" or any(map(lexicon.count, words_of(" ".join(term.same)))) for term in terms):
        return set()
    return {wider.name for term in terms for _, wider in vocabulary.wider(term)}


def _word_group(word: _Word, cues: Mapping[str, frozenset[str]]) -> Group | None:
    if word.stopped:
        return None
    written = Alternative((word.term.text,), 1.0)
    least = word.spellings[0].cost if word.spellings else 0.0
    guesses = [
        Alternative(
            tuple(content_stems(spelling.word)), SPELLING_WEIGHT * SPELLING_FALL ** (spelling.cost - least)
        )
        for spelling in word.spellings
    ]
    if word.english:
        guesses.append(Alternative(tuple(content_stems(word.english)), SAME_WEIGHT))
    guesses += [Alternative(tuple(content_stems(near.word)), NEIGHBOUR_WEIGHT) for near in word.like]
    asks = NO_TYPES.union(*(cues.get(stem, NO_TYPES) for stem in word.stems))
    return Group(
        (written, *(guess for guess in guesses if guess.stems)),
        bool(asks),
        word.weight,
        weight_of(word.best),
        names_a_thing(word.best),
        asks=asks,
    )


def _term_group(
    inside: Sequence[_Word],
    found: Sequence[Recognised],
    cues: Mapping[str, frozenset[str]],
    vocabulary: Vocabulary,
) -> Group:
    weights: dict[tuple[str, ...], float] = {}

    def offer(stems: Sequence[str], weight: float) -> None:
        if stems:
            weights[tuple(stems)] = max(weight, weights.get(tuple(stems), 0.0))

    offer([part for word in inside for part in content_stems(word.best)], 1.0)
    offer([word.term.text for word in inside if not word.stopped], 1.0)
    for one in found:
        for form in one.form.term.same:
            offer(content_stems(form), SAME_WEIGHT)
        for steps, wider in vocabulary.wider(one.form.term):
            for form in wider.same:
                offer(content_stems(form), WIDER_WEIGHT * WIDER_FALL ** (steps - 1))
    alternatives = tuple(Alternative(stems, weight) for stems, weight in weights.items())
    cue = all(word.stopped or word.stems & cues.keys() for word in inside)
    asks = NO_TYPES.union(*(cues.get(stem, NO_TYPES) for word in inside for stem in word.stems))
    kinds = {one.form.term.kind for one in found}
    return Group(
        alternatives,
        cue,
        max(word.weight for word in inside),
        kind=min(kinds - {"other"}, default=""),
        own=any(one.form.own for one in found),
        asks=asks if cue else NO_TYPES,
    )


def _meaning(
    words: Sequence[_Word], recognised: Sequence[Recognised], lexicon: Lexicon, stand_in: str = ""
) -> str:
    """Return the query as it was read: misspelt words mended, each term as the entries call it, or by its stand-in."""
    names = {
        one.start: (
            one.end,
            stand_in if stand_in and one.form.term.kind in ASKED_OF else _called_here(one.form.term, lexicon),
        )
        for one in recognised
    }
    texts: list[str] = []
    place = 0
    while place < len(words):
        end, text = names.get(place, (place + 1, words[place].best))
        if any(word.weight == 1.0 for word in words[place:end]):
            texts.append(text)
        place = end
    return " ".join(texts)


def _called_here(term: ClinicTerm, lexicon: Lexicon) -> str:
    """Return the name of a term, folded: of one with brands the one that most entries hold."""
    names = [fold(name) for name in term.same] if term.brands else [fold(term.name)]
    return max(names, key=lambda name: min((lexicon.count(word) for word in words_of(name)), default=0))
