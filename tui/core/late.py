"""Fields of a class that are made when somebody asks for them."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Asked:
    """Stands in a field for what nobody has asked for yet."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def late(make: Callable[[], T]) -> T:
    """Stand for what `make` returns, in a field of a class that `with_late` was told of: it is called once, or never."""
    return cast("T", _Asked(make))


def with_late(kind: type[T], *names: str) -> type[T]:
    """Let some fields of a class with slots be given as `late`; whoever reads one, or pickles the value, gets what was made.

    >>> from tui.core.values import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Page:
    ...     language: str
    >>> page = with_late(Page, "language")(late(lambda: print("asked") or "en"))
    >>> page.language, page.language
    asked
    ('en', 'en')
    """
    for name in names:
        setattr(kind, name, _LateSlot(kind.__dict__[name]))
    return kind


class _LateSlot:
    """A slot that holds a value, or what makes it."""

    __slots__ = ("_slot",)

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, value: Any, kind: Any = None) -> Any:
        if value is None:
            return self
        held = self._slot.__get__(value, kind)
        if type(held) is _Asked:
            held = held.make()
            self._slot.__set__(value, held)
        return held

    def __set__(self, value: Any, held: Any) -> None:
        self._slot.__set__(value, held)
