"""An article as the splitter sees it: its words, what it is about, and what in it is furniture."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from kb.content.documents import Block, Document
from kb.content.entries import Qtype
from kb.content.reading.metadata import SITE_NAME
from kb.content.sentences import is_in_title_case, sentence_spans
from kb.content.splitting import headings, pronouns, rules, statements, turning
from kb.content.splitting.focus import STOP_WORDS, subject_of
from kb.content.splitting.furniture import find_furniture
from kb.content.splitting.headings import Casing
from kb.content.splitting.inline import with_questions_apart
from kb.content.splitting.kinds import is_shown, kind_by_name
from kb.content.splitting.passages import DANGLING, Drop, Node, Passage, announces_more
from kb.content.splitting.qtypes import as_qtype, kind_shown, qtype_of, without
from kb.content.splitting.topics import topic_of
from kb.content.splitting.wellformed import is_well_formed

# "As mentioned in the section above", "for the reasons given earlier"; "given earlier in the day" points to no words.
POINTER = re.compile(
    r"(?i)\b(?:(?:mentioned|described|noted|listed|discussed|explained|outlined|shown|given)"
    r"(?: (?:in|on|at|under|by)(?: [\w’'-]+){1,4}?)? (?:above|below|earlier|previously)(?! (?:in|on|than)\b)"
    r"|as (?:\w+ ){0,2}(?:mentioned|described|noted|discussed|said) before"
    r"|(?:in|from|under) the (?:previous|preceding|last) (?:section|part|paragraph|chapter|page)"
    r"|see (?:above|below)|the above|above-mentioned)\b"
)
# Kinds of questions that only articles on health ask.
OF_HEALTH = frozenset(
    """self_care symptoms treatment diagnosis when_to_see_doctor risk_factors complications outlook prevention
    side_effects inheritance transmission questions_for_doctor stages""".split()
)
FEWEST_HEALTH_WORDS, HEALTH_WORDS_OF_ALL = 3, 0.008
CONDITION_READ = 60_000  # characters; what a long article is about shows in its first pages
# "Rose says", "told Dr. Levy", "the man"
TOLD_OF = re.compile(
    r"\b([A-Z][a-z]{2,}) (?:says?|said|explains?|explained|adds|added|thought|felt|told|recalls|remembers|wondered|tried"
    r"|had been|was told)\b"
    r"|\b(?:says|said|explains|adds|reports|notes|told|according to) (?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?(?:[A-Z][a-z]+ )?"
    r"([A-Z][a-z]{2,})\b"
    r"|\b(the (?:man|woman|boy|girl|patient|couple|author))\b(?= \w+ed\b| was\b| had\b| went\b| said\b)"
)
FEWEST_WORDS_OF_A_RUN = 12  # after a box; fewer belong to it
SHARE_OF_FURNITURE_INSIDE = 0.15
MOST_FURNITURE_INSIDE = 40  # words that an answer may carry along where its two halves belong together
ANSWER_MARK = re.compile(r"(?:A|Answer)\s*[:.)]\s+")
PROPER = re.compile(r"(?<=[a-z,;] )([A-Z][a-zé’'-]+)\b")


# "from the clinic Riverside Family Dental"
NAME_OF_WORDS = re.compile(r"(?<=[a-z,;] )((?:[A-Z][a-zé’'-]+ ){1,4}[A-Z][a-zé’'-]+)\b")
MOST_NAMES = 300


def _as_found(names: list[str]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Return what finds names in any case, the longest first, and how each is written."""
    common = [name for name, _ in Counter(names).most_common(MOST_NAMES)]
    if not common:
        return None, {}
    longest_first = sorted(common, key=len, reverse=True)
    found = re.compile(rf"(?i)\b(?:{'|'.join(re.escape(name) for name in longest_first)})\b")
    return found, {name.lower(): name for name in common}


