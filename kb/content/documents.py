"""An article, read: its canonical text, and the blocks that it is made of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from kb.content.slugs import article_slug

BlockKind = Literal[
    "heading", "paragraph", "list_item", "table_row", "quote", "term", "definition", "summary"
]

Place = Literal["", "navigation", "header", "footer", "aside", "caption", "control", "notice"]
PLACES: frozenset[str] = frozenset(get_args(Place))


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader sees as one heading, paragraph, item of a list, or row of a table.

    `start` and `end` are code points into the document's text. `html` is the block's sanitised inline HTML
    (for a table row: its cells). `level` is 1 to 6 for headings and the depth of nesting, from 1, for list
    items; else 0. `group` numbers the list, table, definition list or `<details>` that the block belongs to,
    so that blocks that stand together stay together; 0 for none.

    The rest says how the page shows the block, for those who must tell an article from what stands around it:
    `place` is the part of the page (see PLACES), `strong` whether all of it is bold, `linked` the share of its
    letters that are links, in [0, 1], and `enclosure` numbers the `<details>`, or the definition that lists and
    paragraphs stand in; 0 for none. `lang` is the language that the page says a part of it is in, "" where it
    says that of the whole page only.
    """

    start: int
    end: int
    kind: BlockKind
    html: str
    level: int = 0
    group: int = 0
    ordered: bool = False
    place: Place = ""
    strong: bool = False
    linked: float = 0.0
    enclosure: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an article says of itself. Unknown values are empty; nothing here is guessed."""

    title: str = ""
    source: str = ""  # the address or the name of what the article's figures come from
    author: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    review_due: date | None = None
    published_on: date | None = None
    updated_on: date | None = None
    lang: str = "en"  # BCP 47
    focus: str = ""  # what the article is about, where it says so itself
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """A question and answer that the publisher marked up as such (FAQ JSON-LD or microdata)."""

    question: str
    answer: str  # its plain text, white space squeezed


Span = tuple[int, int]  # [start, end) in the text of a document, in code points
Reason = Literal["withdrawn", "checked"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Words that the article's page must not show: of an answer that was withdrawn, or that is being checked."""

    id: str  # of the entry
    reason: Reason
    spans: tuple[Span, ...]  # none where the article holds nothing like it any more


@dataclass(frozen=True, slots=True)
class Document:
    """One article file in canonical plain text.

    `text` holds the visible text of each block, white space inside a block squeezed to one space, blocks
    joined by one newline; so `text[block.start:block.end]` is a block's text, exactly.
    """

    name: str  # the file's name, "parking.md"
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    published_questions: tuple[PublishedQuestion, ...] = field(default=())
    withheld: tuple[Withheld, ...] = field(default=())  # by the entries file; a reader knows nothing of it

    @property
    def slug(self) -> str:
        return article_slug(self.name)

    def text_of(self, block: Block) -> str:
        return self.text[block.start : block.end]
