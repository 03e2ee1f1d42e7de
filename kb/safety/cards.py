"""Make the cards that a risk query gets: what to read, and whom to call.

Every sentence is marked with `N_`, which Babel's extractor knows without being told, and is
translated when a card is made, by the `translate` that the caller gives: gettext on a page, and
`english` on the command line. Values come in through `%(name)s` placeholders.

A number that kb.toml leaves empty takes its link or its line with it; a card is never empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kb.safety.assessment import Assessment
from kb.settings import CrisisLines

Kind = Literal["crisis", "emergency", "staff-crisis", "staff-emergency"]
StepName = Literal["say", "do", "dont", "after"]
Translate = Callable[[str], str]


def N_(message: str) -> str:  # noqa: N802 - the name that Babel looks for
    """Return `message`: it is marked here, and translated where a card is made."""
    return message


def english(message: str) -> str:
    """Return `message` as it stands: the `translate` of the command line."""
    return message


@dataclass(frozen=True, slots=True)
class Link:
    """A number or address to follow: `href` is tel:, sms: or https:."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card. The label of each of its links stands in its text."""

    text: str
    links: tuple[Link, ...] = ()
    lang: str = ""  # the line's own language, where it is not the card's

    def parts(self) -> tuple[str | Link, ...]:
        """Return the text cut at its links' labels, in order.

        A link whose label the text has lost (in a translation) stands at the end: none is dropped.
        """
        parts: list[str | Link] = []
        lost: list[str | Link] = []
        at = 0
        for link in self.links:
            found = self.text.find(link.label, at)
            if found < 0:
                lost += [" ", link]
                continue
            parts += [self.text[at:found], link]
            at = found + len(link.label)
        return tuple(part for part in [*parts, self.text[at:], *lost] if part)


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a call card: what to say, do, not do, or do afterwards."""

    name: StepName
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands above the results of a risk query. A call card has steps."""

    kind: Kind
    heading: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...] = ()


CALL = N_("Call %(number)s")
# Within a sentence.
CALL_INSIDE = N_("call %(number)s")
TEXT = N_("Text %(number)s")
TEXT_INSIDE = N_("text %(number)s")
CHAT = N_("Chat at %(site)s")
LOCAL_SERVICES = N_("call your local emergency services")

CRISIS_HEADING = N_("You can get help right now")
CRISIS_HELP = N_("If you or someone you know is struggling or in crisis, help is available.")
CRISIS_TERMS = N_("Free, private, 24 hours.")
CRISIS_VETERANS = N_("Veterans press %(digit)s.")
CRISIS_DANGER = N_("If someone is in danger now, %(call)s. Do not leave them alone.")
CRISIS_LOCAL = N_("%(place)s: %(call)s or %(text)s, 24 hours.")
CRISIS_LOCAL_UNNAMED = N_("Near you: %(call)s or %(text)s, 24 hours.")

# Always in Spanish, so never translated: who needs it may be reading an English page.
SPANISH_CALL = "llame al %(number)s y oprima %(digit)s"
SPANISH_TEXT = "envíe %(word)s al %(number)s"

EMERGENCY_HEADING = N_("Call %(number)s now")
EMERGENCY_HEADING_LOCAL = N_("Call your local emergency services now")
EMERGENCY_SIGNS = N_(
    "If someone has trouble breathing, chest pain, a seizure, or will not wake up, %(call)s."
)
EMERGENCY_POISON = N_("Took too much or the wrong medicine, and awake: %(call)s.")
POISON_CALL = N_("Poison Help %(number)s")
EMERGENCY_ON_PURPOSE = N_("Did this on purpose? After %(emergency)s: %(call)s or %(text)s.")
EMERGENCY_ON_PURPOSE_LOCAL = N_("Did this on purpose? After emergency services: %(call)s or %(text)s.")
EMERGENCY_UNWATCHED = N_("This website is not watched.")

