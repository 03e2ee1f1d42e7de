"""Every rule of the splitter is proved by the case that stands beside it."""

from typing import Any

import pytest

from kb.content.entries import QTYPES
from kb.content.reading import read_text
from kb.content.splitting import headings, split_entries, statements
from kb.content.splitting.drafting import other_wordings
from kb.content.splitting.focus import subject_of
from kb.content.splitting.headings import Casing
from kb.content.splitting.kinds import is_shown, kind_by_name
from kb.content.splitting.pronouns import UNFIT, leans, named
from kb.content.splitting.prose import asked_of_kind
from kb.content.splitting.qtypes import qtype_of
from kb.content.splitting.rules import Subject, pattern, table
from kb.content.splitting.turning import is_asked_by_people
from kb.content.splitting.wellformed import faults

NAMES = Casing({"Riverside", "Dental"})


KINDS = {"condition", "medicine", "procedure", "thing"}


def kind_asked_of(rule: dict[str, Any]) -> str:
    return str(rule["of"][0]) if "of" in rule else ""


def of_others(name: str, key: str) -> list[Any]:
    return [
        pytest.param(rule, id=str(rule["case_of_others"][0]))
        for rule in table(name)[key]
        if "otherwise" in rule
    ]


def rules_of(name: str, key: str) -> list[Any]:
    return [pytest.param(rule, id=str(rule["case"][0])[:50]) for rule in table(name)[key]]


@pytest.mark.parametrize("rule", rules_of("headings", "heading"))
def test_heading_of_a_known_form_asks_what_its_rule_says(rule: dict[str, Any]) -> None:
    heading, focus, question = rule["case"]
    found = headings.proposals(heading, Subject(focus, focus, kind=kind_asked_of(rule)), (focus,), NAMES)
    assert (found[0].question, found[0].qtype) == (question, rule["qtype"])


@pytest.mark.parametrize("rule", rules_of("topics", "topic"))
def test_topic_heading_asks_for_its_aspect(rule: dict[str, Any]) -> None:
    heading, focus, question = rule["case"]
    found = headings.proposals(heading, Subject(focus, focus, kind=kind_asked_of(rule)), (focus,), NAMES)
    assert (found[0].question, found[0].qtype, found[0].how) == (question, rule["qtype"], "topic")


@pytest.mark.parametrize("rule", [*of_others("headings", "heading"), *of_others("topics", "topic")])
def test_heading_asks_something_else_of_a_subject_of_another_kind(rule: dict[str, Any]) -> None:
    heading, focus, question = rule["case_of_others"]
    for kind in sorted(KINDS - set(rule["of"])):
        found = headings.proposals(heading, Subject(focus, focus, kind=kind), (focus,), NAMES)
        assert found[0].question == question


@pytest.mark.parametrize("rule", rules_of("sentences", "sentence"))
def test_sentence_answers_the_question_of_its_rule(rule: dict[str, Any]) -> None:
    sentence, focus, question = rule["case"]
    qtype = rule["qtype"] or qtype_of(question, "")
    about = Subject(focus, focus, condition=rule.get("condition", not rule.get("procedure")))
    assert statements.rule_question(sentence, about, (focus,)) == (
        question,
        qtype,
        rule["weight"],
    )


@pytest.mark.parametrize(("name", "fault"), table("faults")["faults"].items())
def test_fault_is_found_where_it_is_and_only_there(name: str, fault: dict[str, Any]) -> None:
    assert name in faults(fault["case"])
    assert faults(fault["good"]) == []


@pytest.mark.parametrize("rule", rules_of("unasked", "unasked"))
def test_question_that_nobody_asks_is_refused_and_its_like_is_not(rule: dict[str, Any]) -> None:
    assert pattern(rule["pattern"]).search(rule["case"])
    assert not is_asked_by_people(rule["case"])
    assert is_asked_by_people(rule["good"])


@pytest.mark.parametrize("rule", rules_of("kinds", "kind"))
def test_paragraph_of_a_kind_asks_the_question_of_its_kind(rule: dict[str, Any]) -> None:
    subject, question = rule["case"]
    assert asked_of_kind(rule["question"], subject) == question
    assert faults(question) == []
    assert qtype_of(question, "", (subject,)) == rule["qtype"]


@pytest.mark.parametrize("text", table("kinds")["cases_of_health"])
def test_words_of_health_are_found(text: str) -> None:
    assert len(pattern(table("kinds")["health_words"]).findall(text)) == 2


@pytest.mark.parametrize(("text", "subject"), table("kinds")["cases_of_condition"])
def test_signs_that_a_subject_is_had_are_found(text: str, subject: str) -> None:
    assert len(pattern(table("kinds")["condition"].replace("<F>", subject)).findall(text)) == 2


@pytest.mark.parametrize("name", table("kinds")["cases_of_condition_names"])
def test_name_of_an_illness_is_known_by_its_last_word(name: str) -> None:
    assert pattern(table("kinds")["condition_names"]).search(name)


@pytest.mark.parametrize("rule", rules_of("qtypes", "spanish"))
def test_spanish_question_tells_its_kind(rule: dict[str, Any]) -> None:
    assert rule["qtype"] in QTYPES
    assert qtype_of(rule["case"], "") == rule["qtype"]


