"""Nest a page no deeper than browsers do: past it, parsing takes time that grows with the square of the depth."""

import re
from collections import Counter

# What Chromium and WebKit show; deeper elements stand beside each other in it.
DEEPEST = 512
# Scripts and comments hold tags that open nothing. An attribute's value may hold a ">".
TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)\s*>"
    r"|<(?P<close>/?)(?P<name>[a-z][a-z0-9-]*)(?P<inside>(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^'\">]){0,2000}+)>",
    re.IGNORECASE | re.DOTALL,
)
# Void elements hold nothing; the others end where their next one begins.
OPENS_NO_LEVEL = frozenset(
    """area base br col embed hr img input link meta source track wbr html head body p li dt dd tr td th thead tbody
    tfoot option optgroup rt rp caption colgroup""".split()
)


def flattened(source: str) -> str:
    """Return the page without the tags that open and close elements below the deepest level."""
    if source.count("<") <= DEEPEST:
        return source
    is_open: list[tuple[str, bool]] = []  # the names of the open elements, and whether their tags are kept
    counts: Counter[str] = Counter()

    def kept(tag: re.Match[str]) -> str:
        name = (tag["name"] or "").lower()
        if not name or name in OPENS_NO_LEVEL or tag["inside"].endswith("/"):
            return tag[0]
        if not tag["close"]:
            is_open.append((name, len(is_open) < DEEPEST))
            counts[name] += 1
            return tag[0] if is_open[-1][1] else ""
        is_kept = True
        while counts[name]:
            other, is_kept = is_open.pop()
            counts[other] -= 1
            if other == name:
                break
        return tag[0] if is_kept else ""

    return TAG.sub(kept, source)
