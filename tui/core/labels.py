"""The labels that a user gives: their names, and the key for each."""

import re
from collections.abc import Sequence

from tui.core.errors import UsageError
from tui.core.problems import Reason

DEFAULT = ("good", "bad", "unsure")
_NAME = re.compile(r"[\w.+/-]{1,40}")


def is_name(word: str) -> bool:
    """Whether a label may be called so: up to 40 letters, digits and `_.+/-`."""
    return bool(_NAME.fullmatch(word))


def keys(words: Sequence[str], where: str = "--label") -> dict[str, str]:
    """Return key -> label for words such as `good` or `x=spam`; without a key, the next digit from 1 on that is free.

    Raises UsageError if a word is no label, a key or label stands twice, or no digit is left.

    >>> keys(["good", "bad", "x=spam", "gone"])
    {'1': 'good', '2': 'bad', 'x': 'spam', '3': 'gone'}
    """
    named = [
        (key if sign else "", name if sign else key) for key, sign, name in (word.partition("=") for word in words)
    ]
    for key, name in named:
        if not is_name(name):
            raise UsageError(Reason("no_label", {"name": name}), where)
        if len(key) > 1 or not key.isprintable():
            raise UsageError(Reason("no_key", {"key": key}), where)
    _check_apart([key for key, _ in named if key], where)
    _check_apart([name for _, name in named], where)
    key_of = {name: key for key, name in named if key}
    for _, name in named:
        if name not in key_of:
            free = next((digit for digit in "123456789" if digit not in key_of.values()), "")
            if not free:
                raise UsageError(Reason("no_key_left", {"name": name, "label": name}), where)
            key_of[name] = free
    return {key_of[name]: name for _, name in named}


def _check_apart(words: Sequence[str], where: str) -> None:
    for word in words:
        if words.count(word) > 1:
            raise UsageError(Reason("label_twice", {"word": word}), where)
