"""What the splitter must know of English: parts of speech, numbers, forms of verbs, who speaks to whom."""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from importlib.util import module_from_spec, spec_from_file_location

from kb.content.textblob_files import textblob_file

WORD = re.compile(r"[^\W_]+(?:[-'’&/.][^\W_]+)*")
BE = frozenset({"is", "are", "was", "were"})
MODALS = frozenset("can could may might must shall should will would cannot can't can’t won't won’t".split())
AUXILIARIES = BE | MODALS | frozenset("has have had do does did".split())
PLURAL_WORDS = frozenset(
    "people women men children lice mice feet teeth criteria bacteria data media police".split()
)
SINGULAR_IN_S = frozenset(
    """diabetes shingles measles mumps rabies herpes hives rickets news series species always physics
    mathematics economics electronics athletics gymnastics politics ethics scabies""".split()
)
# The writer's "you" is the asker's "I".
PERSON = {
    "you're": "I'm",
    "you’re": "I’m",
    "you've": "I've",
    "you’ve": "I’ve",
    "you'll": "I'll",
    "you’ll": "I’ll",
    "you'd": "I'd",
    "you’d": "I’d",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
}
OBJECT_BEFORE = frozenset(
    """for to with by from of at on about help helps helped helping make makes making give gives giving let
    lets tell tells leave leaves leaving cause causes keep keeps keeping get gets getting affect affects
    bring put allow allows between without around like against into over cost costs save saves protect
    protects ask asks take takes bring brings drive drives see sees treat treats teach teaches remind
    reminds show shows want wants need needs suit suits if-you""".split()
)
# What goes on after "you" where it is whom something is done to: "Your eyes thank you if …".
AFTER_OBJECT = frozenset(
    """if when because and or to in on at for with from by through during after before until while more less into
    than""".split()
)
# What stands before "you" where it does something, whatever follows.
BEFORE_SUBJECT = frozenset(
    "if when that what who how why where while because and or than as but so before after".split()
)
# Words that begin a noun phrase and no name.
PLAIN_FIRST_WORDS = frozenset(
    """a an the some all many most few several both each every any no our your my their this that these those
    if when other more older younger new about""".split()
)
VOWEL_SOUND = re.compile(
    r"(?i)(?:[aeio]|u(?!ni|se|sa|s\b|k\b|ti|ro)|h(?:our|onest|eir)|(?-i:[FHLMNRSX][A-Z]+\b)|x-?ray|8|11\b|18\b)"
)


