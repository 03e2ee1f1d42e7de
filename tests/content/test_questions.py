"""Questions made from sentences and headings, in the grammar that an editor lets pass."""

import pytest

from kb.content.reading import read_text
from kb.content.splitting import grammar, headings, split_entries, unasking
from kb.content.splitting.focus import subject_of
from kb.content.splitting.phrases import main_phrase
from kb.content.splitting.rules import Subject
from kb.content.splitting.statements import rule_question
from kb.content.splitting.turning import turned_question


def asked(source: str) -> dict[str, str]:
    """Return for each question the first words of its answer."""
    return {
        entry.question: " ".join(entry.answer.split()[:4])
        for entry in split_entries(read_text("article.md", source))
    }


@pytest.mark.parametrize(
    ("told", "as_asked"),
    [
        ("your knees thank you if you rest", "my knees thank me if I rest"),
        ("a fall may hurt you when you run", "a fall may hurt me when I run"),
        ("what you do in spring", "what I do in spring"),
        ("where you can go", "where I can go"),
    ],
)
def test_reader_to_whom_something_is_done_is_me(told: str, as_asked: str) -> None:
    assert grammar.as_asked(told) == as_asked


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Making a will helps your heirs.", "Does making a will help my heirs?"),
        ("A clear will can help your heirs.", "Can a clear will help my heirs?"),
        ("You do all the cooking.", "Do I do all the cooking?"),
        ("Nurses are likely to ask for a sample.", "Are nurses likely to ask for a sample?"),
        ("A garden can, no matter how big, be watered by hand.", None),
    ],
)
def test_statement_is_turned_round_by_its_verb(sentence: str, question: str | None) -> None:
    assert turned_question(sentence) == question


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Myth 3: Gout is a disease of kings", "Is gout a disease of kings?"),
        ("Myth: Gout is caused by wine", "Is gout caused by wine?"),
        ("Gout is a disease of kings", "What is gout?"),
    ],
)
def test_myth_is_asked_whether_it_is_so(heading: str, question: str) -> None:
    found = headings.proposals(heading, Subject("gout", "gout"), ("gout",))
    assert found[0].question == question


@pytest.mark.parametrize(
    ("condition", "question"),
    [
        ("If you feel dizzy, sit down", "What should I do if I feel dizzy?"),
        ("If you have any doubts please call us", "What should I do if I have any doubts?"),
        ("If you are pregnant", "What should I do if I am pregnant?"),
        ("If two stitches are missing, the scarf is narrower", "What happens if two stitches are missing?"),
        ("If you are like me, you have had enough of winter", None),
    ],
)
def test_condition_is_asked_by_what_follows_it(condition: str, question: str | None) -> None:
    assert unasking.condition_question(condition) == question


@pytest.mark.parametrize("heading", ["Stop smoking advice", "Regarding your visit", "Repeat prescriptions"])
def test_name_of_a_thing_is_no_order_and_no_doing(heading: str) -> None:
    assert unasking.imperative_question(heading) is None
    assert unasking.gerund_question(heading, Subject("gout", "gout")) is None


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Laser treatment has a success rate of 90%.", "How effective is laser treatment?"),
        ("The results showed a success rate of 90%.", "How effective is yoga?"),
        ("I had a success rate of 90%.", None),
    ],
)
def test_what_works_is_a_remedy(sentence: str, question: str | None) -> None:
    found = rule_question(sentence, Subject("yoga", "yoga", condition=False), ("yoga",))
    assert (found and found[0]) == question


def test_illness_is_not_asked_how_effective_it_is() -> None:
    found = rule_question("The results showed a success rate of 90%.", Subject("gout", "gout"), ("gout",))
    assert found is None


def test_what_a_leaflet_forbids_asks_who_should_not_and_keeps_its_heading() -> None:
    source = "# Zorbine\n\n## Do not take Zorbine if\n\nyou are allergic to it, or to what Zorbine contains."
    assert asked(source) == {"Who should not take Zorbine?": "Do not take Zorbine"}


def test_group_is_asked_whether_it_can_take_a_medicine() -> None:
    source = (
        "# Zorbine\n\n## How to take Zorbine\n\nTake Zorbine with water. Take Zorbine at night.\n\n"
        "## Children and teenagers\n\nChildren under twelve are given half a tablet of Zorbine at night."
    )
    assert list(asked(source)) == ["How do I take Zorbine?", "Can children and teenagers take Zorbine?"]


