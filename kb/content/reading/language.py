"""Which language a text is in, by its letters and commonest words, for articles and passages that do not say."""

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
# What a script is mostly used for; a language that shares it is told by letters of its own.
SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "ru": "\u0400-\u052f",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "zh": "\u3040-\u30ff\u3400-\u9fff",
}
OWN_LETTERS = {
    "ru": (("uk", "іїєґ"),),
    "ar": (("ur", "ٹڈڑے"), ("fa", "پچژگ")),
    "zh": (("ja", "\u3040-\u30ff"),),
}
SHARE_OF_A_SCRIPT = 0.5  # of the letters; names of medicines stand in Latin ones everywhere
ENOUGH_CHARACTERS = 20_000
# Fewer common words than this say nothing: a list of names is in no language.
FEWEST_WORDS = 6
# Of a passage inside an English article: different common words, their share of all, and how many more than English ones.
FEWEST_WORDS_OF_A_PASSAGE, SHARE_OF_A_PASSAGE, TIMES_ENGLISH = 3, 0.15, 3
SPANISH_MARKS = re.compile("[¿¡]")


def language_of(text: str) -> str:
    """Return the language that a text's letters or common words are of, "" when they do not tell."""
    by_script = _language_of_script(text)
    if by_script:
        return by_script
    counts: Counter[str] = Counter()
    for word in WORD.findall(text[:ENOUGH_CHARACTERS].lower()):
        counts.update(LANGUAGES_OF_WORD.get(word, ()))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < FEWEST_WORDS:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > 1.15 * ranked[1][1] else ""


def foreign_language_of(passage: str) -> str:
    """Return the language of a passage of an English article where that is another one, and clearly so; else ""."""
    by_script = _language_of_script(passage)
    if by_script:
        return by_script
    words = WORD.findall(passage[:ENOUGH_CHARACTERS].lower())
    marked = SPANISH_MARKS.search(passage) is not None
    common = LANGUAGES_OF_WORD.keys() & words
    english = sum("en" in LANGUAGES_OF_WORD[word] for word in common)
    needed = max(FEWEST_WORDS_OF_A_PASSAGE, TIMES_ENGLISH * english)
    if len(common) < needed and not marked:
        return ""  # Most passages are English, and need no more.
    counts = Counter(language for word in common for language in LANGUAGES_OF_WORD[word] if language != "en")
    counts["es"] += FEWEST_WORDS_OF_A_PASSAGE * marked
    language, count = counts.most_common(1)[0]
    share = sum(language in LANGUAGES_OF_WORD.get(word, ()) for word in words) / max(len(words), 1)
    clear = count >= needed
    return language if clear and (share >= SHARE_OF_A_PASSAGE or (marked and language == "es")) else ""


def _language_of_script(text: str) -> str:
    if text.isascii():
        return ""
    letters = "".join(filter(str.isalpha, text[:ENOUGH_CHARACTERS]))
    for language, range_ in SCRIPTS.items():
        if len(re.findall(f"[{range_}]", letters)) > SHARE_OF_A_SCRIPT * len(letters):
            own = (name for name, some in OWN_LETTERS.get(language, ()) if re.search(f"[{some}]", letters))
            return next(own, language)
    return ""
