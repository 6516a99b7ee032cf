"""Collects what different places of a page state about the same thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.core.model import Certainty, Field
from tui.core.values import replace
from tui.text.words.people import is_house, is_person

_MAX_RIVALS = 8
_MAX_DOUBTED = 60
"""Code points of a statement that is kept though nobody would believe it."""
_BELIEVED = {"author": is_person, "editor": is_person, "source": is_house}


_Ranked = tuple[int, Field]
"""A statement, and how many others are believed before it."""


class Statements:
    """What is stated for each key, and by whom.

    >>> statements = Statements()
    >>> statements.add("site", "News", "meta og:site_name")
    >>> statements.add("site", "The News", "json-ld", rank=1)
    >>> statements.fields()["site"].value, statements.fields()["site"].rivals
    ('The News', (('News', 'meta og:site_name'),))
    """

    def __init__(self, changed: Mapping[str, str] | None = None) -> None:
        self.by_key: dict[str, list[_Ranked]] = {}
        self.doubted: dict[str, list[tuple[str, str]]] = {}
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
        if (is_believed := _BELIEVED.get(key)) and not (isinstance(value, list) or is_believed(str(value or ""))):
            self.doubt(key, str(value or ""), origin)
        elif value not in (None, "", []):
            source = before if before is not None else value if isinstance(value, str) else ""
            statement = Field(value, origin, certainty, before=self._changed.get(source))
            self.by_key.setdefault(key, []).append((rank, statement))

    def doubt(self, key: str, value: str, origin: str) -> None:
        """Note what nobody would believe: it is a rival of what else is stated, and alone it says nothing."""
        if value.strip():
            self.doubted.setdefault(key, []).append((value.strip()[:_MAX_DOUBTED], origin))

    def doubt_all(self, key: str, origin: str, most: int) -> None:
        """Doubt all that one kind of place states about a key, where these are more different things than `most`."""
        stated = self.by_key.get(key, [])
        doubted = [field for _rank, field in stated if field.origin == origin]
        if len({_plain(field.value) for field in doubted}) > most:
            stated[:] = [each for each in stated if each[1].origin != origin]
            for field in doubted:
                self.doubt(key, _plain(field.value), origin)

    def lower(self, key: str, rank: int, is_weak: Callable[[Field], bool]) -> None:
        """Believe those statements about a key that are weak no more than a rank says."""
        stated = self.by_key.get(key, [])
        stated[:] = [(max(rank, own) if is_weak(field) else own, field) for own, field in stated]

    def extend(self, others: "Statements") -> None:
        """Note what others hold behind what is here."""
        for key, statements in others.by_key.items():
            self.by_key.setdefault(key, []).extend(statements)
        for key, doubted in others.doubted.items():
            self.doubted.setdefault(key, []).extend(doubted)

    def has(self, key: str, most: int | None = None) -> bool:
        """Say whether anything was stated about a key, of a rank that is given or believed more."""
        return any(most is None or rank <= most for rank, _field in self.by_key.get(key, ()))

    def values(self, key: str) -> list[tuple[str, str]]:
        """Return (value, origin) of all that was stated, most believed first."""
        return [(_plain(each.value), each.origin) for each in _sorted(self.by_key.get(key, ()))]

    def fields(self) -> dict[str, Field]:
        """Return the most believed statement for each key, with those that differ as rivals."""
        return {
            key: _field(*_sorted(statements), doubted=self.doubted.get(key, ()))
            for key, statements in self.by_key.items()
            if statements
        }


def _sorted(statements: Iterable[_Ranked]) -> list[Field]:
    return [statement for _, statement in sorted(statements, key=lambda ranked: ranked[0])]


def _field(best: Field, *others: Field, doubted: Sequence[tuple[str, str]]) -> Field:
    if not others and not doubted:
        return best
    rivals = [(_plain(other.value), other.origin) for other in others if not _agrees(best.value, other.value)]
    return replace(best, rivals=tuple(dict.fromkeys((*rivals, *doubted)))[:_MAX_RIVALS])


def _agrees(value: object, other: object) -> bool:
    """The same, or a date that says the same with less or more precision."""
    one, two = _plain(value), _plain(other)
    return one == two or (
        len(min(one, two, key=len)) >= 10 and one[:4].isdigit() and (one.startswith(two) or two.startswith(one))
    )


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
