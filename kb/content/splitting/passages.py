"""Cut an article into passages, each with the question that it answers."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.content.documents import Block, Document
from kb.content.reading.metadata import SITE_NAME
from kb.content.sections import BOLD_LEVEL, Section, split_sections
from kb.content.sentences import sentence_spans
from kb.content.splitting import grammar, headings, rules, statements
from kb.content.splitting.focus import STOP_WORDS, as_subject, subject_of
from kb.content.splitting.furniture import find_furniture
from kb.content.splitting.headings import Casing, Proposal
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.rules import Subject
from kb.content.splitting.wellformed import is_well_formed
import itertools

# What leans on the sentence before: an answer does not open with it without a flag.
DANGLING = re.compile(
    r"(?i)(?:learn (?:more )?about|learn more|read (?:more|our)|see (?:also|our)|visit (?:our|the)|for more information"
    r"|to learn more|find out more|click|this|these|those|that|they|them|its|their"
    r"|it(?!(?:[’']s| is| was| can be| may be) (?:also |very |often )?(?:important|best|normal|natural|possible|common|estimated"
    r"|essential|hard|easy|helpful|safe|not known|worth|a good|recommended|unclear)|[’']?s? (?:takes|can take|may help|helps to))|he|she|such|however|but|and|so|or|also|in addition|moreover"
    r"|furthermore|for example|for instance|instead|therefore|thus|as a result|because of this|on the other hand"
    r"|in contrast|similarly|likewise|meanwhile|another|others?|both|either|then|next|finally|once there|still|yet"
    r"|nevertheless|even so|in that case|otherwise|similarly|at the same time|the (?:former|latter|other|same|next|second))\b"
)
POINTER = re.compile(
    r"(?i)\b(?:as (?:mentioned|described|noted|listed|discussed) (?:above|earlier|below)|(?:see|listed|shown) (?:above|below)|the above|above-mentioned)\b"
)
ANSWER_MARK = re.compile(r"(?:(?:A|Answer)\s*[:.)]\s+)?")
LEAD_IN = re.compile(
    r"[:：]\s*$|\b(?:includes?|including|such as|following|are|is|to|may be|can be|you(?: can| may| have)?)$",
    re.IGNORECASE,
)
# Headings that mean nothing away from the heading above them.
LEANING = re.compile(
    r"(?i)(?:do|don[’']?ts?|dos|yes|no|note|notes|example|examples|exceptions?|other|others|both|before|during|after|now"
    r"|day \d+|week \d+|(?:19|20)\d\d .*|(?:if|when|unless|once) .+|for (?:example|instance|adults|children|teens|women|men|parents)"
    r"|option \d+|stage \d+|phase \d+|part \d+|step \d+|morning|evening|afternoon|night)"
)
# Openings that catch the eye: they speak to the reader and say nothing of the matter.
HOOK = re.compile(
    r"(?i)(?:maybe|perhaps|imagine|picture (?:this|yourself)|have you ever|most of us|we(?:.ve)? all|let.s face it|you(?:.re| are)"
    r"|ever |remember when|it.s (?:monday|that time|no secret)|we live in|if you.re like|does this sound|sound familiar|are you"
    r"|do you |what if |chances are|admit it|we.ve been told|it happens to|once upon|i )"
)
CONDITION = re.compile(r"(?i)(?:if|when|unless|once)\b")
COMMON_THINGS = re.compile(
    r"(?i)(?:common|typical|popular|frequent|famous|some|good|the best|key|main|useful|great|healthy|other)\b"
)
FEWEST_WORDS_BEFORE_A_TURN = 40
SECTIONS_ALWAYS_CARVED = frozenset({"crisis"})
FEWEST_WORDS = 4  # An answer shorter than this is a label.
SHARE_OF_FURNITURE_INSIDE = 0.15
# Of one paragraph; a longer one is a dump of text, and its time must not grow with every rule.
MOST_SENTENCES = 300
MOST_FURNITURE_INSIDE = 40  # words that an answer may carry along where its two halves belong together
LONGEST_CONDITIONAL = 900  # words of a section that takes its "If you …" subsections in
PROPER = re.compile(r"(?<=[a-z,;] )([A-Z][a-zé’'-]+)\b")
ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,9})\)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the article with the question that it answers."""

    question: str
    qtype: str
    start: int
    end: int
    flags: tuple[str, ...] = ()
    about: str = ""


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


