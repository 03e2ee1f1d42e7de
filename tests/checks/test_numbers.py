"""Numbers that need a disclosure, and claims that contradict each other."""

import pytest

from kb.checks.articles import Checked
from kb.checks.numbers import contradictions, efficacy_without_disclosure
from kb.settings import Disclosure, Settings
from tests.entries import entry

KETAMINE = Disclosure(terms=("ketamine",), text="Ketamine is not FDA-approved for depression.", source="FDA")


def checked(answer: str, entry_id: str = "100001", question: str = "What about it?") -> Checked:
    return Checked(entry(id=entry_id, question=question, answer=answer), f"a.qa.toml:{entry_id}", None)


@pytest.mark.parametrize(
    ("answer", "blocks"),
    [
        ("As many as 70% get relief from ketamine.", False),
        ("As many as 70% get relief from TMS.", True),
        ("Success rates of 70 to 80 per cent are reported.", True),
        ("About 20% of people have it.", False),
        ("Most people get relief from TMS.", False),
    ],
)
def test_a_share_that_speaks_of_success_needs_a_disclosure(answer: str, blocks: bool) -> None:
    findings = list(efficacy_without_disclosure(checked(answer), Settings(disclosures=(KETAMINE,))))
    assert [finding.blocks for finding in findings] == [True] * blocks


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
        ("Is ketamine approved for depression?", "Ketamine is not approved for depression.", False),
    ],
)
def test_claims_on_the_same_thing_must_agree(one: str, other: str, clash: bool) -> None:
    findings = list(contradictions([checked(one), checked(other, "100002")]))
    assert bool(findings) is clash
    if clash:
        assert one in findings[0].problem
        assert other in findings[0].problem
        assert not findings[0].blocks
