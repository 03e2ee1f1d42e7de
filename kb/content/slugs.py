"""Words as they stand in an address."""

import re
import unicodedata

LONGEST_SLUG = 80  # characters


def article_slug(name: str) -> str:
    """Return the name of an article's file without its ending: its address on the site, and what its files share."""
    return name.rsplit(".", 1)[0]


def slug_of(words: str, empty: str = "answer") -> str:
    """Return `words` as they stand in an address: ASCII words with hyphens; `empty` where nothing is left of them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    # An apostrophe joins: "don't" is one word.
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}" if slug else part[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or empty
