"""What a heading asks in its place: under the headings above it, over the words below it."""

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from kb.content.entries import Qtype
from kb.content.splitting import grammar, headings, orders, rules, statements
from kb.content.splitting.article import Article
from kb.content.splitting.focus import STOP_WORDS, as_subject
from kb.content.splitting.headings import Proposal
from kb.content.splitting.kinds import kind_by_name
from kb.content.splitting.passages import Asked, Node
from kb.content.splitting.qtypes import as_qtype
from kb.content.splitting.rules import Subject
from kb.content.splitting.wellformed import is_well_formed

COMMON_THINGS = re.compile(
    r"(?i)(?:common|typical|popular|frequent|famous|some|good|the best|key|main|useful|great|healthy|other)\b"
)


# Whom or what a subject may affect.
LIVING = re.compile(
    r"(?i)^(?:[\w-]+ ){0,2}"
    r"(?:people|men|women|children|kids|babies|toddlers|infants|teens|teenagers|adults|seniors|elders"
    r"|athletes|pets|dogs|cats|puppies|kittens|horses|rabbits|birds|newborns|mothers|parents|patients)\b"
)
TELLS_WHETHER = re.compile(
    r"(?i)(?:yes|no|avoid|do not|don[’']t|never)\b"
    r"|(?:[\w’'-]+ ){0,3}(?:can|may|should|must|are allowed|is (?:safe|fine|best))\b"
)
DEFINES = (
    r"(?i)(?:an? |the )?{0}s?\b[^.!?,]{{0,20}}? (?:is|are|means?|refers? to|was|were)"
    r" (?:an?|the|when|what|where|how|any)\b"
)
# "Story behind the name": a certain one.
SOMETHING_OF = re.compile(r"(?i)(?!(?:the|an?|my|your|our|no|all|some) )[\w’'-]+ (?:behind|of|between) ")
PERSON_NAME = re.compile(
    r"(?:Dr|Mr|Mrs|Ms|Prof)\.? |(?:[A-Z][\w’'-]+ ){1,3}(?:MD|PhD|DO|RN|PT|DPT|LCSW|DDS)\b"
)
# Where and when somebody is had, whatever is asked above it.
CONTACT_THING = re.compile(
    r"(?i)(?:our |office |clinic |by )?(?:e-?mail|fax|phone|telephone|tel|address|website|web|mail|post|mobile|text"
    r"|office|location|(?:office |opening |business )?hours)(?: us| number| address)?"
)
# "When should I see a vet?": whom its parts ask of.
SEEN = re.compile(
    r"(?i)\b(?:see|visit|call|consult|go to) (?P<who>(?:an?|my|the) (?:[\w-]+ ){0,2}?[\w-]+)"
    r"(?= (?:about|for|if|when|with)\b|\?)"
)
# What is done before something else is done to the reader.
PREPARES = re.compile(
    r"(?i)\b(?:before|prior to|ahead of|leading up to) (?:your |the |an? )?(?:\w+ )?(?:surgery|procedure|operation"
    r"|test|exam|scan|appointment|admission|arriv\w+|com(?:e|ing)|midnight|check-?in)\b"
    r"|\b(?:morning|day) of (?:your |the )?(?:\w+ )?"
    r"(?:surgery|procedure|operation|test)\b|\b(?:days?|weeks?|hours?|night) (?:before|prior)\b"
)
DO = re.compile(r"(?i)(?:the )?do(?:[’']?s)?:?")
ONE_OF_ITS_KIND = re.compile(r"(?i)(?:the|my|your|our|a|an) ")
# After "What is an aura?", an "it" is the aura.
DEFINED_BEFORE = re.compile(r"(?i)what (?:is|are) (?P<x>(?!it\b|they\b|this\b)[\w’' -]+)\?")
# "3 days to 3 weeks after": a time has no symptoms.
STAGE_OF_TIME = re.compile(r"(?i)\W*(?:\d|(?:day|week|month|stage|phase|step|part) \d)")
REFERS = re.compile(r"(?i)(?:it|they|these|this|its|their)\b")
LONGEST_NAME = 3  # words of a heading that names what its words call "they"
BEGINS_A_THING = frozenset("a an the your my our no all some more other".split())


