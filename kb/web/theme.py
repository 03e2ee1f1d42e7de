"""Make the clinic's colour readable on our pages, light and dark."""

# The backgrounds in static/site.css that coloured text stands on: the harder of each scheme.
LIGHT_BACKGROUND = "#f6f3ec"
DARK_BACKGROUND = "#1b2526"

# WCAG 2.2 AA wants 4.5 for text. The rest is for text on a tint of its own colour.
CONTRAST = 5.5


def stylesheet(accent: str) -> str:
    """Return CSS that sets the accent colours from `accent` ("#rrggbb"); empty when there is none."""
    if not accent:
        return ""
    light = readable(accent, LIGHT_BACKGROUND)
    dark = readable(accent, DARK_BACKGROUND)
    return (
        f":root {{ --accent: {light}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n"
    )


def readable(colour: str, background: str) -> str:
    """Return the colour nearest to `colour` that reads on `background`, mixed with black or white."""
    towards = (0, 0, 0) if _luminance(_channels(background)) > 0.5 else (255, 255, 255)
    start = _channels(colour)
    for share in range(101):
        mixed = tuple(
            round(own + (other - own) * share / 100) for own, other in zip(start, towards, strict=True)
        )
        if contrast(_text(mixed), background) >= CONTRAST:
            return _text(mixed)
    return _text(towards)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it: 1 to 21."""
    lighter, darker = sorted((_luminance(_channels(first)), _luminance(_channels(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _text(channels: tuple[int, ...]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _luminance(channels: tuple[int, ...]) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
