"""Sentences and headings that tell their reader to do something."""

import re

from kb.content.splitting import grammar

DETERMINERS = frozenset(
    """a an the your my our their his her its this that these those some any all no every each more less enough
    plenty one two three four five six at to in on for with from up down out off over about away into by
    back around through between before after when if as not only regularly slowly carefully early well
    it them yourself me us you early like of something someone everyone anything help everything things
    who what how where when why very too so clear fresh healthy good new different small regular
    realistic extra""".split()
)
# Words that head a noun phrase at least as often as an order: an order only before a determiner or a preposition.
AMBIGUOUS = frozenset(
    """exercise repeat sleep study test support contact plan practice rest watch cover visit diet help work care cost
    stress change cause result use treatment touch talk check cut drink treat smoke walk run fall start
    stop support limit control process state rate report record schedule experience focus sign note
    order store need access answer act aid benefit brush calm comfort cook cream cure damage dress drop
    ease face fight filter fit fix guide heat hold house increase land look match measure mix move name
    pack park pay place play point press price program question raise range reach research risk sample
    screen search sense set shop show sound stage step stretch surface swim target taste time train
    travel trial turn value vote wash waste water weight fast light last long open cold clear back head
    hand eye""".split()
)
IMPERATIVES = frozenset(
    """accept achieve add arrive address adjust adopt allow apply approach arrange ask attend avoid balance be
    become begin believe book breathe bring build buy call carry celebrate challenge choose clean
    collect combine compare complete connect consider consult continue create decide delegate develop
    discover discuss do don't eat eliminate embrace encourage enjoy ensure establish evaluate examine
    expect explore express find finish follow forget forgive gather get give go grow have hire identify
    improve include inspect insulate install invest invite join keep know learn leave let listen locate
    look lower maintain make manage maximize minimize monitor never nourish offer organize pause pick
    plant practise prepare prevent prioritize protect provide pull put quit read recognize recognise
    reduce relax remember remind remove repair replace resist respect review save say schedule
    see seek select sell send serve share sit skip speak spend stand stay stick surround take teach tell
    think treat trim try turn understand unplug upgrade use utilise utilize wait warm wear welcome write""".split()
)
# What is offered or had rather than done, when a place or a person follows.
NAMES_WHAT_IS_GIVEN = frozenset(
    """help support care access cost stress result treatment test study program practice visit report record
    answer aid benefit advice contact research trial risk relief pain""".split()
)
# Words that a list of verbs knows too ("to over", "to but"), and that begin something else than an order.
NO_VERBS = frozenset(
    """over under about after before around through across along down up off out in on at by for from with within
    without of to as but and or so if when while since until although because though the a an this that these those
    my your our their his her its some any all both many most more few several each every no not very too other
    another i you we they he she it there here what who which how why where one two three even just only also still
    next last well back right near like past""".split()
)
# Orders that "to" may follow; after other words it makes a noun of them: "Damage to the skin".
TAKING_TO = frozenset(
    "listen talk speak go stick try return switch move add apply learn remember aim begin start".split()
)
BEFORE_DOINGS = frozenset("start stop keep try avoid begin consider quit enjoy practice limit".split())
SEEKING = frozenset({"look", "watch", "wait", "ask", "search"})
# What nobody would ask whether to do: told not to, people ask why.
FAILINGS = frozenset(
    "forget ignore neglect overlook underestimate miss skip lose waste dismiss disregard".split()
)
PLACING = frozenset("in for at from with on near around after during by to".split()) - {"to"}
# What points to another page, or is a figure of speech, asks nothing.
POINTING = re.compile(
    r"(?i)thank\b|(?:don[’']t|do not|never) (?:be fooled|hesitate|take my word|despair|get me wrong)\b"
    r"|(?:learn|find out|discover|read|see|check|know) (?:more|about|how|what|why|when|where|who|whether|if|our)\b"
)
GETTING = re.compile(
    r"get (?:free|help|support|care|answers|access|started|in touch|involved|a (?:quote|copy|referral"
    r"|refund|permit|card))\b"
)
# Orders of these tell how something is had, rather than that it should be.
# Orders to make something: whoever reads one asks how, not whether.
MAKING = frozenset(
    """create set choose pick build develop identify plan make maximize maximise prepare measure calculate design organize
    organise track improve utilize utilise install assemble program""".split()
)
OBTAINING = frozenset("find join apply book schedule request register order access view buy".split())


def is_order(text: str) -> bool:
    """Return whether a heading tells its reader to do something."""
    words = text.split()
    if len(words) < 2:
        return False
    first = words[0].lower().replace("’", "'")
    if first == "do" and words[1].lower() != "not":
        return words[1].lower() in {"your", "the", "a", "some", "something"}
    if first in {"don't", "never", "always", "please", "do"}:
        return len(words) > 2 or first in {"don't", "never"}
    second = words[1].lower().strip(",")
    if first in SEEKING and second in {"for", "out", "after"}:
        return len(words) > 2
    if second in {"of", "and", "or", "vs", "&", "is", "are", "can", "may", "for"} and first in AMBIGUOUS:
        return False
    if first in IMPERATIVES:
        return first == "bring" or not first.endswith("ing")
    if first in NAMES_WHAT_IS_GIVEN and second in PLACING:
        return False  # "Help in Riverside", "Support for your family"
    if second.endswith("ing") and words[-1].lower() in NAMES_WHAT_IS_GIVEN | {
        "services",
        "tips",
        "information",
    }:
        return False  # "Stop smoking advice"
    if first in NO_VERBS or (second == "to" and first not in TAKING_TO):
        return False
    if second.endswith("ing") and first in BEFORE_DOINGS and grammar.is_verb(grammar.lemma(second)):
        return True
    if first in AMBIGUOUS:
        return second in DETERMINERS
    if second in {"your", "the", "a", "an", "my"} and grammar.is_verb(first) and not first.endswith("ing"):
        return True
    return (
        second in DETERMINERS - {"of", "in", "on", "for", "at", "with"}
        and grammar.tags(words[0].lower())[0][1] in {"VB", "VBP"}
        and (grammar.is_verb(first))
    )
