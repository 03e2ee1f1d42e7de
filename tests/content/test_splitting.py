"""Splitting: small articles in many styles, each with the entries that come of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.content.documents import Document
from kb.content.reading import read_document, read_text
from kb.content.splitting import explain_split, split_entries
from kb.content.splitting.drafting import short_answer
from kb.content.splitting.focus import as_subject
from kb.content.splitting.grammar import with_article
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.rules import Subject
from kb.content.splitting.statements import may_ask
from tests.conftest import ROOT

GOLDEN = Path(__file__).parents[1] / "golden"
ARTICLES = [
    "colonoscopy.md",
    "garden-waste.txt",
    "gout.txt",
    "grief.md",
    "heat-pumps.md",
    "naps.md",
    "sourdough.md",
    "sprain.txt",
    "swimming.txt",
    "thyroid.html",
    "tms.html",
]


def as_written(document: Document) -> dict[str, Any]:
    """Return what came of a document, as its golden file holds it."""
    split = explain_split(document)
    return {
        "entries": [
            {
                "question": entry.question,
                "qtype": entry.qtype,
                "focus": entry.focus,
                "short": entry.short,
                "flags": list(entry.flags),
                "answer": entry.answer,
            }
            for entry in split.entries
        ],
        "dropped": [[drop.reason, document.text[drop.start : drop.end]] for drop in split.dropped],
    }


@pytest.mark.parametrize("name", ARTICLES)
def test_article_is_split_into_its_golden_entries(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.entries.json").read_text(encoding="utf-8"))
    assert as_written(read_document(GOLDEN / name)) == expected


def asked(source: str, name: str = "article.md") -> list[tuple[str, str]]:
    """Return the question and the answer of each entry."""
    return [(entry.question, entry.answer) for entry in split_entries(read_text(name, source))]


def test_statement_heading_belongs_to_its_answer() -> None:
    source = "# Migraine\n\n## 1. Stress and lack of sleep can trigger a migraine.\n\nBoth change the brain."
    assert asked(source) == [
        (
            "What can trigger a migraine?",
            "1. Stress and lack of sleep can trigger a migraine.\nBoth change the brain.",
        )
    ]


def test_thing_under_risk_factors_is_asked_for_its_risk() -> None:
    source = (
        "# Gout\n\n## Risk factors\n\n### Exercise\n\nSitting all day raises uric acid. Exercise lowers it."
    )
    assert [question for question, _ in asked(source)] == ["How does exercise affect the risk of gout?"]


def test_question_in_markup_and_in_the_body_is_one_entry() -> None:
    page = """<script type="application/ld+json">{"@type": "Question", "name": "What is gout?",
    "acceptedAnswer": {"@type": "Answer", "text": "Gout is a kind of arthritis."}}</script>
    <h1>Gout</h1><h2>What is gout?</h2><p>Gout is a kind of arthritis.</p>"""
    assert asked(page, "gout.html") == [("What is gout?", "Gout is a kind of arthritis.")]


def test_details_and_accordions_are_questions() -> None:
    page = """<h1>Gout</h1><details><summary>Is gout painful?</summary><p>Yes. It hurts a lot.</p></details>
    <button aria-expanded="false">Can gout come back?</button><div><p>It often comes back within a year.</p></div>"""
    assert asked(page, "gout.html") == [
        ("Is gout painful?", "Yes. It hurts a lot."),
        ("Can gout come back?", "It often comes back within a year."),
    ]


def test_lead_in_stays_with_its_list_and_a_table_stays_whole() -> None:
    source = (
        "# Gout\n\nSymptoms of gout include:\n\n- pain\n- heat\n\n## Prices\n\n| Visit | Price |\n|---|---|\n"
        "| first | $90 |\n| next | $60 |\n"
    )
    assert asked(source) == [
        ("What are the symptoms of gout?", "Symptoms of gout include:\npain\nheat"),
        ("How much does treatment for gout cost?", "Visit Price\nfirst $90\nnext $60"),
    ]


def test_conditions_stay_with_what_they_qualify() -> None:
    source = (
        "# Bus passes\n\n## Fees\n\nThe fee depends on your age.\n\n### If you are under 18\n\nYou pay nothing.\n\n"
        "### If you are 18 or older\n\nYou pay $20 a year."
    )
    assert [question for question, _ in asked(source)] == ["How much do bus passes cost?"]


def test_answer_that_leans_on_other_words_is_flagged() -> None:
    source = "# Gout\n\n## How long does gout last?\n\nThis depends on the joint, as described above."
    assert [entry.flags for entry in split_entries(read_text("gout.md", source))] == [
        ("dangling-start", "points-elsewhere")
    ]


def test_crisis_line_is_an_entry_of_its_own_wherever_it_stands() -> None:
    source = (
        "# Grief\n\n## How can I find help?\n\nTalk to your doctor about a referral.\n\n"
        "If you are having thoughts of suicide, call or text 988."
    )
    assert asked(source)[1] == (
        "Who can I call if I am having thoughts of suicide?",
        "If you are having thoughts of suicide, call or text 988.",
    )


@pytest.mark.parametrize(
    "heading", ["", "## If you are in crisis\n\n", "## Does grief pass?\n\nYes, it does.\n\n"]
)
@pytest.mark.parametrize("between", ["\n\n", " "])
def test_telephone_of_the_clinic_is_no_part_of_a_crisis_line(heading: str, between: str) -> None:
    crisis = "If you think of suicide, call 988 now. In an emergency call 911."
    desk = "For an appointment call our front desk at 617-555-0182, Monday to Friday."
    answers = [answer for _, answer in asked(f"# Grief\n\n{heading}{crisis}{between}{desk}")]
    assert answers[-2:] == [crisis, desk]


def test_kind_of_a_question_is_not_that_of_what_is_cut_off_from_it() -> None:
    source = (
        "# Grief\n\n## Can I work with grief?\n\nA quiet day often eases it.\n\nIf you think of suicide, call 988.\n\n"
        "Call our front desk at 617-555-0182."
    )
    assert [(entry.question, entry.qtype) for entry in split_entries(read_text("a.md", source))] == [
        ("Can I work with grief?", "info"),
        ("Who can I call if I am having thoughts of suicide?", "crisis"),
        ("How can I contact you?", "contact"),
    ]


@pytest.mark.parametrize(
    ("answer", "flags"),
    [
        ("As mentioned in the section above, a little stinging is normal.", ("points-elsewhere",)),
        ("For the reasons given earlier, a little stinging is normal.", ("points-elsewhere",)),
        ("As we said before, a little stinging is normal.", ("points-elsewhere",)),
        ("Drops given earlier in the day sting a little.", ()),
        ("Drops given before an operation sting a little.", ()),
        ("You can use the following:", ("ends-before-its-list",)),
    ],
)
def test_answer_that_needs_what_stands_elsewhere_is_kept_and_flagged(
    answer: str, flags: tuple[str, ...]
) -> None:
    source = f"# Eye drops\n\n## Do all eye drops sting?\n\n{answer}\n\n## How often do I need them?\n\nTwice a day."
    first = split_entries(read_text("a.md", source))[0]
    assert (first.question, first.answer, first.flags) == ("Do all eye drops sting?", answer, flags)


def test_words_that_announce_subsections_are_still_no_answer() -> None:
    source = "# Eye drops\n\n## Which drops do I need?\n\nThat depends on this:\n\n### Dryness\n\nDryness needs artificial tears."
    assert "That depends on this:" not in [answer for _, answer in asked(source)]


def test_spanish_question_of_the_publisher_is_kept_and_no_other_is_made() -> None:
    source = (
        "# La gota\n\nLa gota es una forma de artritis que duele mucho.\n\n## Cómo se trata la gota?\n\n"
        "El médico puede recetar una medicina para el dolor.\n\n## Causas\n\nEl ácido úrico forma cristales."
    )
    assert asked(source) == [
        ("¿Cómo se trata la gota?", "El médico puede recetar una medicina para el dolor."),
    ]


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        ("Gout is a kind of arthritis. It hurts.", "Gout is a kind of arthritis."),
        ("Yes. Parents may sit by the pool. Bring a towel.", "Yes. Parents may sit by the pool."),
        ("Bring:\na towel\na cap", "Bring:\na towel\na cap"),
    ],
)
def test_short_answer_is_the_sentence_that_says_it(answer: str, short: str) -> None:
    assert short_answer(answer, "What is it about?") == short


def test_short_answer_to_a_number_has_the_number() -> None:
    answer = "Many people nap at work. In one survey, 44% said so. Some never do."
    assert short_answer(answer, "How common are naps?", "prevalence") == "In one survey, 44% said so."


def test_names_keep_the_capitals_that_the_article_gives_them() -> None:
    source = (
        "# Braces\n\nThe figure comes from the clinic Riverside Family Dental.\n\n"
        "## Riverside Family Dental can fit braces\n\nRiverside Family Dental fits braces in one visit.\n"
    )
    assert asked(source)[-1][0] == "Can Riverside Family Dental fit braces?"


def test_clause_that_contradicts_is_no_part_of_a_question() -> None:
    source = "# Naps\n\n## Naps do not replace sleep, but they can help you focus\n\nNaps are short.\n"
    assert asked(source)[0][0] == "Do naps replace sleep?"


def test_heading_in_the_order_of_a_clause_is_asked_in_the_order_of_a_question() -> None:
    source = "# Kennel cough\n\n## How dogs pick it up\n\nIt passes from dog to dog through the air.\n"
    assert asked(source)[0][0] == "How do dogs pick it up?"


def test_what_is_offered_in_a_place_is_no_order() -> None:
    source = "# Falls\n\n## Help in Riverside\n\nA class in Riverside meets on Mondays.\n"
    assert asked(source)[0][0] == "Where can I get help in Riverside?"


def test_two_things_to_do_are_both_asked_for() -> None:
    source = "# Growing garlic\n\n## Feeding and watering\n\nFeed in spring. Stop watering in June.\n"
    assert asked(source)[0][0] == "How do I feed and water garlic?"


def test_heading_over_orders_asks_what_to_do() -> None:
    source = "# Bulky waste\n\n## Missed collections\n\nReport a missed collection within two days.\n"
    assert asked(source)[0][0] == "What should I do about missed collections?"


def test_few_words_after_a_box_at_the_end_belong_to_the_box() -> None:
    source = (
        "# Gout\n\n## What is gout?\n\nGout is a form of arthritis.\n\nShare this page\n\nGood luck to you\n"
    )
    assert asked(source) == [("What is gout?", "Gout is a form of arthritis.")]


def test_story_in_a_title_leaves_the_subject_to_what_the_article_defines() -> None:
    source = (
        "# When the noise in your ears will not stop\n\nTinnitus is the sense of ringing in the ears. Tinnitus is a sign."
        "\n\n## A word on worry\n\nHearing and tinnitus change with stress. Hearing tires, hearing fails.\n"
    )
    assert {entry.focus for entry in split_entries(read_text("a.md", source))} == {"tinnitus"}


def test_a_title_that_only_names_the_site_is_not_the_subject() -> None:
    said = "Gout hurts at night. Many a doctor in Harlow has seen gout, and Harlow has a clinic for it. "
    source = (
        "# Harlow Today\n\n"
        + said
        + "Gout is treated with rest. With gout, drink water. Gout comes back. Gout is old.\n"
    )
    assert {entry.focus for entry in split_entries(read_text("a.md", source))} == {"gout"}


def test_the_subject_is_the_longest_term_that_is_meant() -> None:
    told = "The old rose bed needs water. An old rose bed likes shade. Dig the old rose bed in May. A rose is cut in June.\n"
    source = "# Why an old rose bed is worth the trouble of keeping it alive and well\n\n" + told
    assert {entry.focus for entry in split_entries(read_text("a.md", source))} == {"old rose bed"}


def test_no_stretch_of_time_is_the_subject() -> None:
    weeks = "".join(
        f"## Weeks post surgery {number}\n\nBend the knee after knee surgery.\n\n" for number in range(1, 6)
    )
    entries = split_entries(read_text("a.txt", weeks))
    assert {entry.focus for entry in entries} <= {"knee surgery", "surgery", "knee"}


def test_name_of_the_subject_is_no_evidence_of_the_kind() -> None:
    names = ("treatment-resistant depression",)
    question = "How can treatment-resistant depression feel?"
    assert qtype_of(question, "People feel sad and cannot sleep.", names) == "symptoms"
    assert (
        qtype_of("Is it treatment-resistant depression?", "Treatment-resistant depression lifts.", names)
        == "info"
    )


def test_answer_outweighs_a_form_that_tells_little() -> None:
    assert qtype_of("Can I join?", "You are eligible if you qualify by age.") == "eligibility"
    assert qtype_of("Can I join?", "Yes.") == "self_care"


def test_statement_with_a_verb_of_its_own_is_no_topic() -> None:
    source = (
        "# Gout\n\n## The cause of your gout makes a difference.\n\nGout can come from food or from illness."
    )
    assert [question for question, _ in asked(source)] == ["Does the cause of my gout make a difference?"]


def test_order_against_a_failing_is_not_asked_the_other_way_round() -> None:
    source = "# Teeth\n\n## Don't forget the crown\n\nA tooth without a crown may break within a year or two."
    assert [question for question, _ in asked(source)] == ["Do I need the crown?"]


def test_nobody_is_asked_who_gets_what_is_no_illness() -> None:
    source = "# The Silver Plan\n\nFamilies are at higher risk of overpaying. Buyers with many cars pay more each year."
    assert not any("likely to get" in question for question, _ in asked(source))


def test_medicines_among_the_causes_are_no_remedy() -> None:
    source = "# Gout\n\n## Causes\n\n### Medicines\n\nWater pills raise the uric acid in your blood, and so may aspirin."
    assert [question for question, _ in asked(source)] == ["How do medicines cause gout?"]


def test_thing_that_its_words_do_not_define_is_not_asked_what_it_is() -> None:
    source = "# Hand luggage\n\n## Lighters\n\nOne of these lighters per person may be carried on a flight, in your pocket."
    assert [question for question, _ in asked(source)] == ["What about lighters?"]


def test_words_under_a_heading_that_speak_to_the_reader_are_kept() -> None:
    source = "# Hand luggage\n\n## Essential medicines\n\nYou are allowed to carry essential medicines of more than 100 ml."
    assert [answer for _, answer in asked(source)] == [
        "You are allowed to carry essential medicines of more than 100 ml."
    ]


def test_tips_of_another_field_are_no_self_care() -> None:
    article = (
        "# Sourdough\n\n## How to feed your starter\n\nDiscard half of it each day, and add flour and water."
    )
    assert [entry.qtype for entry in split_entries(read_text("bread.md", article))] == ["info"]


def test_lines_that_name_other_articles_are_left_out() -> None:
    source = (
        "# Gout\n\nGout is a form of arthritis that hurts.\n\n1\n\nWhy Cats Purr\n\n2\n\nHow Bees Fly Home"
    )
    assert asked(source) == [("What is gout?", "Gout is a form of arthritis that hurts.")]


def test_menu_ends_where_the_article_begins() -> None:
    source = (
        "<h1>Gout</h1><nav><h3>Table of contents</h3><ul><li>Rest</li></ul></nav>"
        "<p>Gout is a form of arthritis that hurts.</p>"
    )
    assert asked(source, "gout.html") == [("What is gout?", "Gout is a form of arthritis that hurts.")]


def test_contact_section_that_says_first_what_there_is_is_two_entries() -> None:
    source = (
        "# Gout\n\n## Contact Riverside Joint Clinic\n\nRiverside Joint Clinic offers treatment of gout and of sprains. "
        "Contact us for a free consultation today."
    )
    assert asked(source) == [
        (
            "What does Riverside Joint Clinic offer?",
            "Riverside Joint Clinic offers treatment of gout and of sprains.",
        ),
        ("How do I contact Riverside Joint Clinic?", "Contact us for a free consultation today."),
    ]


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [
        ("second week", "a second week"),
        ("MRI scan", "an MRI scan"),
        ("X-ray", "an X-ray"),
        ("unit", "a unit"),
    ],
)
def test_article_is_the_one_that_the_sound_asks_for(noun: str, phrase: str) -> None:
    assert with_article(noun) == phrase


def test_question_that_ends_a_story_is_no_heading() -> None:
    source = "# Jaws\n\nI was in pain. But what about my jaw?\n\nA jaw is a joint that moves when you chew your food.\n"
    assert "But what about my jaw?" not in [question for question, _ in asked(source)]


def test_heading_of_two_aspects_is_two_entries_where_its_paragraphs_tell_them_apart() -> None:
    text = (
        "# Gout\n\n## Symptoms and Treatment\n\nCommon signs of gout are a red toe and sharp pain.\n\n"
        "{}Your doctor may prescribe a medicine, and treatment with tablets brings relief.\n"
    )
    assert asked(text.format("")) == [
        ("What are the symptoms of gout?", "Common signs of gout are a red toe and sharp pain."),
        (
            "How is gout treated?",
            "Your doctor may prescribe a medicine, and treatment with tablets brings relief.",
        ),
    ]
    together = asked(text.replace("\n\n{}", " "))
    assert [question for question, _ in together] == ["What are the symptoms and treatment of gout?"]


@pytest.mark.parametrize(
    ("sentence", "may"),
    [
        ("Call 988 at any hour.", True),
        ("The risks of a crisis line are few.", True),  # a rule without a kind of its own
        ("Rest helps most people.", False),
    ],
)
def test_sentence_may_ask_of_a_crisis_where_a_rule_could_say_so(sentence: str, may: bool) -> None:
    assert may_ask(sentence, {"crisis"}, ("gout",)) is may


def test_thing_gets_its_article_from_every_line_that_names_it() -> None:
    text = (
        "A Crown is a cap.\nIt lasts.\nThe dentist fits a crown\nEach crown is paid for, as crowns are dear"
    )
    assert as_subject("crown", text) == Subject("crown", "crowns")


def test_splitting_loads_neither_a_database_nor_a_toolkit_of_languages() -> None:
    script = (
        "import sys, indexer\n"
        "from kb.content.reading import read_text\n"
        "from kb.content.splitting import split_entries\n"
        "split_entries(read_text('gout.md', '# Gout\\n\\nGout is a form of arthritis that causes pain.'))\n"
        "print(sorted({'nltk', 'scipy', 'sqlalchemy', 'textblob'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_one_heading_over_a_whole_article_does_not_make_one_answer_of_it() -> None:
    told = [
        "Damp lets mould grow behind every cupboard, and its dust makes the lungs of small children work harder than they should.",
        "Damp also costs money. A wall that is wet lets twice as much warmth through, and the bill in spring shows it to everybody.",
        "Wood swells in damp air. Doors stick first, then windows, and at last the floor lifts in the corners of the room itself.",
        "Paper suffers too. Books that stand on an outer wall bend within weeks, and the glue in their spines turns to dust.",
        "Clothes in a damp cupboard smell after a month, and no washing takes the smell out of wool or of leather any more.",
    ]
    long = [
        f"{one} That is what we see in a hundred old houses each year, from the cellar up." for one in told
    ]
    source = "Harlow Homes\n\nEffects of damp\n\n" + "\n\n".join(long) + "\n"
    entries = split_entries(read_text("a.txt", source))
    assert [entry.answer for entry in entries] == long
