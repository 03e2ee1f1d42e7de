"""Reading: files become Documents, word for word."""

import io
import json
import zipfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.content.documents import Document, PublishedQuestion
from kb.content.reading import read_bytes, read_document, read_text, unknown_keys
from kb.errors import KbError

GOLDEN = Path(__file__).parents[1] / "golden"


def as_written(document: Document) -> dict[str, Any]:
    """Return a document as its golden file holds it: each block with its text, values that say nothing left out."""
    metadata = {
        key: str(value) if isinstance(value, date) else value
        for key, value in asdict(document.metadata).items()
    }
    blocks = [{"text": document.text_of(block), **asdict(block)} for block in document.blocks]
    for block in blocks:
        del block["start"], block["end"]
    return {
        "metadata": {key: value for key, value in metadata.items() if value},
        "published_questions": [asdict(pair) for pair in document.published_questions],
        "blocks": [{key: value for key, value in block.items() if value} for block in blocks],
    }


@pytest.mark.parametrize("name", ["parking.md", "visits.html", "shoes.txt"])
def test_article_is_read_as_its_golden_document(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.document.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(as_written(read_document(GOLDEN / name))))
    assert found == expected


def texts(document: Document) -> list[str]:
    return [document.text_of(block) for block in document.blocks]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Café – 5 °C".encode(), "UTF-8"),
        ("Café – 5 °C".encode("utf-8-sig"), "UTF-8 with a mark"),
        ("Café – 5 °C".encode("utf-16"), "UTF-16"),
        ("Café – 5 °C".encode("windows-1252"), "Windows-1252"),
    ],
)
def test_every_usual_encoding_is_read(data: bytes, encoding: str) -> None:
    assert read_bytes("cafe.txt", data).text == "Café – 5 °C", encoding


def test_page_in_the_encoding_it_declares_is_read() -> None:
    page = '<meta charset="iso-8859-7"><p>Καλημέρα</p>'.encode("iso-8859-7")
    assert read_bytes("greek.html", page).text == "Καλημέρα"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert texts(read_text("a.txt", "One.\r\n\r\nTwo.\r\n")) == ["One.", "Two."]


def test_soft_hyphens_and_zero_width_spaces_are_not_text() -> None:
    assert read_text("a.html", "<p>medi&shy;cine for\u200b you</p>").text == "medicine for you"


def test_markdown_inside_template_tags_is_read() -> None:
    source = (
        "{% extends 'page' %}{% block content %}{% markdown %}\n# Lice\n\n- one\n- two\n"
        "{% endmarkdown %}{% endblock %}"
    )
    document = read_text("lice.html", source)
    assert [(block.kind, document.text_of(block)) for block in document.blocks] == [
        ("heading", "Lice"),
        ("list_item", "one"),
        ("list_item", "two"),
    ]


def test_markdown_inside_a_container_of_html_is_read() -> None:
    source = (
        '<div class="alert">\n<h3>If you are <em>ill</em></h3>\nStay **home**.\n\n- rest\n- drink\n'
        "</div>\n\nEnd."
    )
    document = read_text("ill.md", source)
    assert [(block.kind, document.text_of(block)) for block in document.blocks] == [
        ("heading", "If you are ill"),
        ("paragraph", "Stay home."),
        ("list_item", "rest"),
        ("list_item", "drink"),
        ("paragraph", "End."),
    ]


def test_heading_mark_without_a_space_or_without_text_makes_a_heading() -> None:
    document = read_text("a.md", "##Causes\n\nMany.\n\n###\n\nRarer causes\n\nFew.\n\n##\n")
    assert [(block.kind, block.level, document.text_of(block)) for block in document.blocks] == [
        ("heading", 2, "Causes"),
        ("paragraph", 0, "Many."),
        ("heading", 3, "Rarer causes"),
        ("paragraph", 0, "Few."),
    ]


