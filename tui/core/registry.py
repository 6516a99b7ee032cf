"""Finds what each module of a folder exports, so that a new repair or format is one new file."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(package: ModuleType, name: str, kind: type[T]) -> tuple[T, ...]:
    """Return the `name` of every public module directly inside `package`, in the order of their `order` field.

    Folders, and modules whose name starts with an underscore, are helpers and export nothing.
    Raises TypeError if a public module has no `name` of type `kind`: a part that is never used is a mistake.
    """
    found: list[T] = []
    for module_info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module_info.ispkg or module_info.name.rpartition(".")[2].startswith("_"):
            continue
        record = getattr(importlib.import_module(module_info.name), name, None)
        if not isinstance(record, kind):
            raise TypeError(f"{module_info.name}: no {name} of type {kind.__name__}")
        found.append(record)
    return tuple(sorted(found, key=lambda record: (getattr(record, "order", 0), getattr(record, "name", ""))))
