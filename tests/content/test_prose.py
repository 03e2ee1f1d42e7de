"""Prose that no heading names: what each paragraph is asked, in the order of what tells most."""

import re

import pytest

from kb.content.reading import read_text
from kb.content.splitting import split_entries
from kb.content.splitting.phrases import main_phrase
from kb.content.splitting.statements import spoken
from kb.content.splitting.turning import turned_question

GOUT = """# Living with gout

Gout is a form of arthritis that comes in attacks. People with gout often have a swollen toe. Symptoms of gout come
at night.

"""


def asked(source: str, name: str = "article.md") -> dict[str, str]:
    """Return for each question the first words of its answer."""
    return {
        entry.question: " ".join(entry.answer.split()[:4]) for entry in split_entries(read_text(name, source))
    }


def test_paragraph_is_asked_of_the_kind_that_its_words_belong_to() -> None:
    told = asked(
        GOUT
        + "After two visits to the surgery, the doctor ordered a blood test to look for crystals, and the X-ray and "
        "the scan confirmed the diagnosis.\n"
    )
    assert told["How is gout diagnosed?"] == "After two visits to"


def test_nobody_is_asked_about_whom_an_article_quotes_or_tells_of() -> None:
    told = asked(
        GOUT + "Marlow was tired of the pain in his foot. Marlow said the nights were long.\n\n"
        "The woman went back to the ward twice last year with the same swollen knee.\n"
    )
    assert [question for question in told if "Marlow" in question or "woman" in question] == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "“Common signs of an ear infection are scratching,” says the vet.",
            "Common signs of an ear infection are scratching",
        ),
        (
            "“Common signs of an ear infection are scratching,” explains Ada Vane.",
            "Common signs of an ear infection are scratching",
        ),
        ("He called it “the great itch” of the year.", "He called it “the great itch” of the year."),
    ],
)
def test_quoted_sentence_is_read_without_its_speaker(sentence: str, words: str) -> None:
    assert spoken(sentence) == words


def test_word_that_asks_in_front_of_a_paragraph_is_its_question() -> None:
    told = asked(
        "# Eye exams\n\nGlasses come after eye exams. Here is what there is to say about eye exams:\n\n"
        "Who — Everyone needs regular eye exams, with or without glasses.\n\n"
        "Why — Many changes in the eye are found early at eye exams.\n\n"
        "When — Adults come every two years, and more often from sixty.\n"
    )
    assert told["Who needs eye exams?"] == "Who — Everyone needs"
    assert told["Why are eye exams important?"] == "Why — Many changes"
    assert told["When should I have eye exams?"] == "When — Adults come"


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("You must rest for two days.", "Do I have to rest for two days?"),
        ("Rye bread keeps well because its crumb holds water.", "Why does rye bread keep well?"),
        (
            "Rye bread does not keep well because of the heat.",
            "Does rye bread keep well because of the heat?",
        ),
        ("Rye is sturdy, and its flour is grey.", "Is rye sturdy?"),
    ],
)
def test_statement_is_turned_round(sentence: str, question: str) -> None:
    assert turned_question(sentence) == question


def test_long_statement_is_no_question_but_the_thing_it_names_is() -> None:
    told = asked(
        "# Rye\n\nRye is a grain of cold lands, and rye bread is heavy.\n\n"
        "The old mills along the river behind the market of our town once had to close their gates for many a winter week "
        "when ice came down from the hills. Then the old mills stood still.\n"
    )
    assert told["What about old mills?"] == "The old mills along"


@pytest.mark.parametrize(
    ("passage", "phrase"),
    [
        ("Cold packs ease pain. Wrap the cold packs in cloth.", "Cold packs"),
        ("Have your regular checks twice a year. Nothing else is needed.", "regular checks"),
        ("The scan takes an hour. A nurse stays near.", "The scan"),
        ("Nothing helped. Everyone slept.", ""),
    ],
)
def test_passage_speaks_of_a_thing(passage: str, phrase: str) -> None:
    assert main_phrase(passage, ["gout"]).lower() == phrase.lower()


def test_heading_stands_on_top_of_numbered_lines() -> None:
    source = (
        "Before your surgery\n\nThese lines help you to plan the surgery and the days around the surgery.\n\n"
        "Instructions on food.\na. Have a light meal in the evening before the surgery.\nb. Do not drink wine.\n"
        "Medications\n1. Take your blood pressure tablets in the morning.\n2. Ask us about herbal tea.\n"
    )
    told = asked(source, "leaflet.txt")
    assert told["What are the instructions on food?"] == "a. Have a light"
    assert [answer for answer in told.values() if answer.startswith("1.")] == ["1. Take your blood"]


