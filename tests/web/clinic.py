"""A tiny clinic to test the doors with: one article of five answers, one imported answer, one withdrawn."""

from datetime import date
from pathlib import Path

from kb.content.documents import Block, BlockKind, Document, Metadata
from kb.content.entries import Entry
from kb.content.terms import Term
from kb.search.building import build
from kb.search.generation import Contents
from kb.settings import Clinic, Disclosure, Settings, read_settings
from tests.conftest import ROOT

SECRET_KEY = b"a key of the tests, not of any site"

CRISIS_QUERY = "I can't go on. Infusion?"
EMERGENCY_QUERY = "my son overdosed after an infusion"
MEANS_QUERY = "painless way to die with an infusion"

TITLE = "Ketamine infusions"
BLOCKS: tuple[tuple[BlockKind, str], ...] = (
    ("heading", TITLE),
    ("heading", "How well does ketamine work?"),
    ("paragraph", "Ketamine helps as many as 70% of people. Tell us if your mood <drops> again."),
    ("heading", "Can I drive home?"),
    ("paragraph", "Do not drive until the next day. Ask someone to take you home."),
    ("heading", "What should I bring?"),
    ("list_item", "A list of your medicines."),
    ("list_item", "Warm socks for the infusion."),
    ("heading", "How long does an infusion take?"),
    ("paragraph", "An infusion takes 40 minutes. You rest with us afterwards."),
    ("heading", "May I bring music?"),
    ("paragraph", "Yes. Quiet music helps many people through an infusion."),
)


def _document() -> Document:
    text, blocks = "", []
    for kind, words in BLOCKS:
        start = len(text)
        text += words + "\n"
        html = words.replace("<", "&lt;").replace(">", "&gt;")
        level = (1 if words == TITLE else 2) if kind == "heading" else int(kind == "list_item")
        group = int(kind == "list_item")
        blocks.append(Block(start, start + len(words), kind, html, level=level, group=group))
    about = Metadata(title=TITLE, source="Ketamine infusions", updated_on=date(2026, 3, 1))
    return Document("infusions.md", text.rstrip("\n"), tuple(blocks), about)


DOCUMENT = _document()


def _entry(entry_id: str, question: str, answer: str, **values: object) -> Entry:
    start = DOCUMENT.text.index(answer)
    fields = {
        "article": DOCUMENT.name,
        "start": start,
        "end": start + len(answer),
        "status": "published",
        "source": "Ketamine infusions",
    }
    return Entry(id=entry_id, question=question, answer=answer, **(fields | values))  # type: ignore[arg-type]


WORKS = _entry(
    "200001",
    "How well does ketamine work?",
    BLOCKS[2][1],
    focus="ketamine",
    qtype="effectiveness",
    short="Ketamine helps as many as 70% of people.",
    updated_on=date(2026, 3, 1),
)
DRIVE = _entry(
    "200002",
    "Can I drive home?",
    BLOCKS[4][1],
    short="Do not drive until the next day.",
    alt_questions=("Can I drive home after a ketamine infusion?",),
    say_this="Please don't drive until tomorrow. Is there someone who can take you home?",
    do_not_say="You will be fine to drive.",
    hand_off="The nurse on duty",
    reviewed_by="A. Clinician",
    reviewed_on=date(2026, 2, 3),
)
THINGS = f"{BLOCKS[6][1]}\n{BLOCKS[7][1]}"
BRING = _entry("200003", "What should I bring?", THINGS, short=THINGS)
LONG = _entry("200004", "How long does an infusion take?", BLOCKS[9][1])
MUSIC = _entry("200005", "May I bring music?", BLOCKS[11][1])
IMPORTED = Entry(
    id="FAQ-7",
    article="faq.csv",
    question="¿Puedo comer antes?",
    answer="No coma cuatro horas antes.",
    start=0,
    end=27,
    lang="es",
    status="published",
    source="https://www.example.org/faq",
)
ENTRIES = (WORKS, DRIVE, BRING, LONG, MUSIC, IMPORTED)

# Two medicines whose names look alike: which of them "hydrolazine" means is asked.
LOOK_ALIKES = (Term(name="hydroxyzine", kind="drug"), Term(name="hydralazine", kind="drug"))

# Withdrawn ids, with what replaced them.
GONE = {"100010": "200004", "100011": ""}


def settings(**changes: object) -> Settings:
    """Return the settings of the project with a telephone and one site that embeds."""
    defaults = {
        "clinic": Clinic(name="Tiny Clinic", phone="617-555-0100", hours="Monday to Friday, 9 to 5"),
        "disclosures": (
            Disclosure(
                terms=("ketamine",), text="Ketamine is not FDA-approved for depression.", source="FDA, 2023"
            ),
        ),
        "embedding_sites": ("https://www.example.org",),
    }
    return read_settings(ROOT / "kb.toml").model_copy(update=defaults | changes)


def build_index(folder: Path) -> None:
    """Build a generation of the tiny clinic in `folder`."""
    build(folder, Contents(ENTRIES, lambda: [DOCUMENT], lambda: GONE, dict, LOOK_ALIKES))
