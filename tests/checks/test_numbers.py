"""Claims on the same thing must agree."""

import pytest

from kb.checks.articles import Checked
from kb.checks.numbers import contradictions
from tests.entries import entry


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
