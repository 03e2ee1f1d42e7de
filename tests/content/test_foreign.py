"""Other languages: the publisher's questions are kept as published, and no English one is made."""

import pytest

from kb.content.reading import read_text
from kb.content.reading.language import foreign_language_of, language_of
from kb.content.splitting import explain_split, split_entries

NONE_MADE = "no question of the publisher's, and none is made in this language"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Боль в спине бывает часто.", "ru"),
        ("Біль у спині буває часто, і її лікують.", "uk"),
        ("ألم الظهر شائع.", "ar"),
        ("כאב גב הוא נפוץ.", "he"),
        ("背痛很常见。", "zh"),
        ("腰の痛みはよくあります。", "ja"),
        ("요통은 흔합니다.", "ko"),
        ("Take ketamine (кетамин) in the clinic.", ""),
    ],
)
def test_script_tells_the_language(text: str, language: str) -> None:
    assert (language_of(text), foreign_language_of(text)) == (language, language)


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        ("¿Duele? Muy poco.", "es"),
        ("Deje su auto detrás del edificio, junto a la puerta azul.", "es"),
        ("Le gros orteil est rouge et chaud, et la douleur est vive.", "fr"),
        ("Take 10 mg per day, 20 mg per week and 40 mg per month.", ""),
        ("Ask for the Hospital de la Santa Cruz y San Pablo, which is in the city.", ""),
        ("Call us.", ""),
    ],
)
def test_passage_of_an_english_article_tells_its_language(passage: str, language: str) -> None:
    assert foreign_language_of(passage) == language


@pytest.mark.parametrize(
    ("article", "entry", "left_out"),
    [
        ("# Артрит\n\nЭто болезнь.\n\n## Что помогает?\n\nПокой и лёд.", ("Что помогает?", "Покой и лёд."), ["Это болезнь."]),
        ("# 关节炎\n\n这是一种病。\n\n## 什么有帮助？\n\n休息和冰敷", ("什么有帮助？", "休息和冰敷"), ["这是一种病。"]),
        ("# דלקת\n\nזו מחלה.\n\n## מה עוזר?\n\nמנוחה וקרח.", ("מה עוזר?", "מנוחה וקרח."), ["זו מחלה."]),
        ("# التهاب\n\nهذا مرض.\n\n## ما الذي يساعد؟\n\nالراحة والثلج.", ("ما الذي يساعد؟", "الراحة والثلج."), ["هذا مرض."]),
        (
            "---\nlang: fr\n---\n# Arthrite\n\nUne maladie.\n\n## Que faire ?\n\nDu repos.",
            ("Que faire ?", "Du repos."),
            ["Une maladie."],
        ),
    ],
)  # fmt: skip
def test_article_in_another_language_keeps_its_questions_and_gets_no_others(
    article: str, entry: tuple[str, str], left_out: list[str]
) -> None:
    document = read_text("a.md", article)
    split = explain_split(document)
    assert [(one.question, one.answer) for one in split.entries] == [entry]
    assert [(drop.reason, document.text[drop.start : drop.end]) for drop in split.dropped] == [
        (NONE_MADE, words) for words in left_out
    ]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("¿Puedo conducir después", "¿Puedo conducir después?"),
        ("Puedo conducir después?", "¿Puedo conducir después?"),
        ("¿Puedo conducir después?", "¿Puedo conducir después?"),
    ],
)
def test_spanish_question_gets_the_mark_that_was_forgotten(heading: str, question: str) -> None:
    for line in (f"## {heading}", f"**{heading}**"):
        source = f"---\nlang: es\n---\n# La infusión\n\n{line}\n\nNo. Alguien debe llevarle a casa."
        assert [(one.question, one.answer) for one in split_entries(read_text("a.md", source))] == [
            (question, "No. Alguien debe llevarle a casa.")
        ]


ENGLISH = (
    "<h1>Parking</h1><p>Parking at our clinic is free for the first two hours. Come in by the blue door at the back, and "
    "ask for a ticket that you can put in your car.</p>"
)


@pytest.mark.parametrize("mark", ['lang="es"', ""])
def test_spanish_part_of_an_english_page_gets_no_english_question(mark: str) -> None:
    part = (
        f"<section {mark}><h2>Estacionamiento</h2><p>Es gratis durante las dos primeras horas. Deje su auto "
        "detrás del edificio.</p><h2>¿Dónde entro?</h2><p>Por la puerta azul.</p></section>"
    )
    split = explain_split(read_text("a.html", ENGLISH + part))
    assert [(one.question, one.lang, one.alt_questions) for one in split.entries[1:]] == [
        ("¿Dónde entro?", "es", ())
    ]
    assert [drop.reason for drop in split.dropped] == [NONE_MADE]


def test_spanish_crisis_line_is_asked_for_in_spanish() -> None:
    line = "Si está pensando en el suicidio, llame al 988 ahora."
    for page in (f"{ENGLISH}<p>{line}</p>", f"{ENGLISH}<h2>Is it safe?</h2><p>Yes, it is.</p><p>{line}</p>"):
        entry = split_entries(read_text("a.html", page))[-1]
        assert (entry.question, entry.qtype, entry.lang, entry.answer) == (
            "¿A quién puedo llamar si pienso en el suicidio?",
            "crisis",
            "es",
            line,
        )
