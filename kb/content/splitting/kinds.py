"""What kind of thing a subject is: something that people have, take, or have done to them, or anything else."""

import re

from kb.content.splitting import rules

FEWEST_SIGNS = 2


def kind_by_name(name: str) -> str:
    """Return what the last word of a name tells: condition, procedure or medicine; "" when it tells nothing."""
    kinds = rules.table("kinds")
    for kind in ("condition", "procedure", "medicine"):
        if name and rules.pattern(kinds[f"{kind}_names"]).search(name):
            return kind
    return "condition" if rules.pattern(kinds["illnesses"]).search(name) else ""


def is_shown(kind: str, names: set[str], text: str) -> bool:
    """Return whether a text speaks of these names as of a kind, "condition" or "medicine", often enough to be sure."""
    either = "|".join(re.escape(name) for name in sorted(names))
    shown = rules.pattern(rules.table("kinds")[kind].replace("<F>", f"(?:{either})"))
    return len(shown.findall(text)) >= FEWEST_SIGNS