def test_line_that_heads_its_paragraph_is_a_heading_in_markdown() -> None:
    document = read_text(
        "ears.md", "# Dogs\n\nWhat it costs\n“A visit is 40 dollars,” says the vet, who sees many ears.\n"
    )
    assert [(block.kind, document.text_of(block)) for block in document.blocks] == [
        ("heading", "Dogs"),
        ("heading", "What it costs"),
        ("paragraph", "“A visit is 40 dollars,” says the vet, who sees many ears."),
    ]


def test_paragraph_that_a_page_sets_as_a_heading_is_a_paragraph() -> None:
    prose = "Rest is the best cure. " * 8
    document = read_text("rest.html", f"<h1>Rest</h1><h4>{prose}</h4>")
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "line", ['<p class="h4 blue">Costs</p>', '<div role="heading" aria-level="4">Costs</div>']
)
def test_paragraph_that_a_page_shows_as_a_heading_is_a_heading(line: str) -> None:
    document = read_text("visits.html", f"<h1>Visits</h1>{line}<p>A visit is free.</p>")
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("heading", 1),
        ("heading", 4),
        ("paragraph", 0),
    ]


def test_abbreviation_is_explained_in_words_without_any_mark() -> None:
    document = read_text("tms.md", "# Care\n\nWe offer TMS.\n\n*[TMS]: Magnetic treatment\n")
    assert [block.html for block in document.blocks] == [
        "Care",
        'We offer <abbr title="Magnetic treatment">TMS</abbr>.',
    ]


def test_way_back_is_no_title() -> None:
    assert read_text(
        "yin.txt", "< Back to all posts\n\nYin and cars\n\nA car needs water."
    ).metadata.title != ("< Back to all posts")


def test_unclosed_heading_does_not_take_the_page_in() -> None:
    document = read_text("a.html", f"<h2>Sleep <p>{'word ' * 100}</p><ul><li>one</li></ul>")
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph", "list_item"]


def test_table_that_lays_out_a_page_is_no_table() -> None:
    document = read_text(
        "a.html", "<table><tr><td>Menu</td><td><h2>Sleep</h2><p>Sleep well.</p></td></tr></table>"
    )
    assert [(block.kind, document.text_of(block)) for block in document.blocks] == [
        ("paragraph", "Menu"),
        ("heading", "Sleep"),
        ("paragraph", "Sleep well."),
    ]


def test_microdata_questions_are_published_questions() -> None:
    page = """<div itemscope itemtype="https://schema.org/Question"><h2 itemprop="name">Is it <b>safe</b>?</h2>
    <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
    <div itemprop="text"><p>Yes.</p><p>Mostly.</p></div></div></div>"""
    assert read_text("a.html", page).published_questions == (
        PublishedQuestion("Is it safe ?", "Yes. Mostly."),
    )


def test_broken_json_ld_is_no_question_and_no_error() -> None:
    page = '<script type="application/ld+json">{"@type": "Question", </script><p>Text.</p>'
    assert read_text("a.html", page).published_questions == ()


def test_spanish_article_that_does_not_say_so_is_spanish() -> None:
    text = "La prueba es gratis para los pacientes del centro. Usted no paga por una visita con el médico."
    assert read_text("a.txt", text).metadata.lang == "es"