class Article:
    """One document, and what is true for all of it."""

    def __init__(self, document: Document) -> None:
        self.document = document = with_questions_apart(document)
        self.text = document.text
        self.lang = document.metadata.lang
        self.english = self.lang.startswith("en")
        self.furniture = find_furniture(document)
        self.about = subject_of(document)
        self.names = self._names()
        self.about = replace(self.about, kind=self.kind_of_subject)
        self.proper = self._proper_names()
        title = (
            topic_of(headings.cleaned(SITE_NAME.sub("", document.metadata.title), self.proper))
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
        texts = (
            self.document.text_of(block)
            for block in self.document.blocks
            if block.kind not in {"heading", "term", "summary"} and not block.strong and not block.place
        )
        # Lines in the capitals of titles say nothing of names.
        # So do labels in front of sentences.
        body = "\n".join(statements.LABEL.sub("", text) for text in texts if not is_in_title_case(text))
        capital = Counter(PROPER.findall(body))
        small = Counter(re.findall(r"\b[a-z][a-zé’'-]+\b", body))
        casing = Casing(word for word, count in capital.items() if count > small[word.lower()])
        self._names_in_capitals = _as_found(
            [match[1] for match in NAME_OF_WORDS.finditer(body)]
            + ([self.about.owner] if " " in self.about.owner and self.about.owner[0].isupper() else [])
            + [word for word in casing if not small[word.lower()] and len(word) > 3]
        )
        casing.small = frozenset(word for word in small if word.capitalize() not in casing)
        return casing

    @cached_property
    def _persons(self) -> frozenset[str]:
        """The names of whom the article quotes or tells of: no reader asks about them."""
        return frozenset(
            name for match in TOLD_OF.finditer(self.text) for name in match.groups() if name is not None
        )

    @cached_property
    def _person(self) -> re.Pattern[str]:
        """What finds one of these in a question."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(self._persons))) or '(?!)'})\b")

    def _with_names(self, question: str) -> str:
        """Return a question with the capitals that the article gives to names."""
        pattern, written = self._names_in_capitals
        return (
            pattern.sub(lambda match: written.get(match[0].lower(), match[0]), question)
            if pattern is not None
            else question
        )

    def _names(self) -> tuple[str, ...]:
        """Return what the article calls its subject: the term, and an abbreviation that it gives for it."""
        if not self.about.name:
            return ()
        after = re.search(rf"(?i){re.escape(self.about.name)}\s*\(([A-Za-z0-9-]{{2,10}})\)", self.text)
        names = (self.about.name, after[1]) if after else (self.about.name,)
        spaced = self.about.name.replace("-", " ")  # as others write it: "tennis-elbow", "tennis elbow"
        return (
            names
            if spaced == self.about.name or spaced.lower() not in self.text.lower()
            else (*names, spaced)
        )

    @staticmethod
    def _is_spoken_of(phrase: str, answer: str) -> bool:
        """Return whether an answer uses a word of a phrase, in any form."""
        low = answer.lower()
        content = [word for word in re.findall(r"[^\W\d_]{3,}", phrase.lower()) if word not in STOP_WORDS]
        return not content or any(word[: max(3, len(word) - 3)] in low for word in content)

    def _kind(self, question: str, answer: str) -> Qtype:
        """Return the kind of a question; what only health articles speak of is "info" elsewhere."""
        kind = qtype_of(question, answer, self.names)
        kind = self._of_what_is_taken(kind)
        return "info" if kind in OF_HEALTH and not self.is_of_health else kind

    def _kind_for_sure(self, words: str) -> Qtype:
        """Return the kind that an answer clearly speaks of, where its question tells nothing."""
        shown, weight = kind_shown(without(self.names, words))
        kind = self._of_what_is_taken(as_qtype(shown))
        # Studies and trials are seldom named for another reason.
        needed = rules.table("qtypes")["enough" if kind == "research" else "sure"]
        if weight >= needed and (kind not in OF_HEALTH or self.is_of_health):
            return kind
        return "info"

    def _of_what_is_taken(self, kind: Qtype) -> Qtype:
        """Return a kind as it is of a medicine: what one feels of it is no symptom."""
        return "side_effects" if kind == "symptoms" and self.is_taken else kind

    @cached_property
    def is_of_health(self) -> bool:
        """Whether the article speaks of bodies and minds at all: "self-care" is no care of a lawn."""
        if not self.english:
            return True  # The words that tell it are English.
        words = max(len(self.text.split()), 1)
        found = rules.pattern(rules.table("kinds")["health_words"]).findall(self.text)
        return len(found) >= max(FEWEST_HEALTH_WORDS, HEALTH_WORDS_OF_ALL * words)

    @cached_property
    def kind_of_subject(self) -> str:
        """What the article's subject is: condition, medicine, procedure or thing; "" when it has none."""
        if not self.about.name or not self.english:
            return ""
        by_name = kind_by_name(self.about.name)
        if by_name:
            return by_name
        plural = self.about.phrase if self.about.phrase.startswith(self.about.name) else self.about.name
        names = {*self.names, plural}
        read = f"{self.document.metadata.title}\n{self.text[:CONDITION_READ]}"
        if is_shown("medicine", names, read):
            return "medicine"
        helps = rules.pattern(rules.table("kinds")["helps"]).search(self.about.name)
        return "condition" if not helps and is_shown("condition", names, read) else "thing"

    @cached_property
    def is_of_condition(self) -> bool:
        """Whether the article's subject is something that people have and want to be rid of."""
        return self.kind_of_subject == "condition"

    @cached_property
    def is_of_procedure(self) -> bool:
        """Whether the article's subject is something that is done to people."""
        return self.kind_of_subject == "procedure"

    @cached_property
    def is_taken(self) -> bool:
        """Whether the article's subject is a medicine or the like, which its reader takes."""
        return self.kind_of_subject == "medicine"

    def _rule(self, sentence: str) -> tuple[str, str, int] | None:
        known = self.about if self.is_of_condition else replace(self.about, condition=False)
        found = statements.rule_question(sentence, known, self.names)
        if found is None or not is_well_formed(found[0]) or turning.is_unasked(found[0]):
            return None
        if found[1] not in OF_HEALTH or self.is_of_health:
            return found
        # Whoever advises on a nursery sends nobody to a doctor about it.
        return None if found[1] == "when_to_see_doctor" else (found[0], "info", found[2])

    def _first_rule(self, words: str) -> tuple[str, str, int] | None:
        found = [self._rule(words[first:last]) for first, last in sentence_spans(words.split("\n", 1)[0])[:2]]
        known = [rule for rule in found if rule is not None]
        return max(known, key=lambda rule: rule[2]) if known else None

    def _runs(self, blocks: Sequence[Block]) -> list[list[Block]]:
        """Return the blocks in runs that nothing was dropped from; a short box in the middle is taken along."""
        runs: list[list[Block]] = [[blocks[0]]]
        length = len(self.text[blocks[0].start : blocks[-1].end].split())
        for before, block in pairwise(blocks):
            inside = len(self.text[before.end : block.start].split())
            much = inside > max(MOST_FURNITURE_INSIDE, SHARE_OF_FURNITURE_INSIDE * length)
            # A few words after a box at a section's end belong to the box.
            much = much or (
                inside > 0
                and block.kind == "paragraph"
                and len(self.text[block.start : blocks[-1].end].split(maxsplit=FEWEST_WORDS_OF_A_RUN))
                < FEWEST_WORDS_OF_A_RUN
            )
            if much and not announces_more(self.document.text_of(before)):
                runs.append([block])
            else:
                runs[-1].append(block)
        return runs

    def _words_of(self, node: Node) -> str:
        blocks = self._all_blocks(node)
        return self.text[blocks[0].start : blocks[-1].end][:1500] if blocks else ""

    def _all_blocks(self, node: Node) -> list[Block]:
        blocks = list(node.blocks)
        for child in node.children:
            if child.section.heading is not None and child.heading:
                blocks.append(child.section.heading)
            blocks += self._all_blocks(child)
        return blocks

    def _trim(self, start: int, end: int) -> int:
        """Return the end of the words before `end`."""
        return start + len(self.text[start:end].rstrip())

    def _drop(self, start: int, end: int, reason: str) -> None:
        self.dropped.append(Drop(start, end, reason))

    def _passage(
        self, question: str, qtype: str, start: int, end: int, flags: list[str], *, lang: str = ""
    ) -> Passage:
        mark = ANSWER_MARK.match(self.text[start:end])
        start += mark.end() if mark else 0
        words = self.text[start:end]
        english = (lang or self.lang).startswith("en")
        if english and DANGLING.match(words) and not headings.is_question(words.split("\n", 1)[0]):
            flags.append("dangling-start")
        inside = bisect_left(self._furniture_starts, start)
        if inside < len(self._furniture_starts) and self._furniture_starts[inside] < end:
            flags.append("furniture-inside")
        if POINTER.search(words):
            flags.append("points-elsewhere")
        after = self.text[end : end + 30].lstrip()
        if (
            re.match(r"(?:However|But|Still|Yet|Nevertheless|Even so)\b", after)
            and "\n" not in self.text[end : end + 1]
        ):
            flags.append("caveat-follows")
        if announces_more(words):
            flags.append("ends-before-its-list")
        if english and pronouns.leans(question):
            flags.append("question-leans")
        if english and question.startswith("What about "):
            flags.append("generic-question")
        if english:
            named = self._with_names(question)
            # A capital may make a name of a word that the question needs: "There".
            question = named if is_well_formed(named, self.lang) else question
        return Passage(question, qtype, start, end, tuple(dict.fromkeys(flags)), self.about.name, lang)
