"""Which blocks of a document answer nothing: what stands around the article, and what the page repeats."""

import re
from collections import Counter
from functools import cache

from kb.content.documents import Block, Document
from kb.content.sections import boxes_in_lists, heading_levels
from kb.content.sentences import UNSPACED, asks, is_in_title_case
from kb.content.splitting import rules

# A title with who published it, and no sentence: "Panic Attacks (American Heart Society) Also in Spanish".
PUBLICATION = re.compile(
    r"[A-Z0-9][^.!?]{2,140}\s?\((?:[A-Z][\w.&'’-]*|of|and|for|the|on|in)(?:,? (?:[A-Z][\w.&'’-]*|of|and"
    r"|for|the|on|in|&))+\)"
    r"(?:\W*(?:Also in ?\w+|PDF|\[PDF\]|in Spanish|en español)\W*)*|[A-Z][^.!?:]{2,60}\.gov\b[^.!?]*\([^)]*\).{0,30}"
)
CREDIT = re.compile(r"(?i)(?:photo|image|picture|illustration)?\s*(?:credit|courtesy|by|©)\b")
# What follows a list of contents is the article again.
CONTENTS = re.compile(
    r"(?i)(?:table of )?contents|(?:in|on) this (?:article|section|guide|page|post|issue|leaflet)|jump to(?: .*)?"
    r"|page contents|quick links|navigation|menu|topics covered"
)
LETTERS = re.compile(r"[^\W_]+")
LINKED = 0.9  # of a block's letters: it is nothing but a link
MOST_WORDS_OF_A_LINK = 18
# A list whose items are mostly headings of the same page is its table of contents.
SHARE_OF_CONTENTS = 0.6
FEWEST_COPIES = 3
FEWEST_WORDS_OF_A_COPY = 6
MOST_WORDS_OF_A_LABEL = 7
# What a link says that is there to be followed.
POINTER = re.compile(
    r"(?i)(?:learn|read|find out|see|view|explore|discover|download|check out|browse|watch) "
)
FEWEST_HEADLINES = 3
LONGEST_MARK = 8  # characters of what ends a sentence
COUNT = re.compile(r"\d{1,2}\.?")
MOST_WORDS_OF_A_PATH = 4
LONGEST_LINE = 900  # characters; what stands around an article is short
SENTENCE_MARK = re.compile(r"[.!?:;…؟।。！？]['\"”’)\]]*$")


def find_furniture(document: Document) -> dict[int, str]:
    """Return for the number of each block that is no part of an answer the reason, in words for an editor."""
    return _Finder(document).found


