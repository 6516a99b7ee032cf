"""A mapping that is made when somebody asks for what is in it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Late(Mapping[str, T]):
    """What `make` returns, which is called once; pickled, it is the mapping itself.

    >>> asked = []
    >>> late = Late(lambda: asked.append("now") or {"rain": 1})
    >>> len(asked), late["rain"], late == {"rain": 1}, asked
    (0, 1, True, ['now'])
    """

    __slots__ = ("_given", "_make")

    def __init__(self, make: Callable[[], Mapping[str, T]]) -> None:
        self._make: Callable[[], Mapping[str, T]] | None = make
        self._given: Mapping[str, T] = {}

    def _made(self) -> Mapping[str, T]:
        if self._make is not None:
            self._given, self._make = self._make(), None
        return self._given

    def __getitem__(self, key: str) -> T:
        return self._made()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())

    def __repr__(self) -> str:
        return repr(self._made())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)