def test_medicines_are_asked_about_before_or_after_as_their_words_say() -> None:
    source = "# Knee surgery\n\n## Medications\n\nTake your usual tablets the morning of surgery with a sip of water."
    assert list(asked(source)) == ["What medications can I take before knee surgery?"]
    source = (
        "# Knee surgery\n\n## Medications\n\nTake the painkillers every six hours until the swelling is down."
    )
    assert list(asked(source)) == ["What medications can I take after knee surgery?"]


def test_reasons_to_be_seen_are_asked_for_as_the_heading_above_them_asks() -> None:
    source = (
        "# Hearing loss\n\n## When should I see a hearing specialist?\n\nThese are good reasons to go.\n\n"
        "### Sudden deafness\n\nSudden deafness that lasts for more than a day is a reason to see a doctor. The nurse and the doctor look."
    )
    assert list(asked(source))[-1] == "Should I see a hearing specialist about sudden deafness?"


def test_order_after_first_is_an_order() -> None:
    source = (
        "# Herbs\n\nHerbs are plants that cooks grow for their leaves.\n\n"
        "First, choose the right pot. All pots are not equal: the wide ones dry out in a day, the deep ones keep wet."
    )
    assert "How do I choose the right pot?" in asked(source)


def test_statement_that_says_what_the_subject_is_asks_what_it_is() -> None:
    source = "# Mumps\n\nMumps is an old foe of nursery schools in many northern towns."
    assert list(asked(source)) == ["What is mumps?"]


def test_dos_and_donts_are_asked_for_before_or_after_as_their_words_say() -> None:
    source = (
        "# Knee surgery\n\n## Do not\n\nDo not eat or smoke from midnight before your surgery.\n\n"
        "## Do\n\n- Wear wide trousers on the day of surgery.\n- Bring your crutches along with you."
    )
    assert list(asked(source)) == [
        "What should I not do before knee surgery?",
        "What should I do before knee surgery?",
    ]


def test_times_of_a_week_are_hours() -> None:
    source = (
        "# Riverside Ward\n\nMorning: 9:00 AM – 10:30 AM, evening: 6:00 PM – 8:00 PM\n\nWe welcome visitors."
    )
    assert "What are the visiting hours?" in asked(source)


def test_short_first_line_is_read_as_the_heading_that_it_is() -> None:
    source = (
        "Leaflet\n\nTake Zorbine at night.\n\nWhat Zorbine is\n"
        "Zorbine contains borine, which thins the blood of those who take Zorbine.\n"
    )
    entries = split_entries(read_text("a.txt", source))
    assert "What is Zorbine?" in [entry.question for entry in entries]


def test_heading_with_a_mark_is_put_as_a_question() -> None:
    source = "# Gout\n\n## How to treat your gout?\n\nRest the toe and drink water for a day or two."
    assert list(asked(source)) == ["How do I treat my gout?"]


def test_thing_is_named_with_what_it_is_always_said_of() -> None:
    assert main_phrase("It brings peace of mind, and we all want peace of mind.", ()) == "peace of mind"
    assert main_phrase("The impact of rain hurts. The impact is hard.", ()) == "the impact"


def test_what_is_felt_of_a_medicine_is_a_side_effect() -> None:
    source = (
        "# Zorbine\n\n## How to take Zorbine\n\nTake Zorbine with water. Take Zorbine at night.\n\n"
        "## What people report\n\nA headache, nausea, fatigue and a rash were seen with Zorbine by the doctors."
    )
    kinds = {entry.qtype for entry in split_entries(read_text("a.md", source))}
    assert "symptoms" not in kinds


def test_price_and_eligibility_are_asked_for_only_where_their_words_stand() -> None:
    club = "# The Choir\n\nThe choir is a group of thirty voices from the valley that sings in the town hall.\n\n"
    told = asked(
        f"{club}Old costumes cost much, new costs come with them, and late rehearsals add to costs of all kinds."
    )
    assert "How much does the choir cost?" not in told
    told = asked(
        f"{club}Singers aged 60 or older who live here, and those aged 12 to 17, sang twice as much this year."
    )
    assert "Who is eligible for the choir?" not in told


def test_number_of_a_pair_belongs_to_its_name() -> None:
    source = "# Signs of a one sided friendship\n\nA one sided friendship tires. In a one sided friendship one gives."
    assert subject_of(read_text("a.md", source)).name == "one sided friendship"
