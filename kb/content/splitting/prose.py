"""Prose that no heading names: paragraphs and sentences, each with the question that its words answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.content.documents import Block
from kb.content.sentences import sentence_spans
from kb.content.splitting import headings, statements
from kb.content.splitting.asking import Asking
from kb.content.splitting.passages import DANGLING, LEAD_IN, Asked, Passage, Piece, Unit
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.wellformed import is_well_formed

# Openings that catch the eye: they speak to the reader and say nothing of the matter.
HOOK = re.compile(
    r"(?i)(?:maybe|perhaps|imagine|picture (?:this|yourself)|have you ever|most of us|we(?:.ve)? all"
    r"|let.s face it|you(?:.re| are)"
    r"|ever |remember when|it.s (?:monday|that time|no secret)|we live in|if you.re like|does this sound"
    r"|sound familiar|are you"
    r"|do you |what if |chances are|admit it|we.ve been told|it happens to|once upon|i )"
)
FEWEST_WORDS = 4  # An answer shorter than this is a label.
# Of one paragraph; a longer one is a dump of text, and its time must not grow with every rule.
MOST_SENTENCES = 300
MOST_FURNITURE_INSIDE = 40  # words that an answer may carry along where its two halves belong together


class Prose(Asking):
    """The passages of an article's prose."""

    def _of_prose(
        self, blocks: Sequence[Block], above: "Asked | None", *, whole: bool = False
    ) -> Iterator[Passage]:
        """Yield the passages of paragraphs that no heading names."""
        if not blocks:
            return
        if not self.english:
            for block in blocks:
                self._drop(
                    block.start,
                    block.end,
                    "no question of the publisher's, and none is made in this language",
                )
            return
        pieces: list[Piece] = []
        for unit in self._units(blocks):
            pieces += self._sentence_pieces(unit)
        yield from self._prose_passages(self._grouped(pieces), above)

    def _units(self, blocks: Sequence[Block]) -> list[Unit]:
        """Return paragraphs with their lists and tables, and with the paragraphs that lean on them."""
        units: list[Unit] = []
        for index, block in enumerate(blocks):
            text = self.document.text_of(block)
            before = blocks[index - 1] if index else None
            belongs = before is not None and (
                block.kind in {"list_item", "table_row"}
                or (block.kind == "paragraph" and block.level > 0)
                or before.kind == "term"
                or LEAD_IN.search(self.document.text_of(before)) is not None
                or (block.kind == "paragraph" and DANGLING.match(text) is not None)
            )
            apart = units and len(self.text[units[-1].end : block.start].split()) > MOST_FURNITURE_INSIDE
            if belongs and units and not apart:
                units[-1] = Unit(units[-1].start, block.end)
            else:
                units.append(Unit(block.start, block.end))
        return units

    def _sentence_pieces(self, unit: Unit) -> list[Piece]:
        """Return a unit cut where its sentences turn from one question to another that must stand alone."""
        text = self.text[unit.start : unit.end]
        first_line = text.split("\n", 1)[0]
        pieces: list[Piece] = []
        for first, last in sentence_spans(first_line)[:MOST_SENTENCES]:
            rule = self._rule(first_line[first:last])
            start = unit.start + first
            if not pieces:
                pieces.append(Piece(start, unit.end, rule))
                continue
            current = pieces[-1].rule
            if rule is None:
                continue
            if current is None and not self._stands(first_line, unit.start, pieces[-1].start):
                pieces[-1] = replace(pieces[-1], rule=rule)
            elif current is None or (current[2] < 2 and rule[2] > current[2] and current[1] == rule[1]):
                if (
                    rule[2] >= 2
                    and len(self.text[pieces[-1].start : start].split()) >= 12
                    and current is None
                ):
                    pieces[-1] = replace(pieces[-1], end=self._trim(pieces[-1].start, start))
                    pieces.append(Piece(start, unit.end, rule))
                else:
                    pieces[-1] = replace(pieces[-1], rule=rule)
            elif rule[2] >= 2 and current[2] >= 2 and rule[1] != current[1]:
                pieces[-1] = replace(pieces[-1], end=self._trim(pieces[-1].start, start))
                pieces.append(Piece(start, unit.end, rule))
        return pieces or [Piece(unit.start, unit.end)]

    def _stands(self, line: str, line_start: int, start: int) -> bool:
        """Return whether the sentence at `start` answers a question by its own words."""
        first, last = sentence_spans(line[start - line_start :])[0]
        sentence = line[start - line_start :][first:last]
        turned = None if DANGLING.match(sentence) else statements.turned_question(sentence)
        return turned is not None and is_well_formed(turned)

    def _grouped(self, pieces: list[Piece]) -> list[Piece]:
        """Return pieces with neighbours that answer the same joined."""
        grouped: list[Piece] = []
        for piece in pieces:
            same = grouped and piece.rule and grouped[-1].rule and piece.rule[0] == grouped[-1].rule[0]
            if same and piece.rule and piece.rule[1] == self.title_qtype and piece.rule[2] < 2:
                same = False  # All of the article is about this.
            close = grouped and not self.text[grouped[-1].end : piece.start].strip()
            if same and close:
                grouped[-1] = replace(grouped[-1], end=piece.end)
            else:
                grouped.append(piece)
        return grouped

    def _prose_passages(self, pieces: Sequence[Piece], above: "Asked | None") -> Iterator[Passage]:
        previous: Passage | None = None
        for piece in pieces:
            words = self.text[piece.start : piece.end]
            if len(words.split()) < FEWEST_WORDS:
                self._drop(piece.start, piece.end, "too short to answer anything")
                continue
            asked = self._prose_question(piece, words, above if previous is None else None)
            if asked is not None and piece.rule is None and previous is None and self._is_hook(words):
                self._drop(piece.start, piece.end, "opening that answers nothing")
                continue
            if asked is None and previous is not None and not self.text[previous.end : piece.start].strip():
                previous = replace(previous, end=piece.end)
                continue
            if previous is not None:
                yield previous
            if asked is None:
                asked = self._last_resort(above, words)
            if asked is None:
                self._drop(piece.start, piece.end, "answers no question that we can tell")
                previous = None
                continue
            previous = self._passage(asked.question, asked.qtype, piece.start, piece.end, list(asked.flags))
        if previous is not None:
            yield previous

    @staticmethod
    def _is_hook(words: str) -> bool:
        """Return whether a paragraph only calls its reader's attention."""
        return HOOK.match(words) is not None and len(words.split()) <= 60

    def _prose_question(self, piece: Piece, words: str, above: "Asked | None") -> "Asked | None":
        first_piece = True
        if piece.rule is not None and self.title_qtype == piece.rule[1] and piece.rule[2] < 2:
            # All of the article is about this; what sets the passage apart is in its own words.
            spans = sentence_spans(words.split("\n", 1)[0])[:1]
            turned = (
                statements.turned_question(words[slice(*spans[0])])
                if spans and not DANGLING.match(words)
                else None
            )
            if turned and is_well_formed(turned) and len(turned.split()) <= 14:
                return Asked(turned, piece.rule[1], "prose", "")
        if piece.rule is not None and is_well_formed(piece.rule[0]):
            return Asked(piece.rule[0], piece.rule[1], "prose", "")
        if above is not None and above.how == "title" and above.qtype != "definition" and first_piece:
            return above
        for first, last in sentence_spans(words.split("\n", 1)[0])[:2]:
            sentence = words[first:last]
            if headings.is_question(sentence) and is_well_formed(sentence) and len(sentence) < len(words):
                return Asked(sentence, qtype_of(sentence, words, self.names), "prose", "")
            if DANGLING.match(sentence):
                continue
            order = headings.imperative_question(statements.plain(sentence))
            if order and is_well_formed(order):
                return Asked(order, qtype_of(order, words, self.names), "prose", "")
            turned = statements.turned_question(sentence)
            if turned and is_well_formed(turned):
                return Asked(turned, qtype_of(turned, words, self.names), "prose", "")
            condition = headings.condition_question(statements.plain(sentence))
            if condition and is_well_formed(condition):
                return Asked(condition, qtype_of(condition, words, self.names), "prose", "")
        return None

    def _last_resort(self, above: "Asked | None", words: str) -> "Asked | None":
        """Return a question that fits any words about the subject, flagged for the editor."""
        if above is not None and is_well_formed(above.question):
            return replace(above, flags=("question-of-section",))
        if not self.about.phrase:
            return None
        question = f"What is important about {self.about.phrase}?"
        return (
            Asked(question, qtype_of("", words, self.names), "generic", "", ("generic-question",))
            if is_well_formed(question)
            else None
        )