def test_what_an_article_is_about_is_no_verb_no_site_and_no_source() -> None:
    def subject(title: str, text: str) -> str:
        return split_entries(read_text("a.md", f"# {title}\n\n{text}\n"))[0].focus

    assert (
        subject(
            "How to remove rust and keep it off your tools", "Rust is slow. Oil keeps rust away from a saw."
        )
        == "rust"
    )
    assert (
        subject("Kids Teeth Land", "At Kids Teeth Land, we like braces. Braces are glued. Clean your braces.")
        == "braces"
    )
    assert (
        subject(
            "How I proved that dizziness was more than a long week at work",
            "Iron deficiency is common. Iron makes blood. Much iron is in beans. Iron deficiency makes people pale.",
        )
        == "iron deficiency"
    )


def test_paragraph_that_begins_with_the_subject_says_what_it_is() -> None:
    told = asked(
        "# Knot gardens\n\nA knot garden is common in old parks and often lies behind the house of the owner himself, where "
        "it was seen from above.\n"
    )
    assert list(told) == ["What are knot gardens?"]


def test_what_follows_a_question_in_a_title_is_no_part_of_it() -> None:
    told = asked(
        "# Can I run with a sore knee? Our trainer answers your letters\n\nRest the knee first, and run when it is well.\n"
    )
    assert list(told) == ["Can I run with a sore knee?"]


def test_sentence_that_is_a_paragraph_in_news_is_a_part_of_the_one_before() -> None:
    told = asked(
        "# Rust\n\nRust is a crust on iron that comes of water and air. It comes first where paint is chipped.\n\n"
        "The old bridge by the mill shows a brown bloom on each of its rivets in a wet spring.\n"
    )
    assert list(told) == ["What is rust?"]


def test_fax_and_mail_are_ways_to_reach_someone_whatever_is_asked_above() -> None:
    told = asked(
        "# Sore feet\n\n## How can I care for my feet?\n\nWash your feet each day, and dry them well.\n\n"
        "### Fax\n\n617-555-0100\n"
    )
    assert told == {
        "How can I care for my feet?": "Wash your feet each",
        "How can I contact you?": "617-555-0100",
    }


def test_second_line_of_a_title_is_no_heading_of_all_that_follows() -> None:
    told = asked(
        "# New bridge opens\n\n## The council says the old one was beyond repair\n\n"
        "The new bridge is a span of steel and larch. It took two years to build.\n\n"
        "In a survey of 300 riders, 210 said they would use the bridge. That is 70% of riders.\n\n"
        "The market square gets a fountain too. A sculptor from the valley carves it in the summer months.\n\n"
        "The ferry stops in autumn. The ferry had carried people over the river since the old bridge was shut.\n\n"
        "Cyclists get a lane of their own. The lane leads on to the school and the railway station behind it.\n"
    )
    assert len(told) > 2


def test_what_is_the_readers_own_is_no_remedy() -> None:
    told = asked(
        "# Asthma\n\nAsthma is a disease of the airways. People with asthma cough at night.\n\n"
        "## Asthma treatment\n\n### Your inhaler technique\n\n"
        "Your inhaler technique matters. Ask the nurse to watch how you breathe in.\n"
    )
    assert [question for question in told if "used to treat" in question] == []


def test_a_letter_that_is_a_name_keeps_its_capital() -> None:
    told = asked(
        "# Vitamin D and You\n\n## D Deficiency in Winter\n\nD deficiency is common in winter, when days are short.\n"
    )
    assert [question for question in told if " d " in question] == []


def test_steps_of_a_how_to_are_one_answer() -> None:
    told = asked(
        "# How to Build a Raft\n\nRafts are easy to build and float on nearly any pond in the land.\n\n"
        "What You'll Need:\n\n- Four logs\n- A rope\n\n"
        "Step 1\n\nLay the logs side by side.\n\nStep 2\n\nTie them with the rope.\n\nStep 3\n\nPush the raft into the pond.\n"
    )
    assert told["What do I need for rafts?"].startswith("What You'll Need:")
    assert told["How do I build a raft?"] == "Step 1 Lay the"
    assert not any(answer.startswith(("Tie", "Push")) for answer in told.values())


@pytest.mark.parametrize(
    "heading", ["Do not", "Don't", "Never", "Avoid", "What not to do", "Please do not:", "Things to avoid"]
)
def test_what_a_heading_forbids_is_never_said_without_it(heading: str) -> None:
    entries = split_entries(
        read_text(
            "article.md",
            "# Rope ladders\n\nRope ladders hang from a beam. They are light.\n\n"
            f"## {heading}\n\n- Climb it in the rain.\n- Let two people climb at once.\n",
        )
    )
    answer = f"{heading}\nClimb it in the rain.\nLet two people climb at once."
    assert [entry.answer for entry in entries[1:]] == [answer]
    assert entries[1].short == answer
    assert re.search(r"\b(?:not|avoid)\b", entries[1].question)
