"""Our dataclasses do what the standard library's do."""

import copy
import dataclasses
import importlib
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest

from tui import core
from tui.core import values
from tui.core.values import dataclass


class _Base:
    """Fields of every kind."""

    first: int
    second: str = "two"
    third: list[int]


def _named(decorate: Callable[[type], Any], field: Callable[..., Any]) -> Any:
    return decorate(type("Place", (), {"__annotations__": _Base.__annotations__, **_defaults(field)}))


def _defaults(field: Callable[..., Any]) -> dict[str, Any]:
    return {
        "second": "two",
        "third": field(default_factory=list),
        "__module__": __name__,
        "__doc__": "A place.",
    }


OURS = _named(dataclass(frozen=True, slots=True), values.field)
STANDARD = _named(dataclasses.dataclass(frozen=True, slots=True), dataclasses.field)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is pickled has to be found by its name."""

    line: int
    text: str = ""


@dataclass(slots=True)
class Changing:
    """What goes on."""

    line: int
    text: list[str] = values.field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    """Equal to itself alone."""

    line: int


@pytest.mark.parametrize(
    "given", [((1,), {}), ((1, "b"), {"third": [3]}), ((), {"first": 1}), ((), {}), ((1, 2, 3, 4), {})]
)
def test_values_are_made_shown_compared_and_replaced_as_the_standard_ones(
    given: tuple[tuple[Any, ...], dict[str, Any]],
) -> None:
    def story(kind: Any) -> list[Any]:
        try:
            value = kind(*given[0], **given[1])
        except TypeError:
            return ["TypeError"]
        other = dataclasses.replace(value, first=9)
        if kind is OURS:
            assert values.replace(value, first=9) == other
        return [
            repr(value),
            dataclasses.asdict(value),
            value == kind(*given[0], **given[1]),
            value == other,
            value == 1,
            repr(other),
        ]

    assert story(OURS) == story(STANDARD)


def test_a_default_factory_makes_one_for_each_value() -> None:
    assert OURS(1).third is not OURS(1).third


def test_what_makes_up_a_class_is_the_same() -> None:
    for name in ("__slots__", "__match_args__", "__doc__"):
        assert getattr(OURS, name) == getattr(STANDARD, name)
    for ours, standard in zip(dataclasses.fields(OURS), dataclasses.fields(STANDARD), strict=True):
        for name in ("name", "type", "default", "default_factory"):
            assert getattr(ours, name) == getattr(standard, name)


def test_values_can_be_kept_in_sets_and_pickled_and_copied() -> None:
    value = Kept(3, "x")
    assert {value, Kept(3, "x")} == {value}
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == value  # noqa: S301 - our own
    assert value != Kept(4, "x")


def test_without_comparison_a_value_equals_itself_alone() -> None:
    value = Itself(3)
    assert value == value
    assert value != Itself(3)
    assert len({value, Itself(3)}) == 2


def test_nothing_can_be_set_or_deleted() -> None:
    value = Kept(3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.line = 4  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.line
    with pytest.raises((AttributeError, TypeError)):
        value.other = 4  # type: ignore[attr-defined]
    assert value == Kept(3)


def test_a_class_that_is_not_frozen_can_be_changed_and_is_no_key() -> None:
    value = Changing(3)
    value.line = 4
    assert value == Changing(4) != Changing(3)
    assert Changing(3).text is not Changing(3).text
    with pytest.raises(TypeError, match="unhashable"):
        hash(value)


def test_a_class_without_slots_is_refused() -> None:
    with pytest.raises(TypeError, match="slots"):
        dataclass(frozen=True, slots=False)


def of_the_core() -> list[Any]:
    modules = [importlib.import_module(f"{core.__name__}.{each.name}") for each in pkgutil.iter_modules(core.__path__)]
    kinds = {kind for module in modules for kind in vars(module).values() if "_fields" in getattr(kind, "__dict__", ())}
    return [kind for kind in kinds if "__dataclass_fields__" in vars(kind)]


def test_no_value_of_the_core_can_be_changed() -> None:
    assert len(of_the_core()) > 50
    for kind in of_the_core():
        with pytest.raises(dataclasses.FrozenInstanceError):
            object.__new__(kind).anything = 1


def test_what_is_as_large_as_a_page_is_not_compared_with_another() -> None:
    itself_alone = {kind.__name__ for kind in of_the_core() if "__eq__" not in vars(kind)}
    assert itself_alone == {
        "Document",
        "Original",
        "RawPage",
        "Page",
        "BatchRow",
        "Judged",
        "Batch",
        "Ahead",
        "Compare",
        "Compared",
        "Recaptures",
    }
