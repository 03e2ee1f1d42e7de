"""What a passage speaks of most: the noun phrase that it is asked about where nothing else tells its question."""

import re
from collections.abc import Iterator, Sequence

from kb.content.sentences import sentence_spans
from kb.content.splitting import grammar, rules
from kb.content.splitting.focus import LONGEST_ABBREVIATION, STOP_WORDS, TOKEN

# "This field": which, only the words before tell; "like a train" names no train.
POINTING = frozenset("this that these those such his her its their like".split())
QUANTITIES = frozenset("many most several few some other such more much all any".split())
TITLES = frozenset("Dr Mr Mrs Ms Prof St".split())
PASSAGE_READ = 1500  # characters
SHORTEST_PHRASE, LONGEST_PHRASE = 4, 3  # letters, words
FIRST_SENTENCE_WEIGHT = 3.0


def main_phrase(passage: str, names: Sequence[str]) -> str:
    """Return the noun phrase that a passage speaks of most, beside what the article is about; "" when none stands out.

    What its first sentence names counts thrice. Of all signs tried (rarity in the rest of the article, length, the
    sentence's subject, nearness in meaning) only this and how often it is named told better than chance.
    """
    known = {word for name in names for word in TOKEN.findall(name.lower())}
    unfit = known | rules.words("focus", "generic") | STOP_WORDS
    low = passage[:PASSAGE_READ].lower()
    first = low.split("\n", 1)[0][slice(*sentence_spans(low.split("\n", 1)[0])[0])] if low.strip() else ""
    best, best_score = "", 0.0
    determiners: dict[str, str] = {}
    for phrase, determiner in _noun_phrases(passage[:PASSAGE_READ]):
        words = set(phrase.lower().split())
        if any(phrase.lower().startswith(f"{name.lower()} ") for name in names):
            continue  # "Gout dates back": the second word is a verb as often as not
        if words <= unfit or len(phrase) < SHORTEST_PHRASE or not _may_be_asked_about(phrase):
            continue
        determiners[phrase] = determiners.get(phrase) or determiner
        score = low.count(phrase.lower()) ** 0.5 * (FIRST_SENTENCE_WEIGHT if phrase.lower() in first else 1.0)
        if score > best_score:
            best, best_score = phrase, score
    best = _with_its_kind(best, passage)
    # One of its kind stands with its article, as the passage has it.
    article = "" if not best or grammar.is_plural(best) else determiners.get(best.split(" of ")[0], "")
    return f"{article} {best}".strip()


def _with_its_kind(phrase: str, passage: str) -> str:
    """Return a word with what it is always said of in a passage: "peace of mind" for "peace"."""
    if not phrase or " " in phrase:
        return phrase
    uses = re.findall(rf"\b{re.escape(phrase)}\b(?: of ([a-z]{{3,}})\b)?", passage)
    said_of = set(uses)
    of = said_of.pop() if len(said_of) == 1 else ""
    return f"{phrase} of {of}" if of and of not in STOP_WORDS and _is_noun(of) else phrase


def _is_noun(word: str) -> bool:
    return grammar.tags(word)[0][1].startswith("NN")


def _may_be_asked_about(phrase: str) -> bool:
    """Return whether a noun phrase names a thing by itself: no name of two words, no shouting, no verb or month."""
    words = phrase.split()
    return not (
        (len(words) > 1 and phrase.istitle())
        or any(word.isupper() and len(word) > LONGEST_ABBREVIATION for word in words)
        or (len(words) > 1 and any(word.isupper() for word in words))
        or any(grammar.is_only_verb(word.lower()) or word in TITLES for word in words)
        or (len(words) > 1 and grammar.is_plural(words[-2]) and grammar.is_verb(words[-1]))  # "Mothers fear"
        or rules.pattern(rules.table("focus")["no_thing"]).search(phrase.lower()) is not None
    )


def _noun_phrases(passage: str) -> Iterator[tuple[str, str]]:
    """Yield runs of adjectives and nouns that end in a noun, of up to three words, with the article before them."""
    run: list[tuple[str, str]] = []
    before = ""
    for word, tag in (*grammar.tags(passage), (".", ".")):
        if tag.startswith(("NN", "JJ")) and word.replace("-", "").isalpha():
            run.append((word, tag))
            continue
        while run and not run[-1][1].startswith("NN"):
            run.pop()
        if run and before not in POINTING:
            cut = run[-LONGEST_PHRASE:]
            while len(cut) > 1 and cut[0][0].lower() in QUANTITIES:
                cut = cut[1:]
            article = {"the": "the", "your": "my", "my": "my"}.get(before, "")
            if before in {"a", "an"}:
                article = grammar.with_article(cut[0][0]).split(" ", 1)[0]
            yield " ".join(word for word, _ in cut), article
        run, before = [], word.lower()