class Splitter:
    """Splits one document; holds what is true for all of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.lang = document.metadata.lang
        self.english = self.lang.startswith("en")
        self.furniture = find_furniture(document)
        self.about = subject_of(document)
        self.names = self._names()
        self.proper = self._proper_names()
        title = (
            headings.topic_of(headings.cleaned(SITE_NAME.sub("", document.metadata.title), self.proper))
            if self.english
            else None
        )
        self.title_qtype = title[0]["qtype"] if title else ""
        self.dropped: list[Drop] = [
            Drop(document.blocks[index].start, document.blocks[index].end, reason)
            for index, reason in sorted(self.furniture.items())
        ]
        self._furniture_starts = [document.blocks[index].start for index in sorted(self.furniture)]
        self._dropped_blocks = {id(document.blocks[index]) for index in self.furniture}

    def _proper_names(self) -> frozenset[str]:
        """Return the words that the article's sentences write with a capital more often than without."""
        body = "\n".join(
            self.document.text_of(block)
            for block in self.document.blocks
            if block.kind not in {"heading", "term", "summary"}
        )
        capital = Counter(PROPER.findall(body))
        small = Counter(re.findall(r"\b[a-z][a-zé’'-]+\b", body))
        casing = Casing(word for word, count in capital.items() if count > small[word.lower()])
        casing.small = frozenset(word for word in small if word.capitalize() not in casing)
        return casing

    def _names(self) -> tuple[str, ...]:
        """Return what the article calls its subject: the term, and an abbreviation that it gives for it."""
        if not self.about.name:
            return ()
        after = re.search(rf"(?i){re.escape(self.about.name)}\s*\(([A-Za-z0-9-]{{2,10}})\)", self.text)
        return (self.about.name, after[1]) if after else (self.about.name,)

    # ------------------------------------------------------------ the tree

    def passages(self) -> list[Passage]:
        """Return the passages in reading order, no question twice."""
        found: list[Passage] = []
        for node in self._tree():
            found += self._of_node(node, None)
        found.sort(key=lambda passage: (passage.start, -passage.end))
        return self._distinct(found)

    def _tree(self) -> list[Node]:
        roots: list[Node] = []
        open_nodes: list[Node] = []
        for section in split_sections(self.document):
            kept = [block for block in section.blocks if id(block) not in self._dropped_blocks]
            heading = section.heading
            if heading is not None and id(heading) in self._dropped_blocks:
                if not kept:
                    continue
                heading = None
            node = Node(
                section=section,
                blocks=kept,
                heading=self.document.text_of(heading) if heading is not None else "",
                level=section.level if heading is not None else 0,
            )
            if heading is None:
                depth = len(section.path)
                while open_nodes and len(open_nodes[-1].section.path) >= max(depth, 1):
                    open_nodes.pop()
                (open_nodes[-1].children if open_nodes and section.path else roots).append(node)
                continue
            while open_nodes and open_nodes[-1].level >= node.level:
                open_nodes.pop()
            (open_nodes[-1].children if open_nodes else roots).append(node)
            open_nodes.append(node)
        return roots

    def _is_title(self, node: Node) -> bool:
        """Return whether a heading is the article's own: of the first level, or the first of all."""
        if not node.heading:
            return False
        title = self.document.metadata.title
        first = next(
            (block for block in self.document.blocks if block.kind == "heading" and not block.place), None
        )
        is_first = node.section.heading is first
        if headings.is_question(node.heading) and not is_first:
            return False
        if is_first and node.level <= 2 and (node.level == 1 or bool(node.children)):
            return True
        # Pages give their title twice: once with the site's name, once without.
        own, given = (
            set(re.findall(r"[^\W_]{4,}", SITE_NAME.sub("", part).lower())) for part in (node.heading, title)
        )
        near = node.section.heading is not None and node.section.heading.start <= len(title) + 400
        return (
            near
            and bool(own)
            and (len(own & given) >= 0.7 * len(own | given) or (node.level == 1 and own <= given))
        )

    def _of_node(self, node: Node, above: "Asked | None") -> Iterator[Passage]:
        if not node.heading:
            yield from self._of_prose(node.blocks, above)
            for child in node.children:
                yield from self._of_node(child, above)
            return
        if self._is_title(node):
            yield from self._of_prose(node.blocks, self._asked_by_title(node))
            for child in node.children:
                yield from self._of_node(child, None)
            return
        asked = self._asked(node, above)
        if asked is None:
            yield from self._of_unnamed(node, above)
            return
        # A condition qualifies what the heading above asks; under one that asks nothing of its own it is a question.
        qualifies = asked.how in {"topic", "published", "form", "thing"}
        leaning = [
            child
            for child in node.children
            if self._leans(child) and (qualifies or not CONDITION.match(child.heading))
        ]
        words = len(self.text[self._start(node) : self._end(node)].split())
        if node.children and len(leaning) == len(node.children) and words <= LONGEST_CONDITIONAL:
            yield from self._whole(node, asked, self._all_blocks(node))
            return
        taken = 0
        if node.blocks or leaning:
            # Subsections that mean nothing alone stay with what they qualify.
            blocks = list(node.blocks)
            while (
                taken < len(node.children)
                and any(node.children[taken] is child for child in leaning)
                and (node.level < BOLD_LEVEL or blocks)
            ):
                blocks += self._all_blocks(node.children[taken])
                taken += 1
            yield from self._whole(node, asked, blocks)
        for child in node.children[taken:]:
            yield from self._of_node(child, asked)

    def _all_blocks(self, node: Node) -> list[Block]:
        blocks = list(node.blocks)
        for child in node.children:
            if child.section.heading is not None and child.heading:
                blocks.append(child.section.heading)
            blocks += self._all_blocks(child)
        return blocks

    def _start(self, node: Node) -> int:
        return node.section.heading.start if node.section.heading is not None else node.blocks[0].start

    def _end(self, node: Node) -> int:
        blocks = self._all_blocks(node)
        return blocks[-1].end if blocks else self._start(node)

    def _leans(self, node: Node) -> bool:
        """Return whether a subsection cannot stand without the section above it."""
        if not node.heading:
            return False
        bare = headings.cleaned(node.heading, self.proper)
        if headings.is_question(node.heading):
            return False
        if LEANING.fullmatch(bare):
            return True
        # A bold line that asks nothing is a label within its section.
        return node.level >= BOLD_LEVEL and not headings.proposals(
            node.heading, self.about, self.names, self.proper
        )

    # ------------------------------------------------------------ sections

    def _asked(self, node: Node, above: "Asked | None") -> "Asked | None":
        """Return what a heading asks; None when it tells nothing by itself."""
        heading = node.heading
        answer = self._words_of(node)
        if headings.is_question(heading):
            question = headings.published_question(heading, self.about, self.lang, self.proper)
            if question:
                return Asked(question, qtype_of(question, answer), "published", heading)
        if not self.english:
            return None
        local = self._local_subject(above)
        found = self._sound(headings.proposals(heading, local, self.names, self.proper), heading, answer)
        if found:
            best = found[0]
            return Asked(best.question, best.qtype or qtype_of(best.question, answer), best.how, heading)
        if node.section.heading is not None and node.section.heading.kind == "term":
            question = self._term_question(heading)
            if question:
                return Asked(question, "definition", "term", heading)
        return None if headings.is_question(heading) else self._named_thing(node, above)

    def _sound(self, found: list[Proposal], heading: str, answer: str) -> list[Proposal]:
        """Return the proposals without those that take an idiom at its word: the answer never speaks of it."""
        if not found or found[0].how != "gerund" or self._is_spoken_of(statements.plain(heading), answer):
            return found
        sure = self._first_rule(answer)
        if sure is None or sure[2] < 2:
            return found
        return [Proposal(sure[0], sure[1], "prose"), *found]

    @staticmethod
    def _is_spoken_of(phrase: str, answer: str) -> bool:
        """Return whether an answer uses a word of a phrase, in any form."""
        low = answer.lower()
        content = [word for word in re.findall(r"[^\W\d_]{3,}", phrase.lower()) if word not in STOP_WORDS]
        return not content or any(word[: max(3, len(word) - 3)] in low for word in content)

    def _words_of(self, node: Node) -> str:
        blocks = self._all_blocks(node)
        return self.text[blocks[0].start : blocks[-1].end][:1500] if blocks else ""

    def _local_subject(self, above: "Asked | None") -> Subject:
        """Return what a topic heading is about: the thing that the heading above it names, or the article's."""
        if above is not None and above.how == "thing" and len(above.heading.split()) <= 5:
            thing = headings.cleaned(above.heading, self.proper)
            return as_subject(grammar.as_asked(rules.in_running_text(statements.plain(thing))), self.text)
        return self.about

    def _term_question(self, term: str) -> str:
        name = as_subject(
            rules.in_running_text(statements.plain(headings.cleaned(term, self.proper))), self.text
        )
        if len(name.name.split()) > 8:
            return ""
        question = f"What {grammar.is_or_are(name.name)} {name.phrase}?"
        return question if is_well_formed(question) else ""

    def _named_thing(self, node: Node, above: "Asked | None") -> "Asked | None":
        """Return what a heading asks that only names a thing, from the heading above or from the words below it."""
        bare = statements.plain(headings.cleaned(node.heading, self.proper))
        words = bare.split()
        if not words or len(words) > 12 or statements.finite_parts(bare) is not None:
            return None
        if words[0].lower() in STOP_WORDS - {
            "a",
            "an",
            "the",
            "your",
            "my",
            "our",
            "no",
            "all",
            "some",
            "more",
            "other",
        }:
            return None
        answer = self._words_of(node)
        thing = grammar.as_asked(rules.in_running_text(bare))
        spoken_of = self._is_spoken_of(thing, answer)
        if COMMON_THINGS.match(thing) and grammar.is_plural(thing):
            question = f"What are {thing}?"
            if is_well_formed(question):
                return Asked(
                    question,
                    qtype_of(question.replace("What are", "What types of"), answer),
                    "thing",
                    node.heading,
                )
        if above is not None and above.qtype in rules.table("contexts") and above.how != "thing":
            template = rules.table("contexts")[above.qtype]["question"]
            question = self.ask_in_context(template, thing)
            if is_well_formed(question):
                return Asked(question, self._qtype_under(above.qtype), "thing", node.heading)
        pair = re.fullmatch(r"(.+?) (?:and|&) (.+)", thing)
        if (
            pair
            and self.names
            and any(name.lower() in (pair[1].lower(), pair[2].lower()) for name in self.names)
        ):
            question = f"How {grammar.do_or_does(pair[1])} {pair[1]} affect {pair[2]}?"
            if is_well_formed(question):
                return Asked(question, qtype_of(question, answer), "thing", node.heading)
        first = self._first_rule(answer)
        if first is not None and ((first[2] >= 2 and not spoken_of) or first[1] == "definition"):
            return Asked(first[0], first[1], "thing", node.heading)
        named = any(name.lower() in thing.lower() for name in self.names)
        if not spoken_of or len(words) > (12 if named else 5) or re.search(r"[,:!]", thing):
            return None
        kind = qtype_of("", answer)
        templates = {
            "prevalence": "How common {is_x} {x}?",
            "cost": "How much {does_x} {x} cost?",
        }
        name = as_subject(thing, self.text)
        # A thing that the article never says what it is, is there for what it does to the subject.
        defined = (
            first is not None
            or named
            or re.match(r"(?:the|my|your|a|an|our) ", thing)
            or re.search(rf"(?i)\b{re.escape(name.name)}s?\b", answer)
        )
        last = "What {is_x} {a_x}?" if defined or not self.about.phrase else "How {does_x} {x} affect {F}?"
        for template in (templates.get(kind), last):
            if template is None:
                continue
            question = self.ask_in_context(template, name.name, name.phrase)
            if is_well_formed(question):
                asked_kind = kind if template in templates.values() else qtype_of(question, answer)
                return Asked(question, asked_kind, "thing", node.heading)
        return None

    def ask_in_context(self, template: str, thing: str, phrase: str = "") -> str:
        question = (
            template.replace("{is_x}", grammar.is_or_are(thing))
            .replace("{does_x}", grammar.do_or_does(thing))
            .replace("{x}", thing)
            .replace("{a_x}", phrase or thing)
            .replace("{F}", self.about.phrase)
        )
        return grammar.upper_first(" ".join(question.split()))

    @staticmethod
    def _qtype_under(qtype: str) -> str:
        return "definition" if qtype in {"types", "stages"} else qtype

    def _asked_by_title(self, node: Node) -> "Asked | None":
        """Return what the title asks, for lead prose that tells nothing else."""
        if not headings.is_question(node.heading) and not self.english:
            return None
        if headings.is_question(node.heading):
            question = headings.published_question(node.heading, self.about, self.lang, self.proper)
            if question:
                return Asked(question, qtype_of(question, ""), "title", node.heading)
        found = headings.proposals(node.heading, self.about, self.names, self.proper) if self.english else []
        return (
            Asked(found[0].question, found[0].qtype or qtype_of(found[0].question, ""), "title", node.heading)
            if found
            else None
        )

    def _whole(self, node: Node, asked: "Asked", blocks: Sequence[Block]) -> Iterator[Passage]:
        """Yield a section as one passage, but for what in it answers something else."""
        if not blocks:
            return
        runs = self._runs(blocks)
        for number, run in enumerate(runs):
            start, end = run[0].start, run[-1].end
            if number and len(self.text[start:end].split()) < 12:
                self._drop(start, end, "cut off from its answer")
                continue
            pieces = self._carved(run, asked)
            for position, piece in enumerate(pieces):
                question, qtype, flags = asked.question, asked.qtype, list(asked.flags)
                first = number == 0 and position == 0
                if not first:
                    if piece.rule is None:
                        yield from self._prose_passages([piece], asked)
                        continue
                    question, qtype, flags = piece.rule[0], piece.rule[1], []
                    if qtype == asked.qtype == "contact":
                        question = asked.question
                begin = piece.start
                if first and asked.how in {"statement", "order"} and node.section.heading is not None:
                    begin = node.section.heading.start
                yield self._passage(question, qtype, begin, piece.end, flags)

    def _runs(self, blocks: Sequence[Block]) -> list[list[Block]]:
        """Return the blocks in runs that nothing was dropped from; a short box in the middle is taken along."""
        runs: list[list[Block]] = [[blocks[0]]]
        for before, block in itertools.pairwise(blocks):
            between = self.text[before.end : block.start]
            inside = len(between.split())
            length = len(self.text[blocks[0].start : blocks[-1].end].split())
            much = inside > max(MOST_FURNITURE_INSIDE, SHARE_OF_FURNITURE_INSIDE * length)
            if much and not LEAD_IN.search(self.document.text_of(before)):
                runs.append([block])
            else:
                runs[-1].append(block)
        return runs

    def _carved(self, run: Sequence[Block], asked: "Asked") -> list[Piece]:
        """Return a section's words cut where a sentence must be an answer of its own."""
        start, end = run[0].start, run[-1].end
        if not self.english:
            return [Piece(start, end)]
        free = asked.how in {"statement", "order"} or (asked.qtype == "contact" and asked.how == "form")
        cuts: list[Piece] = [Piece(start, end)]
        for block in run:
            if block.kind not in {"paragraph", "definition"}:
                continue
            spans = sentence_spans(self.document.text_of(block))[:MOST_SENTENCES]
            for number, (first, last) in enumerate(spans):
                sentence = self.text[block.start + first : block.start + last]
                rule = self._rule(sentence)
                if (
                    rule is None
                    or rule[2] < 2
                    or rule[0] == asked.question
                    or (rule[1] == cuts[-1].rule and cuts[-1].rule)
                ):
                    continue
                always = rule[1] in SECTIONS_ALWAYS_CARVED and number == 0
                carve = (free and rule[1] in {"effectiveness", "services", "contact"}) or (
                    free and number == 0 and block is not run[0] and "be added to" in rule[0]
                )
                turns = (
                    asked.how == "topic"
                    and number == 0
                    and block is not run[0]
                    and rule[1] not in {asked.qtype, "prevalence", "research", "services"}
                    and len(self.text[cuts[-1].start : block.start].split()) >= FEWEST_WORDS_BEFORE_A_TURN
                )
                if not (always or carve or turns) or asked.qtype == rule[1] == "crisis":
                    continue
                place = block.start + first
                if place == start:
                    if carve and rule[1] != asked.qtype and asked.qtype == "contact":
                        cuts[0] = replace(cuts[0], rule=rule)
                    continue
                if cuts[-1].rule is not None and cuts[-1].rule[1] == rule[1]:
                    continue
                cuts[-1] = replace(cuts[-1], end=self._trim(cuts[-1].start, place))
                cuts.append(Piece(place, end, rule))
        return cuts

    def _of_unnamed(self, node: Node, above: "Asked | None") -> Iterator[Passage]:
        """Yield the passages under a heading that tells nothing."""
        if not self.english:
            for block in node.blocks:
                self._drop(
                    block.start,
                    block.end,
                    "no question of the publisher's, and none is made in this language",
                )
        else:
            yield from self._of_prose(node.blocks, above, whole=True)
        for child in node.children:
            yield from self._of_node(child, above)

    # ------------------------------------------------------------ prose

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
                return Asked(sentence, qtype_of(sentence, words), "prose", "")
            if DANGLING.match(sentence):
                continue
            order = headings.imperative_question(statements.plain(sentence))
            if order and is_well_formed(order):
                return Asked(order, qtype_of(order, words), "prose", "")
            turned = statements.turned_question(sentence)
            if turned and is_well_formed(turned):
                return Asked(turned, qtype_of(turned, words), "prose", "")
            condition = headings.condition_question(statements.plain(sentence))
            if condition and is_well_formed(condition):
                return Asked(condition, qtype_of(condition, words), "prose", "")
        return None

    def _last_resort(self, above: "Asked | None", words: str) -> "Asked | None":
        """Return a question that fits any words about the subject, flagged for the editor."""
        if above is not None and is_well_formed(above.question):
            return replace(above, flags=("question-of-section",))
        if not self.about.phrase:
            return None
        question = f"What {grammar.is_or_are(self.about.name)} important about {self.about.phrase}?"
        question = f"What is important about {self.about.phrase}?"
        return (
            Asked(question, qtype_of("", words), "generic", "", ("generic-question",))
            if is_well_formed(question)
            else None
        )

    # ------------------------------------------------------------ small things

    def _rule(self, sentence: str) -> tuple[str, str, int] | None:
        found = statements.rule_question(sentence, self.about, self.names)
        return found if found is not None and is_well_formed(found[0]) else None

    def _first_rule(self, words: str) -> tuple[str, str, int] | None:
        found = [self._rule(words[first:last]) for first, last in sentence_spans(words.split("\n", 1)[0])[:2]]
        known = [rule for rule in found if rule is not None]
        return max(known, key=lambda rule: rule[2]) if known else None

    def _trim(self, start: int, end: int) -> int:
        """Return the end of the words before `end`."""
        return start + len(self.text[start:end].rstrip())

    def _drop(self, start: int, end: int, reason: str) -> None:
        self.dropped.append(Drop(start, end, reason))

    def _passage(self, question: str, qtype: str, start: int, end: int, flags: list[str]) -> Passage:
        start += len(ANSWER_MARK.match(self.text[start:end]).group())
        words = self.text[start:end]
        if DANGLING.match(words) and not headings.is_question(words.split("\n", 1)[0]):
            flags.append("dangling-start")
        if any(
            start <= place < end
            for place in self._furniture_starts[bisect_left(self._furniture_starts, start) :][:1]
        ):
            flags.append("furniture-inside")
        if POINTER.search(words):
            flags.append("points-elsewhere")
        after = self.text[end : end + 30].lstrip()
        if (
            re.match(r"(?:However|But|Still|Yet|Nevertheless|Even so)\b", after)
            and "\n" not in self.text[end : end + 1]
        ):
            flags.append("caveat-follows")
        if LEAD_IN.search(words):
            flags.append("ends-before-its-list")
        return Passage(question, qtype, start, end, tuple(dict.fromkeys(flags)), self.about.name)

    def _distinct(self, passages: list[Passage]) -> list[Passage]:
        """Return passages with those that ask the same as their neighbour joined, and others told apart."""
        kept: list[Passage] = []
        asked: dict[str, int] = {}
        for passage in passages:
            if kept and passage.start < kept[-1].end:
                continue  # lies within one that is taken
            key = passage.question.casefold()
            if key in asked:
                last = kept[-1]
                if asked[key] == len(kept) - 1 and not self.text[last.end : passage.start].strip():
                    kept[-1] = replace(last, end=passage.end)
                    continue
                other = self._other_question(passage, set(asked))
                if other is None:
                    passage = replace(passage, flags=(*passage.flags, "duplicate-question"))
                else:
                    passage = replace(passage, question=other)
                    key = other.casefold()
            asked[key] = len(kept)
            kept.append(passage)
        return kept

    def _other_question(self, passage: Passage, taken: set[str]) -> str | None:
        if not self.english:
            return None
        words = self.text[passage.start : passage.end]
        for first, last in sentence_spans(words.split("\n", 1)[0])[:2]:
            for question in (statements.turned_question(words[first:last]),):
                if question and is_well_formed(question) and question.casefold() not in taken:
                    return question
        return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a heading or a passage asks, and how that was found."""

    question: str
    qtype: str
    how: str
    heading: str
    flags: tuple[str, ...] = ()
