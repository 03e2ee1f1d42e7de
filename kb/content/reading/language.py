"""Which language a text is in, by its commonest words, for articles that do not say."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+")
# The words that a language cannot do without, those that two of these share left out.
COMMON_WORDS = {
    "en": "the of and to is that it for with are this you be from have or can your not what".split(),
    "es": "el los las del para por con una su es está usted pero como más sus al cuando qué".split(),
    "fr": "le les des est et pour dans une vous qui sur pas avec ce sont être votre aux plus".split(),
    "de": "der die das und ist nicht mit sie ein eine zu den von für auf werden oder auch bei".split(),
    "pt": "o os da do em uma não são você com mais seu pelo ao como também dos das ou".split(),
    "it": "il di che è per non sono gli della con una più nel anche alla dei le può".split(),
}
LANGUAGES_OF_WORD = {
    word: [language for language, words in COMMON_WORDS.items() if word in words]
    for words in COMMON_WORDS.values()
    for word in words
}
ENOUGH_CHARACTERS = 20_000
# Fewer common words than this say nothing: a list of names is in no language.
FEWEST_WORDS = 8


def language_of(text: str) -> str:
    """Return the language that a text's common words are of, "" when they do not tell."""
    counts: Counter[str] = Counter()
    for word in WORD.findall(text[:ENOUGH_CHARACTERS].lower()):
        counts.update(LANGUAGES_OF_WORD.get(word, ()))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < FEWEST_WORDS:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > 1.3 * ranked[1][1] else ""
