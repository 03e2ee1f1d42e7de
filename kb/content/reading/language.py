"""Which language a text is in, by its commonest words, for articles that do not say."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
# The words that a language cannot do without; neighbours share some, and differ in the rest.
COMMON_WORDS = {
    "en": "the of and to is that it for with are this you be from have or can your not what in as on by".split(),
    "es": "el la los las del de que en y un una por para con se su lo es al como más o si cuando puede esta".split(),
    "fr": "le la les des du de et est pour dans une un en que qui vous sur pas avec ce sont ou se il plus".split(),
    "de": "der die das und ist nicht mit sie ein eine zu den von für auf werden oder auch bei im".split(),
    "pt": "o a os as do da de em no na que e um uma para por com se não é mais ou você ao como dos".split(),
    "it": "il la le gli di del della e è un una che per con non si in da come più o sono nel anche".split(),
}
LANGUAGES_OF_WORD = {
    word: [language for language, words in COMMON_WORDS.items() if word in words]
    for words in COMMON_WORDS.values()
    for word in words
}
ENOUGH_CHARACTERS = 20_000
# Fewer common words than this say nothing: a list of names is in no language.
FEWEST_WORDS = 6


def language_of(text: str) -> str:
    """Return the language that a text's common words are of, "" when they do not tell."""
    counts: Counter[str] = Counter()
    for word in WORD.findall(text[:ENOUGH_CHARACTERS].lower()):
        counts.update(LANGUAGES_OF_WORD.get(word, ()))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < FEWEST_WORDS:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > 1.15 * ranked[1][1] else ""
