"""Template tags come out of an article that was written for a site generator."""

import re

TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
MARKDOWN_PART = re.compile(r"\{%-?\s*markdown\b.*?%\}(.*?)\{%-?\s*endmarkdown\b.*?%\}", re.DOTALL)


def has_templates(source: str) -> bool:
    """Return whether the source is a page template; braces alone, as in program code, do not make it one."""
    return "{%" in source or "{{" in source


def without_tags(source: str) -> str:
    """Return the source without its template tags."""
    return TEMPLATE_TAG.sub("", source)
