"""What an article is about: the term that its questions name."""

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache

from kb.content.documents import Document
from kb.content.splitting import grammar, rules, statements
from kb.content.splitting.owner import owner_of
from kb.content.splitting.rules import Subject

# A word, also one in the genitive of a plural ("freshers' flu"), or a mark.
TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*(?:(?<=s)['’](?= [^\W_]))?|[^\w\s]")
# What may stand in no term, at its ends at least.
STOP_WORDS = frozenset(
    """a an the and or but nor so yet if then than as at by for from in into of off on onto out over to under
    up with within without about above after against along among around before behind below between
    beyond during except near since through throughout toward until upon via i me my mine you your yours we
    us our they them their he him his she her it its who whom whose which what when where why how this
    that these those there here be is are was were been being am do does did doing done have has had
    having can could may might must shall should will would not no yes all any both each every few more
    most much many some such only own same very too also just even still again once ever never always
    often sometimes usually however because while although though unless like get gets getting got make
    makes made making take takes taking took go goes going know see say says said one two three four
    five don't can't i'm you're it's isn't doesn't won't aren't per etc don’t can’t i’m you’re it’s
    isn’t doesn’t won’t aren’t let's feel try keep use used using help helps find give given include
    includes including talk ask tell call view learn read check visit click want need needs want wants
    become becomes seem seems""".split()
)
LONGEST_TERM = 4  # words
# What an article whose title names nothing says first: "Tinnitus is the sense of …".
DEFINED = re.compile(
    r"(?m)^(?:An? |The )?(?P<x>[A-Za-z][\w’'-]+(?: [\w’'-]+){0,3}?)(?:,? \([^)]*\)|, [^,.]{3,60},)?"
    r" (?:is|are) (?:an?|the|not an?) "
)
DEFINED_WEIGHT = 3.0
FEWEST_USES_OF_DEFINED = 3
LONGEST_ABBREVIATION = 6  # letters
# A term in the title or in headings is meant; one that is only frequent may be a word that the subject needs.
TITLE_WEIGHT, HEADING_WEIGHT = 4.0, 0.5
# A longer term that makes up this share of a shorter one's uses is what the shorter one is short for.
SHARE_OF_SHORTER = 0.22
TAKEN_UP = 5  # times as often, at most, does a word stand that the title does not give
SHARE_IN_TITLE = 0.25  # of one that the title gives
SHARE_OF_LONG = 0.6  # where the shorter one was itself found as the longer of another
# Nouns that are counted need an article: "a panic attack". Told from how often the text gives them one.
ARTICLE_SHARE = 0.35
# "Health care copay" is about no "care copay".
END_OF_ANOTHER = "care "
# "Copay rates" are what a copay has.
WHAT_A_THING_HAS = (" rate", " rates", " cost", " costs", " price", " prices", " fee", " fees")
# "Weeks post surgery" is when, not what.
TIMES = frozenset("day days week weeks month months year years hour hours minute minutes post".split())
# Names of many things, of which an article means its own, and of what everybody has one of.
OF_MANY = frozenset("procedure operation test exam appointment brain heart liver stomach spine".split())
LETTERED = re.compile(r" (?:[a-z]|\d+)")
# What is mostly the reader's ("your mental health") is asked about as "my".
SHARE_OWNED = 0.5
# What a page is, in place of what it is about, and after it.
KIND_OF_PAGE = re.compile(
    r"(?i)(?:(?:patient|health|general|product|consumer) )?(?:information|leaflet|fact ?sheet|hand-?out|faqs?|blog"
    r"|frequently asked questions|news|guide|home|article|welcome|menu|search|subscribe"
    r"|(?:sign|log) ?(?:in|up)|sign|questions (?:and|&) answers)"
    r"(?: (?:leaflet|sheet|for patients|page|post))?"
)
KIND_AFTER_SUBJECT = re.compile(
    r"(?i)\s*[:(–-]?\s*\b(?:faqs?|frequently asked questions|q ?& ?a|questions (?:and|&) answers|fact ?sheet"
    r"|(?:patient )?information leaflet)\)?$"
)
# Titles that tell a story: what they name in passing is not what the article is about.
CLAUSE_AS_TITLE = re.compile(
    r"(?i)(?:when|if|because|after|before|until) (?:\S+ ){3,}|(?:\d+|the|some|[a-z]+teen) (?:\S+ )*(?:reasons?|signs"
    r"|things|ways|habits|mistakes) (?:why )?(?:you|your|it|we)\b"
)
LONGEST_READ = 60_000  # characters; what a long article is about shows in its first pages
# A name that the title does not give is seldom what an article is about.
NAME_WEIGHT = 0.3
# "At Riverside Dental, we believe …": the writer, not the matter.
SPEAKS = re.compile(
    r"\b(?:At|Here at) ((?:[A-Z0-9][\w&'’.-]*)(?: [A-Z0-9][\w&'’.-]*){0,4}),+ (?:we|our|you)\b"
)


def subject_of(document: Document) -> Subject:
    """Return what the whole document is about; its name is "" when nothing tells."""
    # What stands around an article names whose site it is.
    text = "\n".join(document.text_of(block) for block in document.blocks if not block.place)[:LONGEST_READ]
    stated = document.metadata.focus
    english = document.metadata.lang.startswith("en")
    # The terms of other languages are not told by English words around them.
    name = " ".join(stated.split()) if stated else _found(document, text) if english else ""
    return replace(as_subject(name, text), owner=owner_of(document))


def as_subject(name: str, text: str) -> Subject:
    """Return a term with the article that the text gives it."""
    if not name:
        return Subject("", "")
    if grammar.is_plural(name) or re.match(r"(?i)(?:a|an|the|my|your)\s", name):
        return Subject(name, name)
    whole, text = text, _lines_with(name, text)
    uses = len(re.findall(rf"(?i)\b{re.escape(name)}\b", text))
    plural = grammar.inflected(name.rsplit(maxsplit=1)[-1], "NNS")
    if plural != name.rsplit(maxsplit=1)[-1]:
        several = " ".join([*name.split()[:-1], plural])
        # What the text counts, one and several, is asked about in the plural.
        counted = re.search(rf"(?i)\b(?:an?|one|each|every|another)(?: [\w-]+)? {re.escape(name)}\b", text)
        many = len(re.findall(rf"(?i)\b{re.escape(several)}\b", _lines_with(several, whole)))
        if (counted and many) or many >= max(2, uses):
            return Subject(name, several)
    owned = len(re.findall(rf"(?i)\b(?:your|my) {re.escape(name)}\b", text))
    if uses and owned / uses > SHARE_OWNED:
        return Subject(name, f"my {name}")
    with_article = len(re.findall(rf"(?i)\b(?:an?|another|each|every) {re.escape(name)}\b", text))
    with_the = len(re.findall(rf"(?i)\b(?:the|your|my) {re.escape(name)}\b", text))
    if uses and with_article / uses >= ARTICLE_SHARE:
        return Subject(name, grammar.with_article(name))
    if name.lower() in OF_MANY or (uses and (with_article + with_the) / uses > 0.6):
        return Subject(name, f"the {name}")
    return Subject(name, name)


def _lines_with(words: str, text: str) -> str:
    """Return the lines of a text that hold these words in any case; those of a long one are soon found."""
    words, low = words.lower(), _lowered(text)
    lines = []
    start = low.find(words)
    while start >= 0:
        end = low.find("\n", start)
        end = len(low) if end < 0 else end
        lines.append(low[low.rfind("\n", 0, start) + 1 : end])
        start = low.find(words, end)
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _lowered(text: str) -> str:
    return text.lower()


def _found(document: Document, text: str) -> str:
    headings = [
        document.text_of(block) for block in document.blocks if block.kind == "heading" and not block.place
    ]
    title = _title_of(document, headings)
    for speaker in {match[1] for match in SPEAKS.finditer(text)}:
        text, title = text.replace(speaker, " "), "" if title == speaker else title
    counts = _counts(text)
    stated = {term: _uses(term, text) for term in _subjects_of_title(title)}
    if stated and max(stated.values()):
        return _as_written(max(stated, key=lambda term: (stated[term], len(term))), text)
    in_title = _terms_of_title(title)
    # A name or a bare word as a title, which the text hardly takes up, is that of a site.
    most = max(counts.values(), default=0)
    if any(counts[term] * TAKEN_UP < most and _names_a_site(term, text) for term in in_title):
        in_title, title = frozenset(), ""
    best = _weightiest(counts, _counts("\n".join(headings)), in_title, title, text)
    longest = _longest(best, counts, in_title, title)
    while (longer := _longest(longest, counts, in_title, title, SHARE_OF_LONG)) != longest:
        longest = longer
    return _as_written(longest, text)


def _title_of(document: Document, headings: list[str]) -> str:
    """Return the title without its site, and without what kind of page it is."""
    # What follows a dash is the site, its section, or both.
    title = re.split(r"\s+[|–—-]\s+", document.metadata.title, maxsplit=1)[0].strip(" .:?!")
    if KIND_OF_PAGE.fullmatch(title):
        title = next((heading for heading in headings if not KIND_OF_PAGE.fullmatch(heading.strip())), "")
    return KIND_AFTER_SUBJECT.sub("", title)


def _uses(term: str, text: str) -> int:
    """Return how often a term stands in a text, its plural too."""
    return len(re.findall(rf"(?i)\b{re.escape(term)}(?:s|es)?\b", text))


def _names_a_site(title: str, text: str) -> bool:
    return set(title.split()) <= rules.words("focus", "generic") or _is_name(title.partition(" ")[0], text)


def _is_headline(title: str) -> bool:
    """Return whether a title says what happened; what it happened to may be named only below it."""
    return (
        len(title.split()) > 9
        or (len(title.split()) > 3 and statements.finite_parts(title.lower()) is not None)
        or CLAUSE_AS_TITLE.match(title) is not None
        or re.search(r"[a-z][.!?] [A-Z]", title) is not None
    )


def _weightiest(
    counts: Counter[str], heading_counts: Counter[str], in_title: frozenset[str], title: str, text: str
) -> str:
    """Return the term of most weight: often named, in the title, in headings, or defined; "" when there is none."""
    generic = rules.words("focus", "generic")
    title_words = set(TOKEN.findall(title.lower()))
    headline = _is_headline(title)
    defined = {match["x"].lower() for match in DEFINED.finditer(text)} if headline else set()
    best, best_score = "", 0.0
    for term, count in counts.items():
        words = term.split()
        titled = term in in_title or f" {term} " in f" {title.lower()} "
        all_generic = all(word in generic for word in words)
        if term not in in_title and (
            all_generic
            or (count < 2 and not titled)
            or (len(words) == 1 and _tag(term) in {"VB", "VBP", "VBZ"})  # "view": an order in a title
            or term.startswith(END_OF_ANOTHER)
            or words[0] in TIMES
        ):
            continue
        score = count * len(words) ** (1.0 if headline else 0.5) * (1 + HEADING_WEIGHT * heading_counts[term])
        if term in defined and count >= FEWEST_USES_OF_DEFINED:
            score *= DEFINED_WEIGHT
        if term in in_title:
            score *= TITLE_WEIGHT * 1.5
        elif titled:
            score *= 1 if headline or all_generic else TITLE_WEIGHT
        elif title_words and not headline and not title_words & set(words):
            score *= 0.5
        if not titled and score > best_score and _is_name(term, text):
            score *= NAME_WEIGHT
        if score > best_score:
            best, best_score = term, score
    return best


def _is_name(term: str, text: str) -> bool:
    """Return whether a text writes a term with capitals only: a source, a person or a place, whom no title names."""
    first, last = term.partition(" ")[0], term.rpartition(" ")[2]
    written = re.findall(rf"(?i)(?<=[a-z,;] )({re.escape(first)})\b(?=.{{0,40}}\b{re.escape(last)}\b)", text)
    return bool(written) and all(word[0].isupper() and not word.isupper() for word in written)


def _longest(
    term: str,
    counts: Counter[str],
    in_title: frozenset[str],
    title: str,
    share: float = SHARE_OF_SHORTER,
) -> str:
    """Return the longer term that this one is mostly part of, or the term itself."""
    if not term:
        return ""
    spaced_title = f" {_in_singular(' '.join(TOKEN.findall(title.lower())))} "
    longer = []
    for other, count in counts.items():
        if other == term or (count < 2 and other not in in_title) or f" {term} " not in f" {other} ":
            continue
        ends_alike = other.split()[-1] == term.rsplit(maxsplit=1)[-1]
        if other.startswith(END_OF_ANOTHER) or other.split()[0] in TIMES or other.endswith(WHAT_A_THING_HAS):
            continue
        if " of " in other and not term.startswith(other.split(" of ")[0]):
            continue  # "types of X" is about X
        both = count + counts.get(f"{other}s", 0)
        in_words_of_title = f" {_in_singular(other)} " in spaced_title
        titled = other in in_title or (in_words_of_title and both >= max(3, SHARE_IN_TITLE * counts[term]))
        if LETTERED.fullmatch(other[len(term) :]) and other.startswith(term) and count > counts[term] / 2:
            return other  # "vitamin" is short for "vitamin D" there
        has = len(other.split()) == len(term.split()) + 1 and _is_condition_of(term, other)
        if titled or (count >= (2 if has else 3) and (ends_alike or has) and count >= share * counts[term]):
            longer.append((other in in_title, titled, count, len(other.split()), other))
    return max(longer)[-1] if longer else term


def _is_condition_of(term: str, longer: str) -> bool:
    """Return whether a longer term names what people have of a shorter one: "iron deficiency", of "iron"."""
    named = rules.pattern(rules.table("kinds")["condition_names"])
    return longer.startswith(f"{term} ") and named.search(longer) is not None and named.search(term) is None


def _in_singular(words: str) -> str:
    return re.sub(r"(?<=[^sui'’ ])s\b", "", words)


def _subjects_of_title(title: str) -> list[str]:
    """Return what the forms of titles say outright, in lower case, but for words that no article is about."""
    generic = rules.words("focus", "generic")
    found = []
    for part in (title, title.split(":", 1)[0]):
        for text in rules.table("focus")["patterns"]:
            match = rules.pattern(text).match(part.strip())
            words = TOKEN.findall(match["x"].lower()) if match else []
            if (
                words
                and not set(words) & (STOP_WORDS - {"of"})
                and not set(words) <= generic
                and len(words) <= LONGEST_TERM
                and not (words[-1].endswith("ed") and _tag(words[-1]) in {"VBN", "VBD"})  # "Getting tested"
            ):
                found.append(" ".join(words))
    return found


def _terms_of_title(title: str) -> frozenset[str]:
    """Return what the forms of titles say that the article is about, in lower case."""
    found = set()
    for part in {title, title.split(":", 1)[0], re.sub(r"\s*\([^)]*\)", "", title).strip()}:
        matches = [rules.pattern(text).match(part.strip()) for text in rules.table("focus")["patterns"]]
        subjects = [match["x"] for match in matches if match and match["x"]]
        found |= {" ".join(TOKEN.findall(subject.lower())) for subject in subjects or [part]}
    return frozenset(term for term in found if not STOP_WORDS & (set(term.split()) - {"of"}))


def _counts(text: str) -> Counter[str]:
    """Return how often each term of up to four words stands in a text, in lower case."""
    counts: Counter[str] = Counter()
    for line in text.split("\n"):
        run: list[str] = []
        for token in TOKEN.findall(line.lower()):
            if (token[0].isalpha() or token[0].isdigit()) and not token.isdigit():
                run.append(token)
            else:
                _count_run(run, counts)
                run = []
        _count_run(run, counts)
    return counts


def _count_run(run: list[str], counts: Counter[str]) -> None:
    for start, first in enumerate(run):
        sided = first == "one" and start + 2 < len(run) and run[start + 1].endswith("ed")  # "one sided love"
        if (first in STOP_WORDS and not sided) or len(first) < 2:
            continue
        for end in range(start + 1, min(start + LONGEST_TERM, len(run)) + 1):
            if run[end - 1] == "of" and end - start > 1:
                continue
            if sided and end == start + 1:
                continue
            if run[end - 1] in STOP_WORDS:
                break
            if _is_noun_like(run[start:end]):
                counts[" ".join(run[start:end])] += 1


def _is_noun_like(words: list[str]) -> bool:
    if words[-1].endswith("ly") or words[-1] in {"including", "called"}:
        return False
    last_tag, first_tag = _tag(words[-1]), _tag(words[0])
    return not last_tag.startswith(("JJ", "RB", "VBD", "VBN")) and (
        len(words) == 1 or not (first_tag.startswith("RB") or grammar.is_only_verb(words[0]))
    )


@lru_cache(maxsize=20_000)
def _tag(word: str) -> str:
    """Return a word's commonest part of speech; a word with figures in it is a name."""
    if not word.replace("-", "").isalpha():
        return "NN"
    tagged = grammar.tags(word)
    return tagged[0][1] if tagged else "NN"


def _as_written(term: str, text: str) -> str:
    """Return the term as the text mostly writes it within sentences."""
    if not term:
        return ""
    spaced = r"\s+".join(re.escape(word) for word in term.split())
    written = Counter(
        match.group(1) for match in re.finditer(rf"(?i)(?<=[a-z,;] )({spaced})\b", text)
    ) or Counter(match.group(1) for match in re.finditer(rf"(?i)\b({spaced})\b", text))
    name = written.most_common(1)[0][0] if written else term
    if re.search(rf"(?<![A-Z])\b{re.escape(name.lower())}\b", text):
        return name.lower()  # A name is never written without its capitals.
    if name.isupper() and any(len(word) > LONGEST_ABBREVIATION for word in name.split()):
        name = name.lower()  # A title in capitals
    # What only titles and beginnings of sentences write with a capital is no name.
    body = "\n".join(line for line in text.split("\n") if line.endswith((".", "!", ":")) or len(line) > 120)
    words = [
        word.lower()
        if word.capitalize() == word and not re.search(rf"(?<=[a-z,;] ){re.escape(word)}\b", body)
        else word
        for word in name.split()
    ]
    if words[0] != name.split()[0]:
        words = [word.lower() if word.istitle() else word for word in words]  # written as titles are
    if not re.search(rf"(?<=[a-z,;] ){re.escape(name)}\b", text):
        words[0] = grammar.lower_first(words[0])
    return " ".join(words)
