"""Claims on the same thing must agree."""

import pytest

from kb.checks.articles import Checked
from kb.checks.numbers import contradictions
from kb.checks.remedies import vocabulary_of
from kb.settings import Settings
from tests.entries import entry

WORDS = vocabulary_of((), Settings())


def checked(answer: str, entry_id: str = "100001", question: str = "What about it?") -> Checked:
    return Checked(entry(id=entry_id, question=question, answer=answer), f"a.qa.toml:{entry_id}", None)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (
            "As many as 70% of patients get relief from ketamine.",
            "Ketamine brings relief to 70–75% of patients.",
            True,
        ),
        (
            "As many as 70% of patients get relief from ketamine.",
            "Ketamine brings relief to 70% of patients.",
            False,
        ),
        ("As many as 70% of patients get relief from ketamine.", "Some 30% of adults sleep badly.", False),
        (
            "Do not eat for four hours before an infusion.",
            "Do not eat for 6 hours before your infusion.",
            True,
        ),
        (
            "Do not eat for four hours before an infusion.",
            "Do not eat for 4 hours before your infusion.",
            False,
        ),
        (
            "A course is six infusions over three weeks.",
            "A course is eight infusions over three weeks.",
            True,
        ),
        ("Ketamine is approved for depression.", "Ketamine is not approved for depression.", True),
        ("Spravato is approved for depression.", "Ketamine is not approved for depression.", False),
        ("No, ketamine is not approved for depression.", "Ketamine is not approved for depression.", False),
        ("A session lasts 40 minutes.", "A session lasts two hours.", True),
        ("A session lasts 120 minutes.", "A session lasts two hours.", False),
        ("A course takes a year: 12 months.", "A course takes 52 weeks.", False),
        ("A course takes 20 weeks.", "A course takes 21 weeks.", True),
        ("A session costs $400.", "A session costs $550.", True),
        ("A session costs $400.", "A session costs 400 dollars.", False),
        ("A session of surgery costs $400.", "A session of dialysis costs $550.", False),
        ("Most people need six sessions of ketamine.", "Most people need eight ketamine sessions.", True),
        ("The dose is 500 mcg of it daily.", "The dose is 0.5 mg of it daily.", False),
        ("Some 8% of adults have it.", "Some 20% of adolescents have it.", False),
        ("The FDA approved Spravato in 2019.", "The FDA has never approved Spravato.", True),
        ("The FDA approved Spravato for depression.", "Spravato has never been approved.", True),
        ("The FDA approved Spravato in 2019.", "Spravato is not approved for anxiety.", False),
        ("The FDA approved Spravato.", "The FDA has never approved ketamine.", False),
        ("Is ketamine approved for depression?", "Ketamine is not approved for depression.", False),
    ],
)
def test_claims_on_the_same_thing_must_agree(one: str, other: str, clash: bool) -> None:
    findings = list(contradictions([checked(one), checked(other, "100002")], WORDS))
    assert bool(findings) is clash
    if clash:
        assert one in findings[0].problem
        assert other in findings[0].problem
        assert not findings[0].blocks


def test_what_is_said_of_two_remedies_is_not_compared() -> None:
    one = checked("A session costs $400.", question="What does surgery cost?")
    other = checked("A session costs $550.", "100002", question="What does dialysis cost?")
    assert list(contradictions([one, other], WORDS)) == []


def test_two_numbers_of_one_answer_are_of_two_things() -> None:
    one = checked("A session lasts 40 minutes. A session lasts 60 minutes.")
    assert list(contradictions([one], WORDS)) == []
