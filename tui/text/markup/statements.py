"""Collects what different places of a page state about the same thing."""

from collections.abc import Mapping, Sequence

from tui.core.model import Certainty, Field
from tui.core.values import dataclass

_MAX_RIVALS = 8


@dataclass(frozen=True, slots=True)
class _Statement:
    value: object
    origin: str
    certainty: Certainty
    rank: int
    before: str | None


class Statements:
    """What is said for each key, and by whom.

    >>> said = Statements()
    >>> said.add("site", "News", "meta og:site_name")
    >>> said.add("site", "The News", "json-ld", rank=1)
    >>> said.fields()["site"].value, said.fields()["site"].rivals
    ('The News', (('News', 'meta og:site_name'),))
    """

    def __init__(self, changed: Mapping[str, str] | None = None) -> None:
        self._said: dict[str, list[_Statement]] = {}
        self._changed = changed or {}

    def add(
        self,
        key: str,
        value: object,
        origin: str,
        certainty: Certainty = "certain",
        *,
        rank: int = 4,
        before: str | None = None,
    ) -> None:
        """Note a statement; empty ones are left out. Low ranks are believed first; `before` is the string it was read from."""
        if value not in (None, "", []):
            whole = before if before is not None else value if isinstance(value, str) else ""
            self._said.setdefault(key, []).append(_Statement(value, origin, certainty, rank, self._changed.get(whole)))

    def has(self, key: str) -> bool:
        """Say whether anything was said about a key."""
        return key in self._said

    def values(self, key: str) -> list[tuple[str, str]]:
        """Return (value, origin) of all that was said, most believed first."""
        return [
            (_plain(each.value), each.origin) for each in sorted(self._said.get(key, ()), key=lambda each: each.rank)
        ]

    def fields(self) -> dict[str, Field]:
        """Return the most believed statement for each key, with those that differ as rivals."""
        return {key: _field(sorted(said, key=lambda each: each.rank)) for key, said in self._said.items()}


def _field(said: Sequence[_Statement]) -> Field:
    best = said[0]
    rivals = dict.fromkeys(
        (_plain(other.value), other.origin) for other in said[1:] if not _agrees(best.value, other.value)
    )
    return Field(best.value, best.origin, best.certainty, tuple(rivals)[:_MAX_RIVALS], best.before)


def _agrees(value: object, other: object) -> bool:
    """The same, or a date that says the same with less or more precision."""
    one, two = _plain(value), _plain(other)
    return one == two or (
        len(min(one, two, key=len)) >= 10 and one[:4].isdigit() and (one.startswith(two) or two.startswith(one))
    )


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