STEP_HEADINGS: dict[StepName, str] = {
    "say": N_("Say"),
    "do": N_("Do"),
    "dont": N_("Don't"),
    "after": N_("After the call"),
}
STAFF_CRISIS_HEADING = N_("The caller may be in crisis")
STAFF_CRISIS_SAY = N_(
    "“I'm glad you told me. I want to get you help right now. Are you in danger this minute?”"
)
STAFF_EMERGENCY_HEADING = N_("This may be a medical emergency")
STAFF_EMERGENCY_SAY = N_(
    "“I'm glad you told me. I want to get you help right now. Where are you? Are you safe to talk?”"
)
STAFF_STAY = N_("Stay on the line.")
STAFF_ASK = N_("Ask their name, where they are, and a number in case you are cut off.")
STAFF_CLINICIAN = N_("Wave over the clinician on duty.")
STAFF_RESCUE = N_("In danger now, or pills taken: %(call)s from a second phone.")
STAFF_LIFELINE = N_("Otherwise: join %(call)s to the call.")
STAFF_SECOND_PHONE = N_("From a second phone: %(call)s.")
STAFF_POISON = N_("Took too much or the wrong medicine, and awake: %(call)s joins the call.")
STAFF_ON_PURPOSE = N_("Did this on purpose: once help is on its way, join %(call)s to the call.")
STAFF_DONT = N_(
    "Don't hang up, transfer blind, put on hold, argue, promise secrecy, or give dose or method answers."
)
STAFF_AFTER = N_("Note the time and who took over in the patient's chart, never in the search tool.")


def card_for(assessment: Assessment, lines: CrisisLines, translate: Translate) -> Card | None:
    """Return the card that a reader sees above the results; None for a calm query."""
    if assessment.level == "crisis":
        return crisis_card(lines, translate)
    if assessment.level == "emergency":
        return emergency_card(lines, translate)
    return None


def staff_card_for(assessment: Assessment, lines: CrisisLines, translate: Translate) -> Card | None:
    """Return the call card for the one who has the caller on the line; None for a calm query."""
    if assessment.level == "crisis":
        return staff_crisis_card(lines, translate)
    if assessment.level == "emergency":
        return staff_emergency_card(lines, translate)
    return None


def crisis_card(lines: CrisisLines, translate: Translate) -> Card:
    """Return the card for a reader who may be thinking of suicide or self-harm."""
    return Card(
        kind="crisis",
        heading=translate(CRISIS_HEADING),
        lines=tuple(_crisis_lines(lines, translate)),
    )


def emergency_card(lines: CrisisLines, translate: Translate) -> Card:
    """Return the card for a medical emergency."""
    number = lines.emergency
    return Card(
        kind="emergency",
        heading=translate(EMERGENCY_HEADING) % {"number": number}
        if _href("tel", number)
        else translate(EMERGENCY_HEADING_LOCAL),
        lines=tuple(_emergency_lines(lines, translate)),
    )


def staff_crisis_card(lines: CrisisLines, translate: Translate) -> Card:
    """Return the call card for a caller who may be thinking of suicide or self-harm."""
    do = [
        Line(translate(STAFF_STAY)),
        Line(translate(STAFF_ASK)),
        Line(translate(STAFF_CLINICIAN)),
        _services_line(translate(STAFF_RESCUE), lines, translate),
    ]
    if lifeline := _phone("%(number)s", "tel", lines.lifeline):
        do.append(_with_links(translate(STAFF_LIFELINE), call=lifeline))
    return _staff_card("staff-crisis", STAFF_CRISIS_HEADING, STAFF_CRISIS_SAY, do, translate)


def staff_emergency_card(lines: CrisisLines, translate: Translate) -> Card:
    """Return the call card for a caller who reports a medical emergency."""
    do = [
        _services_line(translate(STAFF_SECOND_PHONE), lines, translate),
        Line(translate(STAFF_STAY)),
        Line(translate(STAFF_ASK)),
        Line(translate(STAFF_CLINICIAN)),
    ]
    if poison := _phone(translate(POISON_CALL), "tel", lines.poison):
        do.append(_with_links(translate(STAFF_POISON), call=poison))
    if lifeline := _phone("%(number)s", "tel", lines.lifeline):
        do.append(_with_links(translate(STAFF_ON_PURPOSE), call=lifeline))
    return _staff_card("staff-emergency", STAFF_EMERGENCY_HEADING, STAFF_EMERGENCY_SAY, do, translate)


def card_as_text(card: Card) -> str:
    """Return the card as lines of plain text, ending with a line break."""
    texts = [card.heading, *(line.text for line in card.lines)]
    for step in card.steps:
        texts += [f"{step.heading.upper()}:", *(f"  {line.text}" for line in step.lines)]
    return "\n".join(texts) + "\n"


def card_as_json(card: Card) -> dict[str, Any]:
    """Return the card's text and links as JSON takes them, for a host that shows it itself."""
    return {
        "kind": card.kind,
        "heading": card.heading,
        "lines": [_line_as_json(line) for line in card.lines],
        "steps": [
            {
                "name": step.name,
                "heading": step.heading,
                "lines": [_line_as_json(line) for line in step.lines],
            }
            for step in card.steps
        ],
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "lang": line.lang,
        "links": [{"label": link.label, "href": link.href} for link in line.links],
    }


