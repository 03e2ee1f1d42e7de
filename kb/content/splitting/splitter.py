"""Walk an article's sections, and cut it into passages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from kb.content.documents import Block
from kb.content.reading.metadata import SITE_NAME
from kb.content.sections import BOLD_LEVEL, split_sections
from kb.content.sentences import forbids, sentence_spans
from kb.content.splitting import headings, rules, statements, topics
from kb.content.splitting.article import FEWEST_WORDS_OF_A_RUN
from kb.content.splitting.desk import with_desk_apart
from kb.content.splitting.distinct import distinct
from kb.content.splitting.passages import Asked, Node, Passage, Piece
from kb.content.splitting.prose import FEWEST_WORDS, MOST_SENTENCES, Prose
from kb.content.splitting.qtypes import kind_shown, without
from kb.content.splitting.wellformed import is_well_formed

# Headings that mean nothing away from the heading above them.
LEANING = re.compile(
    r"(?i)(?:do|don[’']?ts?|dos|yes|no|note|notes|example|examples|exceptions?|other|others|both|before|during|after|now"
    r"|day \d+|week \d+|(?:19|20)\d\d .*|(?:if|when|unless|once) .+|for (?:example|instance|adults"
    r"|children|teens|women|men|parents)"
    r"|(?:(?:adults|children|adolescents),? )?(?:very )?(?:common|uncommon|rare|not known|frequent)"
    r"(?: side effects)?(?:[:(].{0,80})?"
    r"|option \d+|stage \d+|phase \d+|part \d+|step \d+|morning|evening|afternoon|night)"
)
CAUTION = re.compile(
    r"(?i)(?:special |important )?(?:precautions?|cautions?|warnings?)"
)  # against what stands above
CONDITION = re.compile(r"(?i)(?:if|when|unless|once)\b")
# So many words stand before a sentence that may turn to another question.
ENOUGH_BEFORE_A_TURN = re.compile(r"\s*(?:\S++\s++){39}\S")
NEAR_THE_TOP = 400  # characters
SECTIONS_ALWAYS_CARVED = frozenset({"crisis"})
# A statement over so much of the article is the second line of its title.
FEWEST_PARAGRAPHS_OF_NEWS, SHARE_OF_NEWS = 5, 0.6
# A paragraph of so many words answers something by itself.
FEWEST_WORDS_OF_AN_ANSWER = 30
STEP = re.compile(r"(?i)step (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[:.]?")
FEWEST_STEPS = 3
SAYS_NOT = re.compile(r"(?i)\b(?:not|never|avoid)\b")
FORBIDDING = re.compile(r"(?i)(?:do not|don[’']t|never)\b")
LONGEST_CONDITIONAL = 900  # words of a section that takes its "If you …" subsections in


class Splitter(Prose):
    """Splits one document."""

    def passages(self) -> list[Passage]:
        """Return the passages in reading order, no question twice."""
        found: list[Passage] = []
        for node in self._tree():
            found += self._of_node(node, None)
        found.sort(key=lambda passage: (passage.start, -passage.end))
        return distinct(found, self.text, self.lang)

    @cached_property
    def _top(self) -> int:
        """Where the top of the article ends, [0, len(text)]: its first words, menus and the like left out."""
        shown = 0
        for block in self.document.blocks:
            shown += 0 if block.place else block.end - block.start
            if shown > NEAR_THE_TOP:
                return block.start
        return len(self.text)

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
                heading=headings.asked_part(self.document.text_of(heading)) if heading is not None else "",
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
        near = node.section.heading is not None and node.section.heading.start <= self._top
        return (
            near
            and bool(own)
            and (len(own & given) >= 0.7 * len(own | given) or (node.level == 1 and own <= given))
        )

    def _of_node(self, node: Node, above: "Asked | None") -> Iterator[Passage]:
        lang = self._lang_of(node)
        if not lang.startswith("en"):
            yield from self._of_foreign(node, lang)
            for child in node.children[len(self._labels_under(node)) :]:
                yield from self._of_node(child, None)
            return
        if not node.heading:
            yield from self._of_steps(node.blocks, above)
            for child in node.children:
                yield from self._of_node(child, above)
            return
        if self._is_title(node):
            # Where steps further down answer the title, the words right under it do not.
            yield from self._of_steps(node.blocks, None if self._how_to else self._asked_by_title(node))
            for child in node.children:
                yield from self._of_node(child, None)
            return
        asked = self._asked(node, above)
        if forbids(headings.cleaned(node.heading, self.proper)):
            yield from self._of_forbidden(node, asked)
        elif asked is None:
            yield from self._of_unnamed(node, above)
        elif asked.how in {"statement", "topic", "thing"} and self._heads_all(node, asked):
            yield from self._of_prose(node.blocks, asked)
            for child in node.children:
                yield from self._of_node(child, None)
        else:
            yield from self._of_asked(node, asked, above)

    def _of_asked(self, node: Node, asked: "Asked", above: "Asked | None") -> Iterator[Passage]:
        """Yield the passages under a heading that asks something."""
        # A condition qualifies what the heading above asks; under one that asks nothing of its own it is a question.
        qualifies = asked.how in {"topic", "published", "form", "thing"} and not asked.question.startswith(
            "What about"
        )
        leaning = [
            child
            for child in node.children
            if self._leans(child) and (qualifies or not CONDITION.match(child.heading))
        ]
        all_lean = bool(node.children) and len(leaning) == len(node.children)
        if all_lean and len(self.text[self._start(node) : self._end(node)].split()) <= LONGEST_CONDITIONAL:
            yield from self._whole(node, asked, self._all_blocks(node))
            return
        taken = 0
        if node.blocks or leaning:
            # Subsections that mean nothing alone stay with what they qualify.
            blocks = list(node.blocks)
            while (
                taken < len(leaning)
                and node.children[taken] is leaning[taken]
                and (node.level < BOLD_LEVEL or blocks)
            ):
                blocks += self._all_blocks(node.children[taken])
                taken += 1
            for part, part_blocks in self._by_aspect(node, asked, above, blocks):
                yield from self._whole(node, part, part_blocks)
        for child in node.children[taken:]:
            yield from self._of_node(child, asked)

    def _by_aspect(
        self, node: Node, asked: "Asked", above: "Asked | None", blocks: Sequence[Block]
    ) -> list[tuple["Asked", Sequence[Block]]]:
        """Return a section under two aspects ("Symptoms and treatment") as two, where its paragraphs tell them apart."""
        two = (
            topics.each_of_two(headings.cleaned(node.heading, self.proper)) if asked.how == "topic" else None
        )
        each = [
            replace(asked, question=topic[0], qtype=topic[1])
            for heading in two or ()
            if (topic := topics.asked_by_topic(heading, self._local_subject(above))) is not None
            and is_well_formed(topic[0])
        ]
        if len({part.qtype for part in each}) < 2:
            return [(asked, blocks)]
        first, second = each
        starts = {block.start: place for place, block in enumerate(blocks)}
        for unit in self._units(blocks)[1:]:
            told, weight = kind_shown(without(self.names, self.text[unit.start : unit.end]))
            if told == second.qtype and weight >= rules.table("qtypes")["enough"]:
                place = starts[unit.start]
                return [(first, blocks[:place]), (second, blocks[place:])]
        return [(asked, blocks)]

    def _of_forbidden(self, node: Node, asked: "Asked | None") -> Iterator[Passage]:
        """Yield what a heading forbids as one answer that begins with it: alone, its words would say the opposite."""
        blocks = self._all_blocks(node)
        if not blocks:
            return
        having = self._when(self.text[blocks[0].start : blocks[-1].end])
        question = f"What should I not do {having}?" if having else "What should I not do?"
        if asked is not None and SAYS_NOT.search(asked.question):
            question = asked.question
        elif not is_well_formed(question):
            question = "What should I not do?"
        yield self._passage(question, "recommendation", self._start(node), blocks[-1].end, [])

    def _names_a_step(self, block: Block) -> bool:
        return STEP.fullmatch(self.document.text_of(block).strip()) is not None

    @cached_property
    def _how_to(self) -> "Asked | None":
        """What the title asks, where it asks how something is done and lines such as "Step 1" tell it."""
        if sum(map(self._names_a_step, self.document.blocks)) < FEWEST_STEPS:
            return None
        waiting = self._tree()
        while waiting:
            node = waiting.pop(0)
            asked = self._asked_by_title(node) if self._is_title(node) else None
            if asked is not None and asked.question.startswith("How do I "):
                return asked
            waiting += node.children
        return None

    def _of_steps(self, blocks: Sequence[Block], above: "Asked | None") -> Iterator[Passage]:
        """Yield the passages of prose; what is to be done one step after the other is one of them."""
        steps = [place for place, block in enumerate(blocks) if self._names_a_step(block)]
        if self._how_to is None or len(steps) < FEWEST_STEPS:
            yield from self._of_prose(blocks, above)
            return
        yield from self._of_prose(blocks[: steps[0]], above)
        start, end = blocks[steps[0]].start, blocks[-1].end
        yield self._passage(self._how_to.question, self._how_to.qtype, start, end, [])

    def _heads_all(self, node: Node, asked: "Asked") -> bool:
        """Return whether a heading stands over most of the article: it says what is new, not what each paragraph says.

        Of one that names a topic, only where each paragraph may be an answer, and no instructions are asked for.
        """
        sizes = [self._words_in([block]) for block in node.blocks]
        return (
            len(sizes) >= FEWEST_PARAGRAPHS_OF_NEWS
            and sum(sizes) >= SHARE_OF_NEWS * self._kept_words
            and (asked.how == "statement" or min(sizes) >= FEWEST_WORDS_OF_AN_ANSWER)
            and not asked.question.startswith("How do I ")
        )

    @cached_property
    def _kept_words(self) -> int:
        """How many words of the article are no furniture."""
        return self._words_in(
            block for block in self.document.blocks if id(block) not in self._dropped_blocks
        )

    def _words_in(self, blocks: Iterable[Block]) -> int:
        return sum(len(self.document.text_of(block).split()) for block in blocks)

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
        if LEANING.fullmatch(bare) or (node.level >= BOLD_LEVEL and CAUTION.fullmatch(bare)):
            return True
        # A bold line that asks nothing is a label within its section.
        return node.level >= BOLD_LEVEL and not headings.proposals(
            node.heading, self.about, self.names, self.proper
        )

    def _whole(self, node: Node, asked: "Asked", blocks: Sequence[Block]) -> Iterator[Passage]:
        """Yield a section as one passage, but for what in it answers something else."""
        crisis = [block for block in self._foreign_blocks(blocks[1:]) if self._is_crisis(block)]
        for block in crisis:
            yield from self._of_foreign_block(block)
        apart = {block.start for block in crisis}
        blocks = [block for block in blocks if block.start not in apart]
        runs = self._runs(blocks) if blocks else []
        for number, run in enumerate(runs):
            start, end = run[0].start, run[-1].end
            if number and len(self.text[start:end].split()) < FEWEST_WORDS_OF_A_RUN:
                self._drop(start, end, "cut off from its answer")
                continue
            pieces = with_desk_apart(self._carved(run, asked), self.text, self.about.owner, asked.qtype)
            for position, piece in enumerate(pieces):
                question, qtype, flags = asked.question, asked.qtype, list(asked.flags)
                first = number == 0 and position == 0
                # "Contact us" may begin with what there is to be had, and say only then how.
                told_first = first and piece.rule is not None and len(pieces) > 1
                if not first or told_first:
                    if piece.rule is None:
                        yield from self._prose_passages([piece], asked)
                        continue
                    question, qtype, flags = piece.rule[0], piece.rule[1], []
                    if qtype == asked.qtype == "contact" and asked.how != "published":
                        question = asked.question
                elif asked.how == "published" and len(pieces) > 1:
                    # What is cut off says nothing of the kind of what is left.
                    qtype = self._kind(question, self.text[piece.start : piece.end])
                begin = piece.start
                heading = node.section.heading
                # What a heading forbids is never parted from it either.
                part = asked.how in {"statement", "order"} or FORBIDDING.match(node.heading)
                if first and part and heading is not None:
                    # With a byline or a button between them, the heading would bring those along.
                    parted = self.text[heading.end : piece.start].strip()
                    begin = piece.start if parted else heading.start
                if asked.how != "published" and self._says_nothing(self.text[piece.start : piece.end]):
                    self._drop(piece.start, piece.end, "too short to answer anything")
                    continue
                yield self._passage(question, qtype, begin, piece.end, flags)

    @staticmethod
    def _says_nothing(words: str) -> bool:
        """Return whether a section's words are a label: few, without a figure, and no sentence."""
        return len(words.split()) < FEWEST_WORDS and re.search(r"\d|[.!?]$", words) is None

    def _carved(self, run: Sequence[Block], asked: "Asked") -> list[Piece]:
        """Return a section's words cut where a sentence must be an answer of its own."""
        start, end = run[0].start, run[-1].end
        free = asked.how in {"statement", "order"} or (asked.qtype == "contact" and asked.how == "form")
        cuts: list[Piece] = [Piece(start, end)]
        for block in run:
            if block.kind not in {"paragraph", "definition"} or (block is run[0] and not free):
                continue
            spans = sentence_spans(self.document.text_of(block))[:MOST_SENTENCES]
            for number, (first, last) in enumerate(spans):
                sentence = self.text[block.start + first : block.start + last]
                may_turn = block is not run[0] and (number == 0 or sentence.endswith(":"))
                turns = (
                    may_turn
                    and asked.how == "topic"
                    and ENOUGH_BEFORE_A_TURN.match(self.text, cuts[-1].start, block.start) is not None
                )
                may_be_crisis = (
                    may_turn
                    and number == 0
                    and statements.may_ask(sentence, SECTIONS_ALWAYS_CARVED, self.names)
                )
                # Most sentences are cut off by no rule, and are held against none.
                rule = self._rule(sentence) if free or turns or may_be_crisis else None
                if rule is None or rule[2] < 2 or rule[0] == asked.question:
                    continue
                always = rule[1] in SECTIONS_ALWAYS_CARVED and number == 0
                carve = (free and rule[1] in {"effectiveness", "services", "contact"}) or (
                    free and number == 0 and block is not run[0] and "be added to" in rule[0]
                )
                turns = turns and rule[1] not in {asked.qtype, "prevalence", "research", "services"}
                if not (always or carve or turns) or asked.qtype == rule[1] == "crisis":
                    continue
                place = block.start if turns else block.start + first
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
        passages = list(self._of_prose(node.blocks, above, whole=True))
        named = self._asked_by_name(node)
        if passages and named and "generic-question" in passages[0].flags:
            passages[0] = replace(passages[0], question=named)  # The writer's word beats a guess.
        yield from passages
        for child in node.children:
            yield from self._of_node(child, above)
