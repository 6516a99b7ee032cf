"""Dataclasses with slots that are made quickly: what `dataclasses` makes, in a fifth of the time, with no import of it.

The standard library compiles up to six functions for each class, which takes 0.4 ms, and a hundred classes are made before
the first page is on the screen; importing it takes as long as twenty of them. Here `__init__` alone is compiled, when the
first value is made; the others are closures over the names of the fields. Its own functions work on these values as well.

It stays as long as neither the standard library nor msgspec starts as fast. Processor time of whole commands, the median
ratio of 21 paired runs to these classes, on two cores under a load of 6 to 17:

                                   here      dataclasses(frozen, slots)   msgspec.Struct(frozen)
    show --text of a sample page   0.47 s    1.21                         1.15
    list sample_pages              1.43 s    1.07                         1.01
"""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    # Type checkers know these by their names, and the classes as what they are.
    from dataclasses import Field
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:

    def dataclass(*, slots, frozen=False, eq=True):
        """Decorate a class as the standard decorator does; only for classes with slots, and without a base that has fields.

        >>> @dataclass(frozen=True, slots=True)
        ... class Place:
        ...     line: int
        ...     column: int = 0
        >>> Place(3), Place(3) == Place(3, 0), len({Place(3), Place(3)}), replace(Place(3), line=4).line
        (Place(line=3, column=0), True, 1, 4)
        """
        if not slots:
            raise TypeError("only for classes with slots; others have dataclasses.dataclass")
        return lambda kind: _made(kind, is_frozen=frozen, is_compared=eq)

    class Field:
        """One field, as far as anybody here asks: its name, its type, and what it is where nothing is given."""

        __slots__ = ("default", "default_factory", "name", "type")

        def __init__(self, default, default_factory):
            self.default, self.default_factory = default, default_factory

    def field(*, default_factory):
        """Say what makes the value of a field where none is given."""
        return Field(_MISSING, default_factory)

    def fields(kind):
        """Return the fields of a class, in order."""
        return kind._fields

    def is_dataclass(value):
        """Say whether it is a value of a class that was made here."""
        return "__dataclass_fields__" in vars(type(value))

    def replace(value, **changes):
        """Return the value with some of its fields changed."""
        for name in value.__match_args__:
            if name not in changes:
                changes[name] = getattr(value, name)
        return type(value)(**changes)


_MISSING: Any = object()


class _Standard:
    """The fields as the standard library describes them, made when one of its functions asks for them."""

    def __get__(self, _value: object, kind: Any) -> Any:
        import dataclasses

        described = [
            (each.name, each.type, dataclasses.field(default_factory=each.default_factory))
            if each.default_factory is not _MISSING
            else (each.name, each.type)
            if each.default is _MISSING
            else (each.name, each.type, dataclasses.field(default=each.default))
            for each in kind._fields
        ]
        standard: Any = dataclasses.make_dataclass(kind.__name__, described)
        kind.__dataclass_fields__ = standard.__dataclass_fields__
        return kind.__dataclass_fields__


_STANDARD = _Standard()


def _made(kind: type, *, is_frozen: bool, is_compared: bool) -> type:
    """The class once more, with slots: they can't be given to one that is there."""
    names = tuple(kind.__annotations__)
    space = {name: value for name, value in kind.__dict__.items() if name not in ("__dict__", "__weakref__")}
    described = tuple(_described(name, hint, space.pop(name, _MISSING)) for name, hint in kind.__annotations__.items())
    methods = {"__repr__": _repr, "__getstate__": _state, "__setstate__": _restore}
    if is_frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    if is_compared:
        methods |= _comparing(names, is_frozen)
    made = type(kind)(
        kind.__name__,
        kind.__bases__,
        {
            **methods,
            **space,
            "__doc__": kind.__doc__ or kind.__name__,
            "__qualname__": kind.__qualname__,
            "__slots__": names,
            "__match_args__": names,
            "__dataclass_fields__": _STANDARD,
            "_fields": described,
        },
    )
    if "__init__" not in space:
        _init_at_first(made)
    return made


def _described(name: str, hint: Any, default: Any) -> Any:
    described: Any = default if isinstance(default, Field) else Field(default, _MISSING)  # type: ignore[call-arg]
    described.name, described.type = name, hint
    return described


def _init_at_first(made: Any) -> None:
    """Most classes that are imported make no value before the first page is shown: each is compiled when it makes one."""

    def __init__(self: object, *values: Any, **named: Any) -> None:  # noqa: N807 - it is one
        made.__init__ = _init(made)
        made.__init__(self, *values, **named)

    made.__init__ = __init__


def _init(made: Any) -> Callable[..., None]:
    """The one function that is compiled: it fills the slots, which nothing else may."""
    parameters, lines = [], []
    scope: dict[str, Any] = {"_missing": _MISSING}
    for each in made._fields:
        name = each.name
        scope[f"_set_{name}"] = getattr(made, name).__set__
        given = name
        if each.default is not _MISSING:
            scope[f"_default_{name}"] = each.default
            parameters.append(f"{name}=_default_{name}")
        elif each.default_factory is not _MISSING:
            scope[f"_default_{name}"] = each.default_factory
            parameters.append(f"{name}=_missing")
            given = f"_default_{name}() if {name} is _missing else {name}"
        else:
            parameters.append(name)
        lines.append(f" _set_{name}(self, {given})" if made.__setattr__ is _refuse else f" self.{name} = {given}")
    text = f"def __init__(self, {', '.join(parameters)}):\n" + ("\n".join(lines) or " pass")
    exec(text, scope)  # noqa: S102 - names of fields are all that is in it, as in the standard library
    made_init: Callable[..., None] = scope["__init__"]
    return made_init


def _refuse(_self: object, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[Any]:
    """A pickle has the values in order."""
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__slots__, values, strict=True):
        object.__setattr__(self, name, value)


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__qualname__}({inside})"


def _comparing(names: tuple[str, ...], is_frozen: bool) -> Mapping[str, Any]:
    """Equal are values of one class with equal fields."""
    values = attrgetter(*names) if names else type

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed if is_frozen else None}
