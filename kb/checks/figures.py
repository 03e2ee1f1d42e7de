"""Figures in a text, in digits or in words: numbers, and shares of those whom something is said of."""

import re
from collections.abc import Iterator

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_WORD = rf"\b(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES)}|hundred)\b"
# A pattern of one number: "70", "1,000", "0.5", "fifty-five".
NUMBER = rf"(?:\d+(?:[.,]\d+)*|{_WORD})"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_PEOPLE = (
    r"(?:people|persons?|patients?|adults?|women|men|children|teen\w*|veterans|users|clients|participants|those"
    r"|them|us|who|cases|attacks|times?|operations|personas|pacientes|adultos|mujeres|hombres|niños|casos|quienes)"
)
_TIMES = (
    "(?:second|minute|hour|day|week|month|year|visit|session|dose|step|mg|mcg|ml"
    "|segundo|minuto|hora|día|semana|mes|año)"
)
_SHARES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{NUMBER}(?:\s?(?:%|per\s?cent)?\s?(?:-|–|to|or|a)\s?{NUMBER})?\s?(?:%|per\s?cent\b|por\s?ciento\b)",
        r"\b\w+\s(?:por\s?ciento|de\scada\s\w+)\b",
        rf"(?P<some>{NUMBER})\s(?:in|out\sof)\s(?:every\s)?(?P<all>{NUMBER})(?!\s{_TIMES})",
        # "One of two ways" is no share.
        rf"(?P<some>{NUMBER})\sof\s(?:every\s|the\s)?(?P<all>{NUMBER})(?=(?:\s\S+)?\s{_PEOPLE}\b)",
        # "Half an hour" is none either, nor is "a third medicine".
        r"(?:\b(?:half|(?:an?|one|two|three|four)[-\s](?:third|quarter|fifth|tenth)s?|la\smitad"
        r"|(?:un|dos)\stercios?|(?:un|tres)\scuartos?|tres\scuartas\spartes)"
        rf"\b(?=\s(?:of|the|all|de)(?:\s\S+){{0,4}}?\s{_PEOPLE}\b|\s(?:get|feel|improve|recover|respond)))",
        r"(?<=\bby\s)(?:half|(?:a|one|two)[-\s](?:third|quarter)s?)\b|\bhalv(?:es?|ed|ing)\b",
    )
]


def value_of(number: str) -> float:
    """Return what a number says, in digits or in words."""
    if _THOUSANDS.fullmatch(number):
        return float(number.replace(",", ""))
    if number[0].isdigit():
        # "0,5" is Spanish; of what is no number ("1.2.3") its beginning counts.
        return float(".".join(re.split(r"[.,]", number)[:2]))
    if number.lower() == "hundred":
        return 100
    return sum(NUMBER_WORDS[word] for word in re.split(r"[-\s]", number.lower()))


def shares(text: str) -> Iterator[tuple[int, int]]:
    """Yield the [start, end) of each share: "70 to 80%", "nine in ten", "two thirds of patients", "by half"."""
    for pattern in _SHARES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if not parts or value_of(parts["some"]) < value_of(parts["all"]):
                yield match.span()
