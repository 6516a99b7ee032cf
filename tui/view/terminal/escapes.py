"""Tells ESC, the key, from the first byte of other keys, however a line parts or joins what was typed.

Textual 8.2 takes ESC and what follows it for one key if they come together, as keys do that were typed ahead or over a
slow line: ESC was lost, or both. And it waits 0.1 s for the rest of a key, which a line may take longer to bring.
"""

import re
from collections.abc import Mapping

ESCAPE = "\x1b[27u"
"""The key by Kitty's protocol, which nothing else begins with."""
NEAR_S = 0.1
REMOTE_S = 0.3
"""Seconds to wait for the rest of a key, here and over SSH, where bytes part by as much as delays differ; ncurses waits for 1."""
_KEY = r"\[(?:[A-IM-SZ]|\[[A-E]|[<?>]?[-0-9;:]{1,32}[A-Za-z~^$@])|O[A-DFHP-Sa-d]"
_ALONE = re.compile(rf"\x1b(?!{_KEY}|\[[?][0-9;]{{1,32}}\$y)")
_BEGUN = re.compile(r"\x1b(?:\[(?:\[|[<?>]?[-0-9;:]{0,32}\$?)|O)?\Z")
"""What may become a key with what comes next; `ESC [ M` and three bytes is a click of an old mouse protocol, which isn't asked for."""


def patience_s(environment: Mapping[str, str]) -> float:
    """Return how many seconds to wait for the rest of a key: as the user says, else by where the terminal is.

    >>> patience_s({}), patience_s({"SSH_CONNECTION": "::1 1 ::1 22"}), patience_s({"ESCDELAY": "25", "SSH_TTY": "x"})
    (0.1, 0.3, 0.025)
    """
    wanted = environment.get("ESCDELAY", "")
    if wanted.isdecimal():
        return int(wanted) / 1000
    return REMOTE_S if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY") else NEAR_S


class Escapes:
    """Takes text as it comes, and gives it on with ESC in a form that is no other key's beginning."""

    def __init__(self) -> None:
        self.held = ""
        """The beginning of what may become another key."""

    def feed(self, text: str) -> str:
        """Return what is sure by now.

        >>> keys = Escapes()
        >>> keys.feed("j\\x1bq\\x1b[A"), keys.feed("\\x1b"), keys.feed("[B"), keys.feed("\\x1b["), keys.rest()
        ('j\\x1b[27uq\\x1b[A', '', '\\x1b[B', '', '\\x1b[27u[')
        """
        text = self.held + text
        begun = _BEGUN.search(text)
        self.held = begun[0] if begun else ""
        return _ALONE.sub(ESCAPE, text.removesuffix(self.held))

    def rest(self) -> str:
        """Return what was held, since nothing more of it has come in time."""
        held, self.held = self.held, ""
        return held and ESCAPE + held[1:]
