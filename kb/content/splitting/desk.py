"""Keep the clinic's own telephone apart from a line for a crisis: who calls the one must not get the other."""

import re
from collections.abc import Sequence

from kb.content.sentences import sentence_spans
from kb.content.splitting.passages import Piece

PHONE = re.compile(r"\b\d{3}[-.) ]+\d{3}[-. ]\d{4}\b|@\w[\w.-]*\.\w+")
DESK = re.compile(
    r"(?i)\b(?:front desk|reception(?:ist)?s?|(?:our|the) (?:office|clinic|practice|surgery|team|staff)|appointments?"
    r"|(?:office|opening|clinic) hours|weekdays|mondays?|contact us|call us|book)\b"
)
OF_CRISIS = re.compile(
    r"(?i)\b(?:988|911|999|112|cris[ie]s|suicid\w*|emergency|(?:life|hot|help)line|samaritans|poison|harm\w*"
    r"|24[- ]hours?|24/7|day or night)\b"
)
MOST_SENTENCES = 300  # as many as are read of any paragraph


def with_desk_apart(pieces: Sequence[Piece], text: str, owner: str, asked: str = "") -> list[Piece]:
    """Return pieces with the sentences that tell how the clinic is reached cut off from those for a crisis.

    `asked` is the kind of question of pieces without a rule.
    """
    contact = (f"How can I contact {owner}?", "contact", 2)
    found: list[Piece] = []
    after_crisis = False
    for piece in pieces:
        is_crisis = (piece.rule[1] if piece.rule else asked) == "crisis"
        if is_crisis or (after_crisis and piece.rule is None):
            found += _parted(piece, text, contact)
            after_crisis = is_crisis and found[-1].rule != contact
        else:
            found.append(piece)
            after_crisis = False
    return found


def _parted(piece: Piece, text: str, contact: tuple[str, str, int]) -> list[Piece]:
    """Return a piece cut where its sentences turn to the clinic's telephone, and where they turn back."""
    found: list[Piece] = []
    start, rule = piece.start, piece.rule
    for first, last in sentence_spans(text[piece.start : piece.end])[:MOST_SENTENCES]:
        at = piece.start + first
        sentence = text[at : piece.start + last]
        turns = rule != contact and _is_desk_line(sentence)
        if not turns and not (rule == contact and OF_CRISIS.search(sentence)):
            continue
        if at > start:
            found.append(Piece(start, start + len(text[start:at].rstrip()), rule))
        start, rule = at, contact if turns else piece.rule
    return [*found, Piece(start, piece.end, rule)]


def _is_desk_line(sentence: str) -> bool:
    return all(pattern.search(sentence) for pattern in (PHONE, DESK)) and OF_CRISIS.search(sentence) is None