class _Finder:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts = [document.text_of(block) for block in document.blocks]
        self._keys = [_key(text) for text in self._texts]
        self._levels = heading_levels(document)
        self.found: dict[int, str] = {}
        self._around()
        self._sections()
        self._lines()
        self._contents()
        self._links()
        self._headlines()
        self._copies()
        self._lead_ins()

    def _drop(self, index: int, reason: str) -> None:
        if index not in self.found and not _is_kept(self._texts[index]):
            self.found[index] = reason

    def _around(self) -> None:
        places = rules.table("furniture")["place"]
        for index, block in enumerate(self._document.blocks):
            reason = places.get(block.place)
            if block.place == "control":
                self.found[index] = reason
            elif reason:
                self._drop(index, reason)
        for index in boxes_in_lists(self._document):
            self._drop(index, "box inside a list")

    def _sections(self) -> None:
        dropped_level, contents = 0, False
        place = ""
        reason = rules.table("furniture")["heading"]["reason"]
        for index, block in enumerate(self._document.blocks):
            level = self._levels.get(index)
            # What a menu heads ends with the menu.
            if place and block.place != place:
                dropped_level, place = 0, ""
            if level is not None:
                if dropped_level and level <= dropped_level:
                    dropped_level = 0
                if not dropped_level and level > 1 and _meets("heading", self._texts[index].strip(" :#")):
                    dropped_level, place = level, block.place
                    contents = CONTENTS.fullmatch(self._texts[index].strip(" :#")) is not None
            elif dropped_level and contents and self._is_article(block, self._texts[index]):
                dropped_level = 0
            if dropped_level:
                self._drop(index, reason)

    @staticmethod
    def _is_article(block: Block, text: str) -> bool:
        """Return whether a block is no entry of a list of contents: a paragraph that is not only a link."""
        long_enough = len(text.split()) > MOST_WORDS_OF_A_LABEL or SENTENCE_MARK.search(text) is not None
        return block.kind == "paragraph" and block.linked < LINKED and long_enough

    def _lines(self) -> None:
        reason = rules.table("furniture")["block"]["reason"]
        title = _key(self._document.metadata.title)
        first_heads = set(list(self._levels)[:1])
        for index, block in enumerate(self._document.blocks):
            if index in self._levels or block.kind == "table_row":
                continue
            text = self._texts[index]
            if _meets("block", text.strip(" *_|>»›→")):
                self._drop(index, reason)
                before = index - 1
                if (
                    CREDIT.match(text)
                    and before >= 0
                    and before not in self._levels
                    and len(self._texts[before].split()) < 40
                ):
                    self._drop(before, "caption of a picture")
            elif title and _is_title_again(self._keys[index], title) and index not in first_heads:
                self._drop(index, "the title again")
            elif not LETTERS.search(text):
                self._drop(index, "no word")
            elif self._is_label(index, block, text):
                self._drop(index, "label or caption")

    def _is_counted_headline(self, index: int, text: str) -> bool:
        """Return whether a line is the name of another article, after its number: "3" and then "Why Cats Purr"."""
        before = self._texts[index - 1].strip() if index else ""
        return COUNT.fullmatch(before) is not None and (
            is_in_title_case(text) or not SENTENCE_MARK.search(text)
        )

    def _is_label(self, index: int, block: Block, text: str) -> bool:
        """Return whether a paragraph is a few words without a sentence, and heads nothing."""
        if block.place == "caption":
            return len(text.split()) < 6 or not SENTENCE_MARK.search(text)
        if block.kind != "paragraph" or block.level or len(text.split()) > MOST_WORDS_OF_A_LABEL:
            return False
        if SENTENCE_MARK.search(text) or re.search(r"\d|\(", text):
            return False  # "Step 2" heads what is to be done
        if UNSPACED.search(text):
            return False  # Where no words are parted, few of them say nothing of a label.
        after = self._document.blocks[index + 1] if index + 1 < len(self._document.blocks) else None
        if after is not None and after.kind in {"list_item", "table_row"}:
            return False
        at_edge = after is None or index + 1 in self._levels or index == 0 or index - 1 in self._levels
        return at_edge or text[0].islower()

    def _contents(self) -> None:
        headings = {self._keys[index] for index in self._levels}
        groups: dict[int, list[int]] = {}
        for index, block in enumerate(self._document.blocks):
            if block.kind == "list_item" and block.group and index not in self._levels:
                groups.setdefault(block.group, []).append(index)
        for members in groups.values():
            named = sum(self._keys[index] in headings for index in members)
            titles = sum(PUBLICATION.fullmatch(self._texts[index]) is not None for index in members)
            if titles >= SHARE_OF_CONTENTS * len(members):
                for index in members:
                    self._drop(index, "list of publications")
            if len(members) >= 2 and named >= SHARE_OF_CONTENTS * len(members):
                for index in members:
                    self._drop(index, "contents list")

    def _links(self) -> None:
        blocks = self._document.blocks
        only_links = [
            index not in self._levels
            and block.kind in {"list_item", "paragraph"}
            and block.linked >= LINKED
            and len(self._texts[index].split()) <= MOST_WORDS_OF_A_LINK
            for index, block in enumerate(blocks)
        ]
        for index, block in enumerate(blocks):
            if not only_links[index]:
                continue
            if block.kind == "paragraph" and POINTER.match(self._texts[index]):
                self._drop(index, "points to another page")
            beside = [
                other for other in (index - 1, index + 1) if 0 <= other < len(blocks) and only_links[other]
            ]
            if beside and (
                block.kind == "paragraph" or any(blocks[other].group == block.group for other in beside)
            ):
                self._drop(index, "list of links")

    def _headlines(self) -> None:
        """Drop lines in a row that are names of other articles: in the capitals of titles, or each after its number."""
        run: list[int] = []
        for index, block in enumerate(self._document.blocks):
            if block.kind == "paragraph" and index not in self._levels and self._may_be_headline(index):
                run.append(index)
                continue
            self._drop_headlines(run)
            run = []
        self._drop_headlines(run)

    def _may_be_headline(self, index: int) -> bool:
        text = self._texts[index]
        if COUNT.fullmatch(text):
            return True
        # Most paragraphs are sentences, and their ends are told at once.
        ends = SENTENCE_MARK.search(text[-LONGEST_MARK:]) is not None
        return not ends and (is_in_title_case(text) or self._is_counted_headline(index, text))

    def _drop_headlines(self, run: list[int]) -> None:
        if len(run) < FEWEST_HEADLINES:
            return
        for index in run:
            self._drop(index, "list of headlines")

    def _copies(self) -> None:
        copies = Counter(self._keys)
        seen: set[str] = set()
        for index, (key, text) in enumerate(zip(self._keys, self._texts, strict=True)):
            if (
                index in self._levels
                or len(text.split()) < FEWEST_WORDS_OF_A_COPY
                or copies[key] < FEWEST_COPIES
            ):
                continue
            if key in seen:
                self._drop(index, "text that the page repeats")
            seen.add(key)

    def _lead_ins(self) -> None:
        """Drop sentences that announce what is not there: a list that was furniture, or the next heading."""
        blocks = self._document.blocks
        for index in range(len(blocks) - 1, -1, -1):
            block = blocks[index]
            if block.kind != "paragraph" or index in self._levels or not self._texts[index].endswith(":"):
                continue
            after = index + 1
            while after < len(blocks) and after in self.found:
                after += 1
            ends = after >= len(blocks) or (after in self._levels and self._levels[after] < 7)
            if ends and self._is_all_that_a_question_heads(index, after):
                continue  # An editor is told that its list is missing.
            if ends and blocks[after - 1].kind != "list_item" and after - index <= 1:
                self._drop(index, "announces what follows")
            elif ends and after - index > 1:
                self._drop(index, "announces what was left out")
        for index in sorted(self.found):
            after = index + 1
            if not self._texts[index].endswith(":") or blocks[index].kind != "paragraph":
                continue
            while after < len(blocks) and blocks[after].kind == "list_item" and after not in self._levels:
                self._drop(after, "list of what was left out")
                after += 1

    def _is_all_that_a_question_heads(self, index: int, after: int) -> bool:
        """Return whether a publisher's question would be lost with a block: it heads that, and no subsection after it."""
        level = self._levels.get(index - 1, 0)
        return level > 0 and asks(self._texts[index - 1]) and self._levels.get(after, 0) <= level


def _is_title_again(line: str, title: str) -> bool:
    """Return whether a line is the title, alone or as the end of a path to it: "Blog Gout How to live with gout"."""
    if line == title:
        return True
    path = line.removesuffix(title)
    return path != line and len(title.split()) > 2 and len(path.split()) <= MOST_WORDS_OF_A_PATH


def _is_kept(text: str) -> bool:
    return rules.pattern(rules.table("furniture")["keep"]).search(text) is not None


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """Return all patterns of a kind in one, which is much faster than one after the other."""
    return rules.pattern("|".join(f"(?:{one})" for one in rules.table("furniture")[kind]["patterns"]))


def _meets(kind: str, text: str) -> bool:
    return len(text) <= LONGEST_LINE and _patterns(kind).fullmatch(text) is not None


def _key(text: str) -> str:
    return " ".join(LETTERS.findall(text.casefold()))
