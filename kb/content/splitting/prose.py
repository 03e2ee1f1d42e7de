"""Prose that no heading names: paragraphs and sentences, each with the question that its words answer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.content.documents import Block
from kb.content.sentences import sentence_spans
from kb.content.splitting import grammar, headings, orders, qtypes, rules, statements, turning, unasking
from kb.content.splitting.article import MOST_FURNITURE_INSIDE, OF_HEALTH
from kb.content.splitting.desk import PHONE, with_desk_apart
from kb.content.splitting.focus import STOP_WORDS, as_subject
from kb.content.splitting.foreign import Foreign
from kb.content.splitting.passages import DANGLING, Asked, Passage, Piece, Unit, announces_more
from kb.content.splitting.phrases import main_phrase
from kb.content.splitting.qtypes import kind_shown
from kb.content.splitting.wellformed import is_well_formed

# Openings that catch the eye: they speak to the reader and say nothing of the matter.
HOOK = re.compile(
    r"(?i)(?:maybe|perhaps|imagine|picture (?:this|yourself)|have you ever|most of us|we(?:.ve)? all"
    r"|let.s face it|you(?:.re| are) (?:not alone|tired|lying|sitting|standing|walking|driving|wondering|probably)\b"
    r"|ever |remember when|it.s (?:monday|that time|no secret)|we live in|if you.re like|does this sound"
    r"|sound familiar|are you"
    r"|do you |what if |chances are|admit it|we.ve been told|it happens to|once upon|i )"
)
FEWEST_WORDS = 4  # An answer shorter than this is a label.
# Of one paragraph; a longer one is a dump of text, and its time must not grow with every rule.
MOST_SENTENCES = 300
ASKING_LABEL = re.compile(r"(?P<label>Who|What|When|Where|Why|How)(?: ?[—–]+ ?|: ?| - )(?=[A-Z])")
ADDRESS = re.compile(
    r"\b\d{1,5} (?:[A-Z][\w.]+ ){1,4}(?:St|Street|Ave|Avenue|Dr|Drive|Rd|Road|Blvd|Boulevard|Lane|Ln|Way|Suite|Ste)\b"
)
MOST_WORDS_OF_AN_ADDRESS = 25
# "Mon 9:00 AM – 5:00 PM"
HOURS = re.compile(
    r"(?i)\b\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)? ?(?:[–—-]|to|until) ?\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b|(?<=:\d\d))"
)
VISITING = re.compile(r"(?i)\b(?:visiting (?:hours|times|area)|visitors)\b")
FEWEST_HOURS, MOST_WORDS_OF_HOURS = 2, 60
MOST_WORDS_OF_A_STATEMENT = 12  # turned round; a heading's may be longer, as its writer chose its words
MOST_WORDS_OF_A_THING, MOST_WORDS_OF_A_SUBJECT = 8, 4
FEWEST_WORDS_OF_ITS_OWN, FEWEST_WORDS_OF_A_SENTENCE_OF_ITS_OWN = 20, 35
FEWEST_WORDS_OF_A_KIND = 12  # fewer belong to what stands before them


def asked_of_kind(template: str, subject: str) -> str:
    """Return the question of a kind about a subject; see kinds.toml."""
    question = (
        template.replace("{is F}", grammar.is_or_are(subject))
        .replace("{does F}", grammar.do_or_does(subject))
        .replace("{F}", subject)
    )
    return grammar.upper_first(question)


class Prose(Foreign):
    """The passages of an article's prose."""

    def _of_prose(
        self, blocks: Sequence[Block], above: "Asked | None", *, whole: bool = False
    ) -> Iterator[Passage]:
        """Yield the passages of paragraphs that no heading names."""
        if not blocks:
            return
        for block in self._foreign_blocks(blocks):
            yield from self._of_foreign_block(block)
        blocks = [block for block in blocks if block.start not in self._foreign_starts]
        pieces: list[Piece] = []
        for unit in self._units(blocks):
            pieces += self._sentence_pieces(unit)
        yield from self._prose_passages(
            with_desk_apart(self._grouped(pieces), self.text, self.about.owner), above
        )

    def _units(self, blocks: Sequence[Block]) -> list[Unit]:
        """Return paragraphs with their lists and tables, and with the paragraphs that lean on them."""
        units: list[Unit] = []
        for index, block in enumerate(blocks):
            text = self.document.text_of(block)
            before = blocks[index - 1] if index else None
            belongs = (
                before is not None
                and not ASKING_LABEL.match(text)
                and (
                    block.kind in {"list_item", "table_row"}
                    or (block.kind == "paragraph" and block.level > 0)
                    or before.kind == "term"
                    or announces_more(self.document.text_of(before))
                    or (block.kind == "paragraph" and DANGLING.match(text) is not None)
                )
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
        return DANGLING.match(sentence) is None and bool(self._turned(sentence))

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
            if asked is None and previous is not None and self._is_its_own(words, previous):
                asked = self._asked_by_phrase(words)
            opens = previous is None and (above is None or above.how == "title")
            if asked is not None and piece.rule is None and opens and self._is_hook(words):
                self._drop(piece.start, piece.end, "opening that answers nothing")
                continue
            if asked is None and previous is not None and not self.text[previous.end : piece.start].strip():
                previous = replace(previous, end=piece.end)
                continue
            if previous is not None:
                yield previous
            if asked is None:
                asked = self._asked_by_phrase(words) or self._last_resort(above, words)
            if asked is None:
                self._drop(piece.start, piece.end, "answers no question that we can tell")
                previous = None
                continue
            previous = self._passage(asked.question, asked.qtype, piece.start, piece.end, list(asked.flags))
        if previous is not None:
            yield previous

    @staticmethod
    def _is_its_own(words: str, previous: Passage) -> bool:
        """Return whether a paragraph that no rule knows is rather an answer of its own than a part of the one before.

        Where every sentence is a paragraph, as in news, one of them is a part.
        """
        count = len(words.split())
        long_enough = count >= FEWEST_WORDS_OF_ITS_OWN and (
            count >= FEWEST_WORDS_OF_A_SENTENCE_OF_ITS_OWN or len(sentence_spans(words)) > 1
        )
        return long_enough and DANGLING.match(words) is None and previous.end > previous.start

    def _asked_by_phrase(self, words: str) -> "Asked | None":
        """Return a question about what a paragraph speaks of most, flagged for the editor."""
        if ADDRESS.search(words) and len(words.split()) <= MOST_WORDS_OF_AN_ADDRESS:
            return Asked(f"How can I contact {self.about.owner}?", "contact", "prose", "")
        phrase = rules.in_running_text(
            main_phrase(words, (*self.names, *self._persons))
        ) or self._first_subject(words)
        about_thing = f"What about {as_subject(phrase, self.text).phrase}?" if phrase else ""
        of_subject = self._asked_of_subject(words)
        question = of_subject or about_thing
        if not question or not is_well_formed(question):
            return None
        kind = self._kind(question, words) if of_subject else self._kind_for_sure(words)
        return Asked(question, kind, "generic", "", ("generic-question",))

    def _asked_of_subject(self, words: str) -> str:
        """Return what a paragraph asks that begins by saying something of the article's subject; else ""."""
        about = self.about.phrase
        name = about and self.about.name.removesuffix("s")
        begins = re.match(
            rf"(?:(?i:the )(?P<own>[A-Z][\w’'-]+ )|(?i:an? |the ))?(?i:{re.escape(name)}s?),?"
            r" (?:is|are|can|has|have|was|were)\b"
            r"|(?i:it)(?:[’']s| is) (?:an?|the) (?!good|bad|great|way|time|matter|pity|shame|mistake|fact)",
            words,
        )
        # "The Acme Family Plan"
        about = f"the {begins['own']}{self.about.name}" if begins and begins["own"] else about
        question = f"What {grammar.is_or_are(about)} {about}?" if about and begins else ""
        return question if is_well_formed(question) else ""

    def _first_subject(self, words: str) -> str:
        """Return what a paragraph's first sentence speaks of, where that is a thing; else ""."""
        spans = sentence_spans(words.split("\n", 1)[0])[:1]
        parts = statements.finite_parts(statements.plain(words[slice(*spans[0])])) if spans else None
        if parts is None:
            return ""
        subject = grammar.lower_first(parts[0])
        held = set(subject.lower().split())
        unfit = statements.SUBJECT_PRONOUNS | statements.UNDEFINED | statements.SUBORDINATORS
        if (
            held & unfit
            or not held
            or len(held) > MOST_WORDS_OF_A_SUBJECT
            or turning.NARRATOR.search(subject)
        ):
            return ""
        return grammar.as_asked(subject)

    @staticmethod
    def _is_hook(words: str) -> bool:
        """Return whether a paragraph only calls its reader's attention."""
        return HOOK.match(words) is not None and len(words.split()) <= 60

    def _prose_question(self, piece: Piece, words: str, above: "Asked | None") -> "Asked | None":
        asking = ASKING_LABEL.match(words)
        if asking and not self.is_of_condition and self.about.phrase:
            question = asked_of_kind(
                rules.table("kinds")["labels"][asking["label"].lower()], self.about.phrase
            )
            if is_well_formed(question):
                return Asked(question, self._kind(question, words), "prose", "")
        if piece.rule is not None and self.title_qtype == piece.rule[1] and piece.rule[2] < 2:
            # All of the article is about this; what sets the passage apart is in its own words.
            spans = sentence_spans(words.split("\n", 1)[0])[:1]
            turned = self._turned(words[slice(*spans[0])]) if spans and not DANGLING.match(words) else ""
            if turned:
                return Asked(turned, piece.rule[1], "prose", "")
        if piece.rule is not None and is_well_formed(piece.rule[0]):
            return Asked(piece.rule[0], piece.rule[1], "prose", "")
        if above is not None and above.how == "title" and above.qtype != "definition":
            return above
        label = statements.LABEL.match(words)
        if label:
            return self._asked_by_label(label["label"], words) or self._asked_by_kind(words)
        if len(HOURS.findall(words)) >= FEWEST_HOURS and len(words.split()) <= MOST_WORDS_OF_HOURS:
            kind = "visiting" if VISITING.search(self.text) else "opening"
            return Asked(f"What are the {kind} hours?", "contact", "prose", "")
        if PHONE.search(words) and len(words.split()) <= MOST_WORDS_OF_AN_ADDRESS:
            return Asked(f"How can I contact {self.about.owner}?", "contact", "prose", "")
        heads = self._asked_by_first_line(words)
        if heads is not None:
            return heads
        lead = [words[first:last] for first, last in sentence_spans(words.split("\n", 1)[0])[:2]]
        lead = [sentence for sentence in lead if not DANGLING.match(sentence)]
        # What a writer asks or orders is sure; what words belong to tells more than a statement turned round.
        return (
            self._asked_outright(lead[:1], words)
            or self._asked_by_kind(words)
            or self._asked_by_statement(lead[:1], words)
            or self._asked_outright(lead[1:], words)
            or self._asked_by_statement(lead[1:], words)
        )

    def _asked_by_first_line(self, words: str) -> "Asked | None":
        """Return what a paragraph's short first line asks that nobody marked as the heading that it is."""
        line, _, rest = words.partition("\n")
        if not rest or len(line.split()) > MOST_WORDS_OF_A_THING or re.search(r"[.!?:;,]\s*$", line):
            return None
        found = headings.proposals(line, self.about, self.names, self.proper)
        if not found or found[0].how not in {"form", "topic"}:
            return None
        return Asked(found[0].question, found[0].qtype or self._kind(found[0].question, words), "prose", "")

    def _asked_outright(self, sentences: Sequence[str], words: str) -> "Asked | None":
        """Return what a paragraph's first sentence asks, orders or makes a condition of."""
        for sentence in sentences:
            asks = headings.is_question(sentence) and not turning.NARRATOR.search(sentence)
            if asks and is_well_formed(sentence) and len(sentence) < len(words):
                return Asked(sentence, self._kind(sentence, words), "prose", "")
            bare = statements.JOINING.sub("", statements.plain(sentence))
            for question in (unasking.imperative_question(bare), unasking.condition_question(bare)):
                asked_so = question and is_well_formed(question) and turning.is_asked_by_people(question)
                if question and asked_so and not self._person.search(question):
                    return Asked(question, self._kind(question, words), "prose", "")
        return None

    def _asked_by_statement(self, sentences: Sequence[str], words: str) -> "Asked | None":
        """Return what a paragraph's first sentence states, turned round, where that is short enough to be asked."""
        for sentence in sentences:
            question = self._turned(sentence)
            if question:
                return Asked(question, self._kind(question, words), "prose", "")
        return None

    def _turned(self, sentence: str) -> str:
        question = turning.turned_question(statements.spoken(sentence)) or ""
        about = self.about.phrase
        if about and re.match(rf"(?i)(?:is|are) {re.escape(about)} (?:an?|the|one of)\b", question):
            # Who asks does not know yet what it is.
            question = f"What {grammar.is_or_are(about)} {about}?"
        told = self._person.search(question) is not None
        fits = (
            not sentence[:1].islower()
            and len(question.split()) <= MOST_WORDS_OF_A_STATEMENT
            and is_well_formed(question)
        )
        return question if fits and not told else ""

    def _asked_by_label(self, label: str, words: str) -> "Asked | None":
        """Return what a label asks that stands in front of a paragraph's first sentence, as a heading would."""
        found = headings.proposals(label, self.about, self.names, self.proper)
        if found:
            return Asked(
                found[0].question, found[0].qtype or self._kind(found[0].question, words), "prose", ""
            )
        thing = grammar.lower_first(headings.cleaned(label, self.proper))
        if (
            "," in thing
            or thing.split(" ", 1)[0].lower() in STOP_WORDS - {"the", "your", "my", "our", "a", "an"}
            or statements.finite_parts(thing)
            or orders.is_order(re.sub(r"(?i)^please ", "", label))
            or re.search(r"\b(?:i|you|we|it|that|let[’']s)\b", thing)
            or rules.pattern(rules.table("focus")["no_thing"]).search(thing)
        ):
            return None  # "Now, you might be thinking: …"
        question = f"What about {thing}?"
        if len(thing.split()) > MOST_WORDS_OF_A_THING or not is_well_formed(question):
            return None
        return Asked(question, self._kind_for_sure(words), "prose", "")

    def _asked_by_kind(self, words: str) -> "Asked | None":
        """Return what a paragraph asks whose words clearly belong to one kind."""
        if len(words.split()) < FEWEST_WORDS_OF_A_KIND or not self.about.phrase:
            return None
        kind, weight = kind_shown(qtypes.without(self.names, words))
        if kind in OF_HEALTH and not self.is_of_health:
            return None
        needed = rules.table("qtypes")["enough" if self.is_of_condition else "sure"]
        for rule in rules.table("kinds")["kind"]:
            # Nobody asks for the benefits of gout, nor what the symptoms of braces are.
            question = asked_of_kind(rule["question"], self.about.phrase)
            fits = (
                rule["qtype"] == kind
                and rule["condition"] == self.is_of_condition
                and rules.pattern(rule.get("needs", "")).search(words) is not None
            )
            if fits and weight >= needed and is_well_formed(question):
                return Asked(question, kind, "prose", "")
        return None

    def _last_resort(self, above: "Asked | None", words: str) -> "Asked | None":
        """Return a question that fits any words about the subject, flagged for the editor."""
        if above is not None and is_well_formed(above.question):
            return replace(above, flags=("question-of-section",))
        if not self.about.phrase:
            return None
        question = f"What is important about {self.about.phrase}?"
        return (
            Asked(question, self._kind("", words), "generic", "", ("generic-question",))
            if is_well_formed(question)
            else None
        )