@cache
def _tagger() -> Callable[[list[str]], list[list[str]]]:
    """Return what pairs each word of a sentence with its part of speech: textblob's tagger, by itself."""
    spec = spec_from_file_location("textblob_text", textblob_file("_text.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = map(str.strip, textblob_file("en/en-lexicon.txt").read_text(encoding="utf-8").splitlines())
    lexicon = dict(line.split(" ")[:2] for line in lines if line and not line.startswith(";;;"))
    return partial(module.find_tags, lexicon=lexicon)


@lru_cache(maxsize=4096)
def tags(text: str) -> tuple[tuple[str, str], ...]:
    """Return each word of a text with its part of speech (Penn Treebank); marks stand as words of their own."""
    words = re.findall(r"[^\W_]+(?:[-'’&/.][^\W_]+)*|[^\w\s]", text)
    return tuple((word, tag) for word, tag in _tagger()(words)) if words else ()


@lru_cache(maxsize=4096)
def lemma(word: str, kind: str = "VERB") -> str:
    """Return the base form of a word, itself when unknown. `kind` is VERB, NOUN or ADJ."""
    from lemminflect import getLemma  # noqa: PLC0415 - loaded only where a question is made

    found = getLemma(word, upos=kind)
    base = str(found[0]) if found else word
    if kind == "VERB" and base == word and re.search(r"[^su]s$", word):
        return word[:-1]  # "numbs", which the list lacks
    return base


@lru_cache(maxsize=4096)
def inflected(word: str, tag: str) -> str:
    """Return a form of a base word: "VBG" (choosing), "VBN", "NNS" and so on; itself when unknown."""
    from lemminflect import getInflection  # noqa: PLC0415 - loaded only where a question is made

    found = getInflection(word, tag=tag)
    return str(found[0]) if found else word


@lru_cache(maxsize=4096)
def is_only_verb(word: str) -> bool:
    """Return whether a word is the base form of a verb and nothing else: "prevent", but not "sleep"."""
    from lemminflect import getAllLemmas  # noqa: PLC0415 - loaded only where a question is made

    kinds = getAllLemmas(word)
    return set(kinds) == {"VERB"} and word in kinds["VERB"]


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Return whether a base form can be a verb at all."""
    from lemminflect import getAllLemmas  # noqa: PLC0415 - loaded only where a question is made

    return word.lower() in getAllLemmas(word.lower()).get("VERB", ())


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """Return whether a word can be a noun as it stands: "warning", but not "driving"."""
    from lemminflect import getAllLemmas  # noqa: PLC0415 - loaded only where a question is made

    return word.lower() in getAllLemmas(word.lower()).get("NOUN", ())


@lru_cache(maxsize=4096)
def is_known(word: str) -> bool:
    """Return whether the word list has a word at all, in whatever form."""
    from lemminflect import getAllLemmas  # noqa: PLC0415 - loaded only where a question is made

    return bool(getAllLemmas(word.lower()))


def finite_like(text: str) -> bool:
    """Return whether a phrase that begins with a verb in -ing goes on with a finite verb: it is a sentence then."""
    return any(tag in {"VBZ", "MD"} for _, tag in tags(text)[1:])


def is_plural(phrase: str) -> bool:
    """Return whether a noun phrase takes "are": its head, before any "of" or "for", or two joined by "and"."""
    if re.search(r",.*,? and \S+", phrase) and not re.match(r"(?i)(?:a|an)\s", phrase):
        return True  # "overweight, obesity, and inactivity"
    head = re.split(
        r"\s+(?:of|for|in|on|with|without|to|from|at|by|during|after|before|about|among|between|that|who|which|when"
        r"|as|per|under|like|through|against)\s+|[,(]",
        phrase.strip(),
        maxsplit=1,
    )[0].strip()
    if re.search(r"\b(?:and|&)\b", head) and not re.match(r"(?i)(?:a|an|the same)\s", head):
        return True
    words = WORD.findall(head)
    if not words:
        return False
    last = words[-1]
    if re.match(
        r"(?i)(?:both|many|several|few|most|some|two|three|four|five|these|those)\b", head
    ) and last.endswith("s"):
        return True
    if last.isupper() and len(last) > 1:
        return False
    last = re.split(r"[-/]", last)[-1].lower()
    return last in PLURAL_WORDS or (last not in SINGULAR_IN_S and re.search(r"[^sui'’]s$", last) is not None)


def is_or_are(phrase: str) -> str:
    return "are" if is_plural(phrase) else "is"


def do_or_does(phrase: str) -> str:
    """Return "do" or "does" as a subject asks for it."""
    first = phrase.strip().split(" ", 1)[0].lower()
    if phrase.strip().lower() in {"i", "you", "we", "they"} or first in {"i", "you", "we", "they"}:
        return "do"
    return "do" if is_plural(phrase) else "does"


def with_article(noun: str) -> str:
    """Return a noun with the "a" or "an" that its sound asks for."""
    return f"an {noun}" if VOWEL_SOUND.match(noun) else f"a {noun}"


def as_asked(text: str, before: str = "") -> str:
    """Return what a writer tells a reader as the reader would say it: "your skin" is "my skin".

    `before` is the word that the text follows: after "help", "you" is "me".
    """
    words = re.split(r"(\s+)", text)
    asked: list[str] = []
    previous = before.lower()
    for position, word in enumerate(words):
        bare = word.strip(' \t\n.,;:!?()"“”')
        low = bare.lower()
        if low == "you":
            last = position == len(words) - 1
            following = "" if last else words[position + 2].strip(' .,;:!?()"“”').lower()
            done_to = (
                following in AFTER_OBJECT
                and previous not in AUXILIARIES | BEFORE_SUBJECT
                and is_verb(lemma(previous))
            )
            new = (
                "me"
                if previous in OBJECT_BEFORE
                or done_to
                or (last and previous not in {"if", "when", "than", "as", "do", "can", "should", "are"})
                else "I"
            )
        elif low == "are" and previous == "you":
            new = "am"
        elif low == "were" and previous == "you":
            new = "was"
        else:
            new = PERSON.get(low, bare)
        asked.append(word.replace(bare, new, 1) if bare and new != bare else word)
        if bare:
            previous = low
    return "".join(asked)


def lower_first(text: str) -> str:
    """Return text whose first word is in lower case, unless it is a name in capitals or a letter ("D", "I")."""
    first = text.split(" ", 1)[0]
    letters = re.sub(r"[^A-Za-z]", "", first)
    second = text.split(" ")[1] if " " in text else ""
    if second[:1].isupper() and second[1:].islower() and first.lower() not in PLAIN_FIRST_WORDS:
        return text  # The first word of a name
    lettered = len(first) == 1 and first != "A"
    if not letters or lettered or first.startswith(("I'", "I’")) or letters[1:] != letters[1:].lower():
        return text
    return text[0].lower() + text[1:]


def upper_first(text: str) -> str:
    for position, character in enumerate(text):
        if character.isalpha():
            return text[:position] + character.upper() + text[position + 1 :]
        if character.isdigit():
            return text
    return text
