"""Recognises English sentences whose values are filled in already, and says them in another language.

Their templates are the entries of the catalogue whose fields are numbers: `{0}: no such file; check the name`.
"""

from collections.abc import Mapping
from typing import NamedTuple

MOST_LEVELS = 5
"""Sentences that stand in each other, such as a reason in a problem."""


class _Template(NamedTuple):
    parts: tuple[str, ...]
    """What stands before, between and after the fields."""
    said: str


class Messages:
    """The templates, those that say most first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words` are English -> translation."""
        # One word alone may be the name of a file or a field as well.
        self._whole = {text: said for text, said in words.items() if " " in text}
        found = [_Template(_parts(text), said) for text, said in self._whole.items() if "{0}" in text]
        self._templates = sorted(found, key=lambda template: -sum(map(len, template.parts)))

    def told(self, message: str, levels: int = MOST_LEVELS) -> str:
        """Return a message in the other language; what no template fits comes back unchanged.

        What stands before a colon may be the place, and what comes behind it a message.

        >>> Messages({"it is broken ({0})": "已损坏（{0}）"}).told("a.zip: b.gz: it is broken (-3)")
        'a.zip: b.gz: 已损坏（-3）'
        """
        whole = self._whole.get(message)
        if whole is not None or not levels or " " not in message:
            return message if whole is None else whole
        for parts, said in self._templates:
            values = _values(parts, message)
            if values is not None:
                return said.format(*(self.told(value, levels - 1) for value in values))
        where, colon, rest = message.partition(": ")
        return f"{where}{colon}{self.told(rest, levels - 1)}" if colon else message


def _parts(text: str) -> tuple[str, ...]:
    """What stands around the fields of a template, which are numbered from 0 as they come."""
    parts, rest, number = [], text, 0
    while (field := f"{{{number}}}") in rest:
        before, _, rest = rest.partition(field)
        parts.append(before)
        number += 1
    return tuple(part.replace("{{", "{").replace("}}", "}") for part in (*parts, rest))


def _values(parts: tuple[str, ...], message: str) -> list[str] | None:
    """What stands in the fields, each as short as possible; None: the message is another one."""
    first, *middle, last = parts
    if not message.startswith(first) or not message.endswith(last) or len(message) < sum(map(len, parts)):
        return None
    values, at, end = [], len(first), len(message) - len(last)
    for part in middle:
        found = message.find(part, at, end)
        if found < 0:
            return None
        values.append(message[at:found])
        at = found + len(part)
    return [*values, message[at:end]]
