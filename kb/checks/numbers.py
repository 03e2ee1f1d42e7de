"""Claims that contradict each other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kb.checks.articles import Checked
from kb.checks.findings import Finding
from kb.content.sentences import sentence_spans
from kb.search.words.analysis import content_terms

NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
# What is counted or measured; numbers of two kinds are never compared.
UNITS = {
    "percent": r"%|per\s?cent\b",
    "days": r"days?\b",
    "weeks": r"weeks?\b",
    "months": r"months?\b",
    "years": r"years?\b",
    "hours": r"hours?\b",
    "minutes": r"minutes?\b",
    "dose": r"(?:mg|mcg|µg|ml|milligrams?|micrograms?)\b",
    "visits": r"(?:visits?|sessions?|infusions?|appointments?)\b",
    "people": r"(?:million|billion)\b",
    "dollars": r"dollars?\b",
}
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|\b(?:{'|'.join(NUMBER_WORDS)})\b)"
_RANGE = rf"(?P<low>{_NUMBER})(?:\s?(?:%|per\s?cent)?\s?(?:-|–|to|or)\s?(?P<high>{_NUMBER}))?"
MEASURE = {
    unit: re.compile(rf"{_RANGE}[\s-]?(?:{pattern})", re.IGNORECASE) for unit, pattern in UNITS.items()
} | {"money": re.compile(rf"[$£€]\s?{_RANGE}", re.IGNORECASE)}
APPROVED = re.compile(r"\bapprov(?:ed|al|es|e)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:not|no|never|without|lacks?)\b|n['’]t\b", re.IGNORECASE)
# Two sentences speak of the same when most of the shorter one's words stand in the other.
SAME_SUBJECT = 0.5
APPROVAL = "approval"
LEAST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an entry that gives a number of some unit, or says whether something is approved."""

    checked: Checked
    sentence: str
    unit: str
    values: frozenset[str]
    terms: frozenset[str]  # what it speaks of: its content terms without the numbers


def contradictions(entries: Iterable[Checked]) -> Iterator[Finding]:
    """Yield a finding for each pair of claims on the same thing with different numbers or approvals."""
    claims = [claim for checked in entries for claim in (*_measures(checked), *_approvals(checked))]
    by_unit: dict[str, list[Claim]] = {}
    for claim in claims:
        by_unit.setdefault(claim.unit, []).append(claim)
    for unit, group in by_unit.items():
        for one, other in combinations(group, 2):
            if _contradict(one, other):
                what = "differ in what is approved" if unit.startswith(APPROVAL) else f"give different {unit}"
                problem = f'"{one.sentence}" and "{other.sentence}" ({other.checked.place}) {what}'
                yield Finding(
                    one.checked.place, one.checked.entry.id, problem, "correct the one that is wrong"
                )


def _contradict(one: Claim, other: Claim) -> bool:
    if one.sentence == other.sentence or one.values & other.values:
        return False
    shared = one.terms & other.terms
    least = 1 if one.unit.startswith(APPROVAL) else LEAST_SHARED
    smaller = min(len(one.terms), len(other.terms))
    return len(shared) >= least and len(shared) >= SAME_SUBJECT * smaller


def _measures(checked: Checked) -> Iterator[Claim]:
    for start, end in sentence_spans(checked.entry.answer):
        sentence = checked.entry.answer[start:end]
        for unit, pattern in MEASURE.items():
            found = list(pattern.finditer(sentence))
            if found:
                values = frozenset(_value(match) for match in found)
                yield Claim(checked, sentence, unit, values, _subject(sentence))


def _value(match: re.Match[str]) -> str:
    parts = (match["low"], match["high"])
    return "–".join(NUMBER_WORDS.get(part.lower(), part) for part in parts if part)


def _subject(sentence: str) -> frozenset[str]:
    words = (term for term in content_terms(sentence) if not term.word[0].isdigit())
    return frozenset(term.text for term in words if term.word not in NUMBER_WORDS)


def _approvals(checked: Checked) -> Iterator[Claim]:
    for start, end in sentence_spans(checked.entry.answer):
        sentence = checked.entry.answer[start:end]
        match = APPROVED.search(sentence)
        # A question or a condition claims nothing.
        if match is None or sentence.endswith("?"):
            continue
        before, after = sentence[: match.start()], sentence[match.end() :]
        subject = {term.text for term in content_terms(before)} - {"fda", "ye", "no", "not"}
        if not subject:
            continue
        denied = "no" if DENIED.search(re.sub(r"^(?:yes|no),", "", before, flags=re.IGNORECASE)) else "yes"
        aim = frozenset(term.text for term in content_terms(after))
        # Claims on different subjects are of different units, and never compared.
        yield Claim(checked, sentence, f"{APPROVAL} of {' '.join(sorted(subject))}", frozenset({denied}), aim)