def docx(body: str) -> bytes:
    """Return a Word file with this body in it."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
            "</Relationships>",
        )
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
        )
    return file.getvalue()


def test_word_file_keeps_headings_and_words() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Sleep</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Sleep </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>well.</w:t></w:r></w:p>"
    )
    document = read_bytes("sleep.docx", docx(body))
    assert [(block.kind, block.html) for block in document.blocks] == [
        ("heading", "Sleep"),
        ("paragraph", "Sleep <strong>well.</strong>"),
    ]
    assert document.metadata.title == "Sleep"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.md", b"", "a.md: holds no text: write the article into it, or delete the file"),
        ("a.txt", b" \n\t\n", "a.txt: holds no text: write the article into it, or delete the file"),
        (
            "a.html",
            b"<script>1</script>",
            "a.html: holds no text: write the article into it, or delete the file",
        ),
        (
            "a.html",
            b'<script type="application/ld+json">{"@type":"Question","name":"Is it?","acceptedAnswer":{"text":"No"}}'
            b"</script>",
            "a.html: holds its FAQ (1) only as data for machines, which readers do not see: "
            "write its answers into the page",
        ),
        (
            "a.html",
            b"<p><img src=x></p>",
            "a.html: holds pictures and no text: type the text of the pictures into the article",
        ),
        (
            "a.txt",
            b"\x00\x01\x02\x03\xff\xfe\x00\x81",
            "a.txt: is not text in an encoding that we know: save it as UTF-8",
        ),
        (
            "a.md",
            b"---\ntitle: Sleep\nsource: a: b\n---\nText.",
            "a.md:3: the front matter does not parse (mapping values are not allowed here): "
            'write it as "key: value", one a line',
        ),
        *(
            (
                "a.md",
                b"\n---\ntitle: Sleep\nsource: A\n" + line + b"\n---\nText.",
                f"a.md:5: {problem}",
            )
            for line, problem in (
                (
                    b"updated_on: soon",
                    'updated_on "soon" is no date: write it as 2026-11-23, or remove the line',
                ),
                (
                    b"review_due: 23/11/2026",
                    'review_due "23/11/2026" is no date: write it as 2026-11-23, or remove the line',
                ),
                (
                    b"reviewed_by: 12",
                    'reviewed_by "12" is no name: write the person\'s name, or remove the line',
                ),
                (b"lang: 7", 'lang "7" is no language: write its code, "en" or "es"'),
                (
                    b"reviewed_on: 2026-13-45",
                    'the front matter does not parse (month must be in 1..12): write it as "key: value", one a line',
                ),
            )
        ),
        (
            "a.md",
            b"---\ntitle: Sleep\n\n# Sleep\n\nText.",
            'a.md:1: the front matter has no end: close it with a line "---"',
        ),
        (
            "a.pdf",
            b"%PDF",
            "a.pdf: is in a format that we do not read: use one of .docx, .htm, .html, .markdown, .md, .txt",
        ),
    ],
)
def test_bad_file_is_named_with_its_remedy(name: str, data: bytes, message: str) -> None:
    with pytest.raises(KbError) as caught:
        read_bytes(name, data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "head", ["published: true", "date: 5 May", "reviewed_on:", "layout: post", "base: &b {title: A}\n<<: *b"]
)
def test_front_matter_of_other_programs_is_let_be(head: str) -> None:
    assert read_text("a.md", f"---\n{head}\n---\nText.").text == "Text."


def test_a_key_that_is_not_understood_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Sleep\nreviewed-on: 2026-11-23\nlayout: post\n---\nText.")
    assert [str(error) for error in unknown_keys(path)] == [
        f'{path}:3: "reviewed-on" is not understood: write "reviewed_on", or remove it',
        f'{path}:4: "layout" is not understood: see what is in docs/editor.md, or leave it',
    ]


def test_broken_word_file_is_named() -> None:
    with pytest.raises(
        KbError, match=r"^a\.docx: is not a Word file that can be read .*: open it in a word processor"
    ):
        read_bytes("a.docx", b"PK no zip")


def test_missing_and_oversized_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        KbError, match=r"none\.md: cannot be read \(No such file or directory\): check its name"
    ):
        read_document(tmp_path / "none.md")
    large = tmp_path / "large.txt"
    large.write_bytes(b"word " * 1_100_000)
    with pytest.raises(KbError, match=r"large\.txt: is 5\.5 MB; an article may have 5 MB: split it"):
        read_document(large)


def test_keywords_of_a_pages_data_are_its_tags() -> None:
    data = '{"@type": "MedicalWebPage", "keywords": ["gout", "joints"]}'
    page = f'<script type="application/ld+json">{data}</script><h1>Gout</h1><p>Text.</p>'
    assert read_bytes("gout.html", page.encode()).metadata.tags == ("gout", "joints")