@pytest.mark.parametrize("rule", rules_of("qtypes", "question"))
def test_question_tells_its_kind(rule: dict[str, Any]) -> None:
    assert rule["qtype"] in QTYPES
    assert qtype_of(rule["case"], "") == rule["qtype"]


@pytest.mark.parametrize("rule", rules_of("qtypes", "answer"))
def test_answer_tells_the_kind_of_a_question_that_does_not(rule: dict[str, Any]) -> None:
    assert qtype_of("", rule["case"]) == rule["qtype"]


@pytest.mark.parametrize("kind", ["heading", "block"])
def test_furniture_is_known_by_its_words(kind: str) -> None:
    rules = table("furniture")[kind]
    unknown = [
        case for case in rules["cases"] if not any(pattern(one).fullmatch(case) for one in rules["patterns"])
    ]
    assert unknown == []


def test_whom_to_call_is_never_furniture() -> None:
    furniture = table("furniture")
    assert all(pattern(furniture["keep"]).search(case) for case in furniture["keep_cases"])


@pytest.mark.parametrize(("title", "focus"), table("focus")["cases"])
def test_title_tells_what_an_article_is_about(title: str, focus: str) -> None:
    document = read_text("a.md", f"# {title}\n\nHere is a word about {focus}, and some more words.")
    assert subject_of(document).name == focus


@pytest.mark.parametrize(("qtype", "rule"), table("contexts").items())
def test_thing_is_asked_for_as_the_heading_above_asks(qtype: str, rule: dict[str, Any]) -> None:
    from kb.content.splitting.splitter import Splitter

    heading, focus, question = rule["case"]
    splitter = Splitter(read_text("a.md", f"---\nfocus: {focus}\n---\n\nSome words."))
    thing = headings.cleaned(heading)
    asked = splitter.ask_in_context(rule["question"], thing[0].lower() + thing[1:])
    assert asked == question
    assert qtype in QTYPES


@pytest.mark.parametrize("rule", rules_of("things", "thing"))
def test_thing_that_many_articles_tell_of_is_asked_for_as_its_rule_says(rule: dict[str, Any]) -> None:
    heading, focus, question = rule["case"]
    words = f"Take care with {focus}. The symptoms of {focus} differ, and the causes of {focus} too."
    document = read_text(
        "a.md", f"---\nfocus: {focus}\n---\n\n# All about {focus}\n\n## {heading}\nRest a while. {words}"
    )
    assert [(entry.question, entry.qtype) for entry in split_entries(document)] == [(question, rule["qtype"])]


@pytest.mark.parametrize("name", table("kinds")["cases_of_helps"])
def test_name_of_what_helps_is_known_by_its_last_word(name: str) -> None:
    assert pattern(table("kinds")["helps"]).search(name)


@pytest.mark.parametrize("name", table("kinds")["cases_of_medicine_names"])
def test_name_of_what_is_taken_is_known_by_its_last_word(name: str) -> None:
    assert kind_by_name(name) == "medicine"


@pytest.mark.parametrize("name", table("kinds")["cases_of_illnesses"])
def test_name_of_an_illness_is_known_as_a_whole(name: str) -> None:
    assert kind_by_name(name) == "condition"


@pytest.mark.parametrize("name", table("kinds")["cases_of_used_names"])
def test_name_of_what_is_used_is_known_by_its_last_word(name: str) -> None:
    assert pattern(table("kinds")["used_names"]).search(name)


@pytest.mark.parametrize(("text", "subject"), table("kinds")["cases_of_medicine"])
def test_signs_that_a_subject_is_taken_are_found(text: str, subject: str) -> None:
    assert is_shown("medicine", {subject}, text)


@pytest.mark.parametrize("question", table("pronouns")["expletive"]["cases"])
def test_it_that_stands_for_nothing_stays(question: str) -> None:
    assert (named(question, Subject("gout", "gout")), leans(question)) == (question, False)


@pytest.mark.parametrize("question", table("pronouns")["expletive"]["good"])
def test_it_that_stands_for_the_subject_is_told(question: str) -> None:
    assert leans(question)
    assert "naproxen" in named(question, Subject("naproxen", "naproxen"))


@pytest.mark.parametrize("kind", ["condition", "medicine", "procedure", "thing"])
def test_it_that_cannot_be_the_subject_stays_and_is_told(kind: str) -> None:
    for unfit in UNFIT[kind]:
        for question in table("pronouns")[unfit]["cases"]:
            assert named(question, Subject("lupus", "lupus", kind=kind)) == question


@pytest.mark.parametrize("name", table("kinds")["cases_of_procedure_names"])
def test_name_of_what_is_done_is_known_by_its_last_word(name: str) -> None:
    assert pattern(table("kinds")["procedure_names"]).search(name)


@pytest.mark.parametrize("rule", rules_of("alternatives", "reword"))
def test_other_wordings_ask_the_same_question(rule: dict[str, Any]) -> None:
    question, *wordings = rule["case"]
    assert list(other_wordings(question, rule.get("qtype", "info"), "en")) == wordings


def test_question_of_no_known_form_has_no_other_wording() -> None:
    assert other_wordings("Is silence my friend?", "info", "en") == ()
    assert other_wordings("¿Qué es la gota?", "definition", "es") == ()
