"""The key that forms are signed with: made once, readable by its owner only."""

import os
import secrets
from pathlib import Path

from kb.errors import KbError

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """Return the key kept at `path`, made first where there is none.

    Raises KbError when it can neither be read nor made, or others may read it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # Exclusive: of two processes that start at once, the second reads what the first wrote.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read(path)
        with os.fdopen(handle, "wb") as file:
            key = secrets.token_bytes(KEY_BYTES)
            file.write(key)
        return key
    except OSError as error:
        raise KbError(path, f"cannot be read or made ({error.strerror})", "allow that there") from error


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise KbError(path, "can be read by others, so it is no secret", "delete it: a new one is made")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KbError(path, "is no key", "delete it: a new one is made")
    return key
