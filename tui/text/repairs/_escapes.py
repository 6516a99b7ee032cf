"""What repairs of escapes share: telling an escape that is talked about from one that was left over."""

import re

from tui.text.repairs import Change

_NEAR = 8
"""Code points around an escape in which the character itself marks an explanation."""


def is_explained(text: str, change: Change) -> bool:
    """Whether the character stands beside its own escape, as a word of its own.

    >>> is_explained("&eacute; gives é", Change(0, 8, "é")), is_explained("caf&eacute; frappé", Change(3, 11, "é"))
    (True, False)
    """
    around = text[max(0, change.start - _NEAR) : change.start] + " " + text[change.end : change.end + _NEAR]
    char = change.after.strip()
    return len(char) == 1 and bool(re.search(rf"(?<!\w){re.escape(char)}(?!\w)", around))
