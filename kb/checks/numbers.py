"""Claims that contradict each other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kb.checks.articles import Checked
from kb.checks.figures import NUMBER, NUMBER_WORDS, value_of
from kb.checks.findings import Finding
from kb.checks.remedies import Vocabulary
from kb.content.sentences import sentence_spans
from kb.search.words.analysis import content_terms

# What is counted or measured, with what each unit makes of it; numbers of two kinds are never compared.
UNITS: dict[str, dict[str, float]] = {
    "percentages": {r"%|per\s?cent\b": 1},
    "times": {r"minutes?\b": 1, r"hours?\b": 60},
    "periods": {r"days?\b": 1, r"weeks?\b": 7, r"months?\b": 30.4, r"years?\b": 365},
    "doses": {r"(?:mg|milligrams?)\b": 1, r"(?:mcg|µg|micrograms?)\b": 0.001},
    "volumes": {r"(?:ml|millilit(?:er|re)s?)\b": 1},
    "numbers of visits": {r"(?:visits?|sessions?|infusions?|appointments?)\b": 1},
    "numbers of people": {r"million\b": 1, r"billion\b": 1000},
    "prices": {r"dollars?\b": 1},
}
_RANGE = rf"(?P<low>{NUMBER})(?:\s?(?:%|per\s?cent)?\s?(?:-|–|to|or)\s?(?P<high>{NUMBER}))?"
# "Eight ketamine sessions": what is counted is often said before its name.
_BETWEEN = {"numbers of visits": r"(?:(?!of|in|to|or|and|before|after|for|per)[^\W\d]+\s){0,2}"}
MEASURES = [
    (kind, factor, re.compile(rf"{_RANGE}[\s-]?{_BETWEEN.get(kind, '')}(?:{pattern})", re.IGNORECASE))
    for kind, units in UNITS.items()
    for pattern, factor in units.items()
] + [("prices", 1.0, re.compile(rf"[$£€]\s?{_RANGE}", re.IGNORECASE))]
# What a claim is about is said without the unit of what it gives.
_UNIT = {kind: re.compile(rf"(?<!\w)(?:{'|'.join(units)})", re.IGNORECASE) for kind, units in UNITS.items()}
_APPROVERS = frozenset({"fda", "ye", "no", "not", "never", "ever", "yet"})
APPROVED = re.compile(r"\bapprov(?:ed|al|es|e)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:not|no|never|without|lacks?)\b|n['’]t\b", re.IGNORECASE)
# What is approved ends where it is said what for, by whom, and when.
_AIM = re.compile(r"\b(?:for|in|to|by|as|since|on|when|until|only|\d+)\b.*", re.IGNORECASE)
# Two sentences speak of the same when this share of the shorter one's words stands in the other (of short ones, all),
# and this of the longer one's.
SAME_SUBJECT, SAME_OF_LONGER = 0.75, 0.5
LEAST_SHARED = 2
# With more numbers of a kind, a sentence is a list.
MOST_NUMBERS = 2
# A month is now and then four weeks.
SAME_VALUE = 0.1
APPROVAL = "approval"

Value = tuple[float, float, float]  # from, to, and what its unit makes of it


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an entry that gives a number of some kind, or says whether something is approved."""

    checked: Checked
    sentence: str
    kind: str
    values: frozenset[Value]
    terms: frozenset[str]  # what it speaks of: its content terms without numbers and units
    remedies: frozenset[str]  # what it, its question or its focus names


def contradictions(entries: Iterable[Checked], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield a finding for each pair of claims on the same thing with different numbers or approvals."""
    claims = [claim for checked in entries for claim in _claims(checked, vocabulary)]
    by_kind: dict[str, list[Claim]] = {}
    for claim in claims:
        by_kind.setdefault(claim.kind, []).append(claim)
    for kind, group in by_kind.items():
        for one, other in combinations(group, 2):
            if _contradict(one, other):
                what = "differ in what is approved" if kind.startswith(APPROVAL) else f"give different {kind}"
                problem = f'"{one.sentence}" and "{other.sentence}" ({other.checked.place}) {what}'
                yield Finding(
                    one.checked.place, one.checked.entry.id, problem, "correct the one that is wrong"
                )


def _contradict(one: Claim, other: Claim) -> bool:
    # An answer that gives two numbers gives them of two things.
    if one.checked.entry.id == other.checked.entry.id or one.sentence == other.sentence:
        return False
    if any(_same(value, another) for value in one.values for another in other.values):
        return False
    shared = len(one.terms & other.terms)
    if one.kind.startswith(APPROVAL):
        # What is never approved is approved for nothing.
        return bool(shared) or not (one if one.values == {_NO} else other).terms
    if one.remedies and other.remedies and not one.remedies & other.remedies:
        return False
    shorter, longer = sorted((len(one.terms), len(other.terms)))
    return shared >= max(LEAST_SHARED, SAME_SUBJECT * shorter, SAME_OF_LONGER * longer)


def _same(one: Value, other: Value) -> bool:
    (low, high, unit), (other_low, other_high, other_unit) = one, other
    # Of one unit, 20 and 21 are two numbers; a year and 12 months are one.
    near = 0.0 if unit == other_unit else SAME_VALUE
    return abs(low - other_low) <= near * low and abs(high - other_high) <= near * high


def _claims(checked: Checked, vocabulary: Vocabulary) -> Iterator[Claim]:
    entry = checked.entry
    for start, end in sentence_spans(entry.answer):
        sentence = entry.answer[start:end]
        found = {**_measures(sentence), **_approvals(sentence)}
        for kind, (values, terms) in found.items():
            named = vocabulary.known(sentence) or vocabulary.known(f"{entry.question}\n{entry.focus}")
            remedies = frozenset(thing.name.lower() for thing in named)
            yield Claim(checked, sentence, kind, values, terms, remedies)


_Found = dict[str, tuple[frozenset[Value], frozenset[str]]]


def _measures(sentence: str) -> _Found:
    values: dict[str, set[Value]] = {}
    for kind, factor, pattern in MEASURES:
        for match in pattern.finditer(sentence):
            low, high = value_of(match["low"]), value_of(match["high"] or match["low"])
            values.setdefault(kind, set()).add((low * factor, high * factor, factor))
    return {
        kind: (frozenset(found), _terms(_UNIT[kind].sub(" ", sentence)))
        for kind, found in values.items()
        if len(found) <= MOST_NUMBERS
    }


def _terms(text: str) -> frozenset[str]:
    words = (term for term in content_terms(text) if not term.word[0].isdigit())
    return frozenset(term.text for term in words if term.word not in NUMBER_WORDS)


_YES, _NO = (1.0, 1.0, 1.0), (0.0, 0.0, 1.0)


def _approvals(sentence: str) -> _Found:
    match = APPROVED.search(sentence)
    # A question or a condition claims nothing.
    if match is None or sentence.endswith("?"):
        return {}
    before, after = sentence[: match.start()], sentence[match.end() :]
    subject = _terms(before) - _APPROVERS
    if not subject:
        # "The FDA approved Spravato for depression."
        subject = _terms(_AIM.sub("", after))
        after = "".join(_AIM.findall(after))
    if not subject:
        return {}
    denied = DENIED.search(re.sub(r"^(?:yes|no),", "", before, flags=re.IGNORECASE))
    # Claims on different subjects are of different kinds, and never compared.
    kind = f"{APPROVAL} of {' '.join(sorted(subject))}"
    return {kind: (frozenset({_NO if denied else _YES}), _terms(after) - _APPROVERS)}
