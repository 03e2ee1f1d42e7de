"""Cut text into sentences, without breaking abbreviations, initials or numbers; tell titles from sentences.

What a line forbids ("Do not:", "Things to avoid") is never cut from it: alone, an item would say the opposite.
"""

import re

# What ends no sentence though a full stop follows it.
ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st vs etc e.g i.e approx no fig u.s u.k u.s.a a.m p.m inc ltd jr sr dept ave".split()
)
# A mark, closing quotes or brackets, then white space, which some scripts do without; or a line break, which always
# ends one.
BREAK = re.compile(r"(?<=[.!?…؟।])[\"'”’)\]]*\s+|(?<=[。！？])[”’」』）)]*\s*|\n+")
# Scripts that part no words: two characters are about a word.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
CHARACTERS_OF_A_WORD = 2
QUESTION_MARKS = ("?", "？", "؟", "\u037e")
CLOSING = "\"'”’)]」』）"
# What titles write without a capital.
SMALL_WORDS = frozenset(
    """a an the and but or nor for of in on at to by with from as if is vs via per into than over about after
    up""".split()
)
TITLE_CASE = 0.6  # of the words of a line
LAST_WORD = re.compile(r"(\S+?)\.[\"'”’)\]]*\Z")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of every sentence, in order, without the white space around them."""
    spans = []
    start = 0
    for match in BREAK.finditer(text):
        closing = match.end() - len(match.group().lstrip(CLOSING))
        if "\n" not in match.group() and not _ends_sentence(text[start:closing], text[match.end() :][:1]):
            continue
        spans.append((start, closing))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in (_trimmed(text, *span) for span in spans) if span[0] < span[1]]


def word_count(text: str) -> int:
    """Return how many words a text has, about so many where its script parts none."""
    return len(text.split()) + len(UNSPACED.findall(text)) // CHARACTERS_OF_A_WORD


def asks(line: str) -> bool:
    """Return whether a line asks: it ends with a question mark, or opens with one that is never closed."""
    return line.rstrip(' *_"”»').endswith(QUESTION_MARKS) or ("¿" in line and "?" not in line)


# What forbids all that stands under it: by itself, or with a colon.
BARE_FORBIDDING = re.compile(
    r"(?i)(?:(?:please|you (?:should|must)|and|but) )?"
    r"(?:do not|don[’']?ts?|never|not|avoid|cannot|stay away from|steer clear of)"
    r"(?: (?:ever|use|do|take|have|eat|drink|the following|these))?"
    r"|(?:what|when|who|how|where) not to(?: \w+){1,4}|what (?:you should |to )?(?:avoid|not do)"
    r"|(?:[\w’'-]+ ){1,3}(?:to|you should|you must) (?:avoid|stay away from|never \w+|not \w+)"
)
FORBIDDING = re.compile(
    r"(?i)\b(?:not|never|avoid|avoided|don[’']?ts?|cannot|can[’']t|shouldn[’']t|mustn[’']t|stay away|steer clear"
    r"|nunca|jamás|evite[n]?|evitar|no (?:haga|tome|use|coma|beba|mezcle|conduzca|maneje|debe))\b"
)


def forbids(line: str) -> bool:
    """Return whether a line announces what not to do: "Do not:", "Never", "Things to avoid"."""
    line = line.strip(" *_")
    if line.endswith((":", "：")) and FORBIDDING.search(line):
        return True
    return BARE_FORBIDDING.fullmatch(line.strip(" :：–—-")) is not None


def telling_spans(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) of the sentences of an answer, a line that forbids together with what it forbids."""
    spans: list[tuple[int, int]] = []
    forbidden = False
    for start, end in sentence_spans(text):
        begins_a_line = start == 0 or text[start - 1] == "\n"
        is_line = begins_a_line and (end == len(text) or text[end] == "\n")
        forbids_more = is_line and forbids(text[start:end])
        if forbidden and not forbids_more and not (is_line and text[start:end].endswith((":", "："))):
            spans[-1] = (spans[-1][0], end)
            continue
        forbidden = forbids_more and end < len(text)
        spans.append((start, end))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _ends_sentence(sentence: str, following: str) -> bool:
    if following.islower():
        return False
    last = LAST_WORD.search(sentence[-40:])
    if last is None:
        return True
    word = last[1].lower().lstrip("(\"'“‘[")
    # A single letter is an initial: "H. pylori"; but "I" and a figure may end a sentence.
    return word not in ABBREVIATIONS and not (len(word) == 1 and word.isalpha() and word != "i")


def is_in_title_case(text: str) -> bool:
    """Return whether most words of a line that could be small are written with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text)[1:] if word.lower() not in SMALL_WORDS]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > TITLE_CASE * len(words)
