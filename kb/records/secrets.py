"""The key that forms are signed with: made once, readable by its owner only."""

import secrets
from pathlib import Path

from kb.errors import KbError
from kb.files import folder_lock, write_atomically

KEY_BYTES = 32


def read_or_make_key(path: Path) -> bytes:
    """Return the key kept at `path`, made first where there is none.

    Raises KbError when it can neither be read nor made, or others may read it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Of two processes that start at once, the second waits, and reads what the first wrote.
        with folder_lock(path.parent):
            if not path.exists():
                write_atomically(path, secrets.token_bytes(KEY_BYTES), mode=0o600)
        return _read(path)
    except OSError as error:
        raise KbError(path, f"cannot be read or made ({error.strerror})", "allow that there") from error


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise KbError(path, "can be read by others, so it is no secret", "delete it: a new one is made")
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KbError(path, "is no key", "delete it: a new one is made")
    return key
