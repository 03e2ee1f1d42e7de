"""Passages in other languages than English: the publisher's questions are kept, and none are made."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import takewhile

from kb.content.documents import Block
from kb.content.reading.language import foreign_language_of
from kb.content.sections import BOLD_LEVEL
from kb.content.sentences import asks
from kb.content.splitting import headings
from kb.content.splitting.asking import Asking
from kb.content.splitting.passages import Node, Passage

NO_QUESTION = "no question of the publisher's, and none is made in this language"
# Whom to call is asked for in any language that patients are answered in.
CRISIS_QUESTIONS = {"es": "¿A quién puedo llamar si pienso en el suicidio?"}


class Foreign(Asking):
    """The passages of an article, or of parts of it, that are in another language than English."""

    def _lang_of(self, node: Node) -> str:
        """Return the language of a section: what the page says, else what its words tell, else the article's."""
        heading = [node.section.heading] if node.heading and node.section.heading is not None else []
        blocks = [*heading, *node.blocks]
        stated = blocks[0].lang if blocks else ""
        if not self.english:
            # No rule for questions knows such an article, whatever language one of its sections is in.
            return stated if stated and not stated.startswith("en") else self.lang
        first = len(heading) + 1
        rest = [block for block in blocks[first:] if block.start not in self._foreign_starts]
        told = (
            foreign_language_of("\n".join(map(self.document.text_of, part)))
            for part in (blocks[:first], [*blocks[:first], *rest])
        )
        return stated or next(filter(None, told), self.lang)

    def _of_foreign(self, node: Node, lang: str) -> Iterator[Passage]:
        """Yield what stands under a publisher's question; the rest, its subsections apart, is dropped."""
        question = headings.published_question(node.heading, self.about, lang) if asks(node.heading) else ""
        blocks = list(node.blocks)
        for label in self._labels_under(node):
            blocks += self._all_blocks(label)
        if not question:
            for block in blocks:
                yield from self._of_foreign_block(block, lang)
            return
        crisis = [block for block in blocks[1:] if self._is_crisis(block)]
        for block in crisis:
            yield from self._of_foreign_block(block, lang)
        apart = {block.start for block in crisis}
        kept = [block for block in blocks if block.start not in apart]
        for number, run in enumerate(self._runs(kept) if kept else []):
            start, end = run[0].start, run[-1].end
            if number:
                self._drop(start, end, "cut off from its answer")
                continue
            kind = self._kind(question, self.text[start:end])
            yield self._passage(question, kind, start, end, [], lang=self._other(lang))

    def _of_foreign_block(self, block: Block, lang: str = "") -> Iterator[Passage]:
        """Yield a block that says whom to call in a crisis; drop any other."""
        lang = lang or block.lang or foreign_language_of(self.document.text_of(block)) or self.lang
        question = CRISIS_QUESTIONS.get(lang[:2], "") if self._is_crisis(block) else ""
        if question:
            yield self._passage(question, "crisis", block.start, block.end, [], lang=self._other(lang))
        else:
            self._drop(block.start, block.end, NO_QUESTION)

    @cached_property
    def _foreign_starts(self) -> frozenset[int]:
        """Where the blocks of an English article begin that are in another language."""
        found: set[int] = set()
        blocks = self.document.blocks
        for before, block in zip((None, *blocks), blocks, strict=False):
            goes_on = (
                before is not None and before.start in found and block.kind in {"list_item", "table_row"}
            )
            lang = block.lang or foreign_language_of(self.document.text_of(block)) or "en"
            if goes_on or not lang.startswith("en"):
                found.add(block.start)
        return frozenset(found)

    def _foreign_blocks(self, blocks: Sequence[Block]) -> list[Block]:
        """Return those of an English section's blocks that are in another language."""
        return [block for block in blocks if block.start in self._foreign_starts]

    def _is_crisis(self, block: Block) -> bool:
        rule = self._rule(self.document.text_of(block))
        return rule is not None and rule[1] == "crisis"

    def _other(self, lang: str) -> str:
        return lang if lang != self.lang else ""

    @staticmethod
    def _labels_under(node: Node) -> list[Node]:
        """Return the bold lines that ask nothing under a question: labels within its answer."""
        if not asks(node.heading):
            return []
        return list(
            takewhile(lambda child: child.level >= BOLD_LEVEL and not asks(child.heading), node.children)
        )
