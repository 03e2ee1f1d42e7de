"""Bytes become text, whatever encoding they came in."""

import re
import unicodedata

from kb.errors import KbError

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before UTF-16, whose mark it begins with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What a page says of itself, in its first kilobyte as browsers require.
DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# A Western European file from before UTF-8; the fallback, since it can read most bytes.
WESTERN = "windows-1252"

# What a reader never sees: control characters, soft hyphens, zero-width spaces, byte order marks. Joiners stay,
# as emoji and some scripts are made of them.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff]")
SURROGATES = re.compile("[\ud800-\udfff]")


def decode(name: str, data: bytes) -> str:
    """Return the text of a file with its line ends made one newline.

    A byte order mark decides, then UTF-8, then what the page declares, then Windows-1252. Raises KbError when the
    bytes are text in none of these.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return clean(_strictly(name, data, encoding))
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        declared = DECLARED.search(data[:1024])
        encoding = declared.group(1).decode("ascii") if declared else WESTERN
        # A page that declares UTF-8 and is not has been saved by an older editor.
        return clean(_strictly(name, data, WESTERN if encoding.lower() in {"utf-8", "utf8"} else encoding))


def _strictly(name: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _unknown_encoding(name) from error
    controls = sum(
        unicodedata.category(character) == "Cc" and not character.isspace() for character in text[:4096]
    )
    # Pictures and programs decode too; text holds no control characters to speak of.
    if controls > len(text[:4096]) // 50:
        raise _unknown_encoding(name)
    return text


def _unknown_encoding(name: str) -> KbError:
    return KbError(name, "is not text in an encoding that we know", "save it as UTF-8")


def clean(text: str) -> str:
    """Return text with one kind of line end and nothing that no reader sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SURROGATES.sub("\ufffd", UNSEEN.sub("", text))