def _crisis_lines(lines: CrisisLines, translate: Translate) -> Iterator[Line]:
    yield Line(translate(CRISIS_HELP))
    ways = [
        _phone(translate(CALL), "tel", lines.lifeline),
        _phone(translate(TEXT), "sms", lines.lifeline),
        _chat(translate(CHAT), lines.lifeline_chat),
    ]
    links = tuple(link for link in ways if link)
    if links:
        yield Line(" · ".join(link.label for link in links), links)
    if _href("tel", lines.lifeline):
        terms = [translate(CRISIS_TERMS)]
        if lines.lifeline_veterans:
            terms.append(translate(CRISIS_VETERANS) % {"digit": lines.lifeline_veterans})
        yield Line(" ".join(terms))
        spanish = []
        if lines.lifeline_spanish:
            spanish.append(SPANISH_CALL % {"number": lines.lifeline, "digit": lines.lifeline_spanish})
        if lines.lifeline_spanish_text:
            spanish.append(SPANISH_TEXT % {"number": lines.lifeline, "word": lines.lifeline_spanish_text})
        if spanish:
            yield Line(f"En español: {', o '.join(spanish)}.", lang="es")
    yield _services_line(translate(CRISIS_DANGER), lines, translate)
    call = _phone(translate(CALL_INSIDE), "tel", lines.local)
    text = _phone(translate(TEXT_INSIDE), "sms", lines.local)
    if call and text:
        place = lines.local_name.strip()
        local = translate(CRISIS_LOCAL if place else CRISIS_LOCAL_UNNAMED)
        yield _with_links(local, values={"place": place}, call=call, text=text)


def _emergency_lines(lines: CrisisLines, translate: Translate) -> Iterator[Line]:
    # Alone in its line, so that it is shown as a button: hands may shake.
    if call := _phone(translate(CALL), "tel", lines.emergency):
        yield Line(call.label, (call,))
    yield _services_line(translate(EMERGENCY_SIGNS), lines, translate)
    if poison := _phone(translate(POISON_CALL), "tel", lines.poison):
        yield _with_links(translate(EMERGENCY_POISON), call=poison)
    call = _phone(translate(CALL_INSIDE), "tel", lines.lifeline)
    text = _phone(translate(TEXT_INSIDE), "sms", lines.lifeline)
    if call and text:
        known = bool(_href("tel", lines.emergency))
        yield _with_links(
            translate(EMERGENCY_ON_PURPOSE if known else EMERGENCY_ON_PURPOSE_LOCAL),
            values={"emergency": lines.emergency},
            call=call,
            text=text,
        )
    yield Line(translate(EMERGENCY_UNWATCHED))


def _staff_card(kind: Kind, heading: str, say: str, do: list[Line], translate: Translate) -> Card:
    lines: dict[StepName, tuple[Line, ...]] = {
        "say": (Line(translate(say)),),
        "do": tuple(do),
        "dont": (Line(translate(STAFF_DONT)),),
        "after": (Line(translate(STAFF_AFTER)),),
    }
    steps = tuple(Step(name, translate(STEP_HEADINGS[name]), lines[name]) for name in lines)
    return Card(kind=kind, heading=translate(heading), lines=(), steps=steps)


def _services_line(template: str, lines: CrisisLines, translate: Translate) -> Line:
    """Return `template` with a link to the emergency number, or with words where there is none."""
    if link := _phone(translate(CALL_INSIDE), "tel", lines.emergency):
        return _with_links(template, call=link)
    return Line(template % {"call": translate(LOCAL_SERVICES)})


def _with_links(template: str, *, values: dict[str, str] | None = None, **links: Link) -> Line:
    """Return the line made of `template`, each of `links` at the placeholder of its name."""
    labels = {name: link.label for name, link in links.items()}
    return Line(template % {**(values or {}), **labels}, tuple(links.values()))


def _phone(template: str, scheme: str, number: str) -> Link | None:
    """Return the link labelled by `template`; None where `number` holds no digits to dial."""
    href = _href(scheme, number)
    return Link(template % {"number": number}, href) if href else None


def _href(scheme: str, number: str) -> str:
    digits = "".join(char for char in number if char in "0123456789+")
    return f"{scheme}:{digits}" if digits else ""


def _chat(template: str, address: str) -> Link | None:
    # Only https: whoever reads along on the way must learn nothing.
    site = address.removeprefix("https://").partition("/")[0].removeprefix("www.")
    if not address.startswith("https://") or not site:
        return None
    return Link(template % {"site": site}, address)
