"""What a splitter passes on: passages with their questions, and the pieces they are made from."""

import re
from dataclasses import dataclass, field

from kb.content.documents import Block
from kb.content.sections import Section

# What leans on the sentence before: an answer does not open with it without a flag.
DANGLING = re.compile(
    r"(?i)(?:learn (?:more )?about|learn more|read (?:more|our)|see (?:also|our)|visit (?:our|the)|for"
    r" more information"
    r"|to learn more|find out more|click|this|these|those|that|they|them|its|their"
    r"|it(?!(?:[’']s| is| was| can be| may be) (?:also |very |often )?(?:important|best|normal|natural"
    r"|possible|common|estimated"
    r"|essential|hard|easy|helpful|safe|not known|worth|a good|recommended|unclear)|[’']?s? (?:takes|can"
    r" take|may help|helps to))|he|she|such|however|but|and|so|or|also|in addition|moreover"
    r"|furthermore|for example|for instance|instead|therefore|thus|as a result|because of this|on the other hand"
    r"|in contrast|similarly|likewise|meanwhile|another|others?|both|either|then|next|finally|once there|still|yet"
    r"|nevertheless|even so|in that case|otherwise|similarly|at the same time|the (?:former|latter|other"
    r"|same|next|second)"
    # "In small doses, it can help."
    r"|(?:in|with|at|for|by|from|on|over|after|before|as) [^,.;:]{2,60}, (?:it|they|he|she|this|these))\b"
)
LEAD_IN = re.compile(
    r"[:：]\s*$|\b(?:includes?|including|such as|following|are|is|to|may be|can be|you(?: can| may| have)?)$",
    re.IGNORECASE,
)
LONGEST_LEAD_IN = 40  # characters of its last words


def announces_more(words: str) -> bool:
    """Return whether words end as a sentence does that announces a list."""
    return LEAD_IN.search(words, max(0, len(words) - LONGEST_LEAD_IN)) is not None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article with the question that it answers."""

    question: str
    qtype: str
    start: int
    end: int
    flags: tuple[str, ...] = ()
    about: str = ""
    lang: str = ""  # where it is not the article's


@dataclass(frozen=True, slots=True)
class Drop:
    """A stretch of the article that no entry holds, and why."""

    start: int
    end: int
    reason: str


@dataclass
class Node:
    """A section with the sections under it."""

    section: Section
    blocks: list[Block]
    children: list["Node"] = field(default_factory=list)
    heading: str = ""
    level: int = 0

    @property
    def last(self) -> "Node":
        return self.children[-1].last if self.children else self


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph with the list or table that it announces, [start, end) in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit or a part of one; `rule` is what its words ask by the sentence rules: question, qtype, weight."""

    start: int
    end: int
    rule: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a heading or a passage asks, and how that was found."""

    question: str
    qtype: str
    how: str
    heading: str
    flags: tuple[str, ...] = ()