class Asking(Article):
    """The questions of an article's headings."""

    def _asked(self, node: Node, above: "Asked | None") -> "Asked | None":
        """Return what a heading asks; None when it tells nothing by itself."""
        heading = node.heading
        answer = self._words_of(node)
        if headings.is_question(heading):
            question = headings.published_question(
                heading, self._meant_by_it(node, above), self.lang, self.proper
            )
            if question:
                return Asked(question, self._kind(question, answer), "published", heading)
        if DO.fullmatch(heading.strip()):
            question = f"What should I do {self._when(answer)}?"
            return Asked(question, "self_care", "form", heading) if is_well_formed(question) else None
        if self.kind_of_subject in {"procedure", "medicine"}:
            told = self._asked_of_thing(headings.cleaned(heading, self.proper), answer)
            if told:
                return Asked(*told, "form", heading)
        local = self._local_subject(above)
        local = replace(local, condition=self.is_of_condition) if local is self.about else local
        found = self._sound(headings.proposals(heading, local, self.names, self.proper), heading, answer)
        if found and found[0].how == "topic" and found[0].qtype == "treatment" and self._harms(above):
            found = []  # "Medicines" among the causes are no remedy.
        if found:
            best = found[0]
            return Asked(best.question, best.qtype or self._kind(best.question, answer), best.how, heading)
        if node.section.heading is not None and node.section.heading.kind == "term":
            question = self._term_question(heading)
            if question:
                return Asked(question, "definition", "term", heading)
        return None if headings.is_question(heading) else self._named_thing(node, above)

    @staticmethod
    def _harms(above: "Asked | None") -> bool:
        return above is not None and above.qtype in {
            "causes",
            "risk_factors",
            "complications",
            "side_effects",
        }

    def _sound(self, found: list[Proposal], heading: str, answer: str) -> list[Proposal]:
        """Return the proposals without those that take an idiom at its word: the answer never speaks of it."""
        # "Swimming" asks whether one may only where one is told.
        if (
            found
            and found[0].how == "gerund"
            and found[0].question.startswith("Can I ")
            and not TELLS_WHETHER.match(answer)
        ):
            found = found[1:]
        if not found or found[0].how != "gerund" or self._is_spoken_of(statements.plain(heading), answer):
            return found
        sure = self._first_rule(answer)
        if sure is None or sure[2] < 2:
            return found
        return [Proposal(sure[0], sure[1], "prose"), *found]

    def _local_subject(self, above: "Asked | None") -> Subject:
        """Return what a topic heading is about: the thing that the heading above it names, or the article's."""
        if (
            above is not None
            and above.how == "thing"
            and len(above.heading.split()) <= 5
            and not STAGE_OF_TIME.match(above.heading)
        ):
            thing = headings.cleaned(above.heading, self.proper)
            subject = as_subject(grammar.as_asked(rules.in_running_text(statements.plain(thing))), self.text)
            return replace(subject, kind=kind_by_name(subject.name))
        return self.about

    def _meant_by_it(self, node: Node, above: "Asked | None") -> Subject:
        """Return what the "it" of a publisher's question means; no name after a question for another thing."""
        heading = node.section.heading
        before = DEFINED_BEFORE.fullmatch(self._heading_before.get(heading.start, "")) if heading else None
        if before and not self._is_own_name(before["x"]):
            return Subject("", "")
        return self._local_subject(above)

    @cached_property
    def _heading_before(self) -> dict[int, str]:
        """The words of the heading before each heading, by where that begins."""
        heads = [
            block
            for block in self.document.blocks
            if block.kind in {"heading", "summary", "term"} or block.strong
        ]
        return {head.start: self.document.text_of(before).strip() for before, head in pairwise(heads)}

    def _is_own_name(self, phrase: str) -> bool:
        return any(name.lower() in phrase.lower() for name in self.names) or not self.names

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
        if words[0].lower() in STOP_WORDS - BEGINS_A_THING:
            return None
        if rules.pattern(rules.table("focus")["no_thing"]).search(bare):
            return None
        answer = self._words_of(node)
        if CONTACT_THING.fullmatch(bare):
            return Asked(f"How can I contact {self.about.owner}?", "contact", "form", node.heading)
        thing = grammar.as_asked(rules.in_running_text(bare))
        spoken_of = self._is_spoken_of(thing, answer)
        question = f"What are {thing}?"
        if COMMON_THINGS.match(thing) and grammar.is_plural(thing) and is_well_formed(question):
            kind = self._kind(question.replace("What are", "What types of"), answer)
            return Asked(question, kind, "thing", node.heading)
        if (
            above is not None
            and above.qtype in rules.table("contexts")
            and above.how != "thing"
            and not (above.qtype == "treatment" and self._is_no_remedy(as_subject(thing, self.text).phrase))
            and not PERSON_NAME.match(node.heading)
        ):
            template = rules.table("contexts")[above.qtype]["question"]
            question = self.ask_in_context(
                template, as_subject(thing, self.text).phrase, asked_above=above.question
            )
            if is_well_formed(question):
                return Asked(question, self._qtype_under(above.qtype), "thing", node.heading)
        together = self._pair_question(thing)
        if together:
            return Asked(together, self._kind(together, answer), "thing", node.heading)
        first = self._first_rule(answer)
        told = self._asked_of_thing(thing, answer) if first is None and self._gives_orders(answer) else None
        if told:
            return Asked(*told, "thing", node.heading)
        if first is not None and (
            (first[2] >= 2 and not spoken_of)
            or (first[1] == "definition" and self._is_spoken_of(thing, first[0]))
        ):
            return Asked(first[0], first[1], "thing", node.heading)
        if spoken_of:
            return self._described_thing(node, thing, answer, first)
        # Its words say "they", or are a table: the heading alone tells what they are about.
        leans = REFERS.match(answer) or all(block.kind == "table_row" for block in node.blocks)
        question = self._asked_by_name(node) if node.blocks and leans else ""
        return Asked(question, self._kind_for_sure(answer), "thing", node.heading) if question else None

    def _asked_by_name(self, node: Node) -> str:
        """Return what a heading of a few words asks that names a thing; "" where it names none."""
        thing = grammar.as_asked(
            rules.in_running_text(statements.plain(headings.cleaned(node.heading, self.proper)))
        )
        tagged = grammar.tags(thing)
        words = thing.lower().split()
        generic = rules.table("focus")["generic"].split()
        if (
            not tagged
            or not tagged[-1][1].startswith("NN")
            or len(words) > LONGEST_NAME
            or words[0] in STOP_WORDS - BEGINS_A_THING
            or set(words) <= set(generic)
            or not all(self._is_common(word) for word in words)
            or statements.finite_parts(thing) is not None
            or rules.pattern(rules.table("focus")["no_thing"]).search(thing)
            or PERSON_NAME.match(node.heading)
        ):
            return ""
        question = f"What about {as_subject(thing, self.text).phrase}?"
        if all(block.kind == "table_row" for block in node.blocks) and grammar.is_plural(thing):
            question = f"What are the {thing} for {self.about.phrase}?" if self.about.phrase else question
        return question if is_well_formed(question) else ""

    def _is_common(self, word: str) -> bool:
        """Return whether a word is no name of a person, a firm or a place."""
        return grammar.is_known(word) or kind_by_name(word) != "" or word in self._words_written_small

    @cached_property
    def _words_written_small(self) -> frozenset[str]:
        return frozenset(re.findall(r"\b[a-z][\w’'-]*", self.text))

    def _is_no_remedy(self, thing: str) -> bool:
        """Return whether a thing is the reader's own, or something of what is treated: nothing is treated with it."""
        return re.match(r"(?i)my\b", thing) is not None or any(
            name.lower() in thing.lower() for name in self.names
        )

    def _described_thing(
        self, node: Node, thing: str, answer: str, first: tuple[str, str, int] | None
    ) -> "Asked | None":
        """Return what a heading asks whose thing the words under it speak of; `first` is the rule they meet."""
        named = any(name.lower() in thing.lower() for name in self.names)
        if len(thing.split()) > (12 if named else 5) or re.search(r"[,:!]", thing):
            return None
        kind = self._kind_for_sure(answer)
        templates = {"cost": "How much {does_x} {x} cost?"}
        if named or (first is not None and first[1] == "prevalence"):
            templates["prevalence"] = "How common {is_x} {x}?"
        name = as_subject(thing, self.text)
        if name.phrase == thing and SOMETHING_OF.match(thing):
            name = Subject(thing, thing if grammar.is_plural(thing) else f"the {thing}")
        if kind not in templates and first is None:
            about = self._group_or_order_question(name, answer)
            if about:
                return Asked(about, self._kind(about, answer), "thing", node.heading)
        # What the words under it say what it is, is asked for outright; of another thing they tell this and that.
        if first is not None and first[1] == "recommendation" and first[0].startswith("How "):
            return Asked(first[0], first[1], "thing", node.heading)
        told = DEFINES.format(re.escape(name.name.removesuffix("s")))
        defined = (first is not None and first[1] == "definition") or re.match(told, answer)
        last = "What {is_x} {a_x}?" if defined else "What about {a_x}?"
        if kind == "cost" and not re.search(
            rf"(?i)\b{re.escape(name.name.removesuffix('s'))}[^.]*(?:[$£€]\s?\d|free)", answer
        ):
            templates = {}  # What costs something is another thing.
        for template in (templates.get(kind), last):
            if template is None:
                continue
            question = self.ask_in_context(template, name.name, name.phrase)
            if is_well_formed(question):
                asked_kind = kind if template != last or not defined else self._kind(question, answer)
                return Asked(question, asked_kind, "thing", node.heading)
        return None

    def _group_or_order_question(self, thing: Subject, answer: str) -> str:
        """Return what a heading asks that names a group, or something about which its words give orders; else ""."""
        question = ""
        if (
            LIVING.search(thing.name)
            and self.about.phrase
            and self.about.name.lower() not in thing.name.lower()
        ):
            question = (
                f"Can {thing.phrase} take {self.about.phrase}?"
                if self.is_taken
                else f"How {grammar.do_or_does(self.about.phrase)} {self.about.phrase} affect {thing.phrase}?"
            )
        elif not ONE_OF_ITS_KIND.match(thing.name) and self._gives_orders(answer):
            question = f"What should I do about {thing.phrase}?"
        return question if is_well_formed(question) else ""

    @staticmethod
    def _gives_orders(answer: str) -> bool:
        first_sentence = re.split(r"(?<=[.!?])\s|\n", answer, maxsplit=1)[0]
        return orders.is_order(statements.plain(first_sentence))

    def _when(self, words: str) -> str:
        """Return when, or with what, a reader does what words tell him to: "before surgery", "if I have gout"."""
        about = self.about.phrase
        if not about:
            return ""
        if self.is_of_procedure:
            return f"{'before' if PREPARES.search(words) else 'after'} {about}"
        return f"if I have {about}" if self.is_of_condition else f"with {about}"

    def _asked_of_thing(self, thing: str, answer: str) -> tuple[str, Qtype] | None:
        """Return what is asked of a thing that many articles tell of, with its kind; see things.toml."""
        with_focus = {
            "procedure": f"{'before' if PREPARES.search(answer) else 'after'} {self.about.phrase}",
            "condition": f"with {self.about.phrase}",
            "medicine": grammar.lower_first(rules.fill("while {taking} {focus}", {}, self.about)),
        }.get(self.kind_of_subject)
        for rule in rules.table("things")["thing"]:
            match = rules.pattern(rule["kind"]).fullmatch(thing)
            if match is None or with_focus is None or rules.question_of(rule, self.kind_of_subject) is None:
                continue
            template = (
                rule["ordered"] if "ordered" in rule and self._gives_orders(answer) else rule["question"]
            )
            question = template.replace("{with F}", with_focus).replace("{x}", thing.lower())
            for name, value in match.groupdict().items():
                question = question.replace(f"{{{name}}}", value.lower())
            if is_well_formed(question):
                return question, as_qtype(rule["qtype"])
        return None

    def _pair_question(self, thing: str) -> str:
        """Return what a heading asks that joins the subject with another thing, "" when it does not."""
        pair = re.fullmatch(r"(.+?) (?:and|&) (.+)", thing)
        if pair is None or not any(name.lower() in {pair[1].lower(), pair[2].lower()} for name in self.names):
            return ""
        question = f"How {grammar.do_or_does(pair[1])} {pair[1]} affect {pair[2]}?"
        return question if is_well_formed(question) else ""

    def ask_in_context(self, template: str, thing: str, phrase: str = "", asked_above: str = "") -> str:
        whom = SEEN.search(asked_above)
        question = (
            template.replace("{who}", whom["who"] if whom else "a doctor")
            .replace("{is_x}", grammar.is_or_are(thing))
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
        if headings.is_question(node.heading):
            question = headings.published_question(node.heading, self.about, self.lang, self.proper)
            if question:
                return Asked(question, self._kind(question, ""), "title", node.heading)
        cry = node.heading.rstrip().endswith("!")  # "My toenails are gross!" calls, and tells nothing.
        found = headings.proposals(node.heading, self.about, self.names, self.proper) if not cry else []
        return (
            Asked(
                found[0].question,
                found[0].qtype or self._kind(found[0].question, ""),
                "title",
                node.heading,
            )
            if found
            else None
        )
