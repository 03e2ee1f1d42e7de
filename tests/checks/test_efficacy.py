"""A figure on how well something works needs a disclosure that is about that very thing."""

import pytest

from kb.checks.articles import Checked
from kb.checks.efficacy import efficacy_without_disclosure
from kb.checks.remedies import vocabulary_of
from kb.settings import Clinic, Disclosure, Settings
from tests.entries import entry

KETAMINE = Disclosure(terms=("ketamine", "ketamina"), text="Ketamine is not FDA-approved.", source="FDA")
TMS = Disclosure(terms=("TMS",), text="Quoted.", source="the clinic")


def blocks(answer: str, question: str = "What about it?", focus: str = "", **said: str) -> bool:
    settings = Settings(disclosures=(KETAMINE, TMS), clinic=Clinic(name="Ketamine Boston"))
    checked = Checked(entry(question=question, answer=answer, focus=focus, **said), "a.qa.toml:1", None)
    findings = list(efficacy_without_disclosure(checked, settings, vocabulary_of((), settings)))
    assert all(finding.blocks for finding in findings)
    return bool(findings)


@pytest.mark.parametrize(
    "answer",
    [
        "Lithium helps 55% of patients.",
        "Lithium helps fifty-five percent of patients.",
        "Nine in ten people who take lithium stay well.",
        "Lamotrigine works for two thirds of people with bipolar disorder.",
        "Quetiapine is effective in 3 out of 4 patients.",
        "Naproxen relieves pain in nine of ten people.",
        "Half of the patients on lithium get better.",
        "Lithium cuts it short, and a third of those who take it recover.",
        "Lithium reduces pain by half.",
        "Success rates of 70 to 80 per cent are reported.",
        "El litio ayuda a nueve de cada diez personas.",
        "El litio alivia a la mitad de los pacientes.",
        "El litio funciona en el 55 por ciento.",
    ],
)
def test_a_share_of_success_in_digits_or_words_needs_a_disclosure(answer: str) -> None:
    assert blocks(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "As many as 70% get relief from ketamine.",
        "La ketamina ayuda a siete de cada diez personas.",
        "TMS and ketamine help 70% of patients.",
        "Ketamine helps 60% of people whom lithium did not help.",
        "In people on lithium, 60% improve with ketamine.",
    ],
)
def test_a_figure_said_of_what_a_disclosure_names_is_covered(answer: str) -> None:
    assert not blocks(answer, focus="depression")


@pytest.mark.parametrize(
    ("answer", "question", "focus", "blocked"),
    [
        # What the sentence names goes before all else.
        ("Lithium helps 55% of patients.", "What is ketamine?", "ketamine", True),
        ("Zorbaxin helps 55% of patients.", "What is ketamine?", "ketamine", True),
        ("More than ketamine does, lithium helps 55% of patients.", "How well?", "ketamine", True),
        ("TMS and lithium help 55% of patients.", "How well?", "ketamine", True),
        # It may be named by the sentence before, by the question, or be what the entry is about.
        ("Naproxen is a tablet. It helps 55% of patients.", "How well?", "ketamine", True),
        ("Ketamine is given by drip. It helps 55% of patients.", "How well?", "depression", False),
        ("It helps nine in ten people.", "Does naproxen work?", "ketamine", True),
        ("It helps nine in ten people.", "Does ketamine work?", "depression", False),
        ("The infusions help 55% of patients.", "How well?", "ketamine", False),
        ("The infusions help 55% of patients.", "How well?", "depression", True),
        ("About 55%.", "How well does ketamine work?", "depression", False),
        ("About 55%.", "How well does lithium work?", "ketamine", True),
        # The clinic's own name is no remedy.
        ("Ketamine Boston helps 55% of patients.", "How well?", "depression", True),
    ],
)
def test_a_disclosure_must_be_about_what_the_figure_is_said_of(
    answer: str, question: str, focus: str, blocked: bool
) -> None:
    assert blocks(answer, question, focus) is blocked


@pytest.mark.parametrize(
    "answer",
    [
        "Most people get relief from lithium.",
        "About 20% of people have it.",
        "Nine in ten people who work have it.",
        "Only one in three people with depression get help.",
        "A session costs half of the price for patients who respond.",
        "Take half a tablet; it helps people sleep.",
        "One of two ways works.",
        "Two in 24 hours help.",
        "Half of all cases recover on their own.",
        "About 90% of people with it survive.",
        "The amount is 50% of normal.",
        "It affects 10% of adults; lithium helps.",
        "The dose is 5% of body weight and helps.",
        "A third session helps people.",
    ],
)
def test_what_says_nothing_of_success_needs_none(answer: str) -> None:
    assert not blocks(answer)


def test_what_staff_say_is_held_to_the_same() -> None:
    assert blocks("It is a salt.", say_this="Lithium helps 55% of patients.")
