"""Copies text to the clipboard of the terminal one sits at, over SSH too, by the escape sequence OSC 52."""

from base64 import b64encode
from collections.abc import Mapping

MOST_BYTES = 74_994
"""What becomes 99,992 bytes of base64: terminals drop longer sequences, or break off in the middle."""
SCREEN_CHUNK = 240
"""GNU screen passes on no more at a time."""


def sequence(text: str, environment: Mapping[str, str]) -> str | None:
    """Return what makes the terminal copy a text; None: it is too long. tmux and screen are told to pass it on.

    >>> sequence("ab", {})
    '\\x1b]52;c;YWI=\\x07'
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        return None
    plain = f"\x1b]52;c;{b64encode(raw).decode('ascii')}\x07"
    if environment.get("TMUX"):
        # Bare for `set-clipboard on`, wrapped for `allow-passthrough on`; whichever is off ignores its one.
        wrapped = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{wrapped}\x1b\\"
    if environment.get("STY"):
        chunks = (plain[at : at + SCREEN_CHUNK] for at in range(0, len(plain), SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return plain
