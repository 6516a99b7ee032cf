"""Private names of Textual are used in one module, where they are checked; none of them is taken for something else."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from where import ROOT

from tui.view.terminal.internals import ATTRIBUTES, METHODS

INTERNALS = "tui/view/terminal/internals.py"
LISTED = {name for _owner, name, _parameters in METHODS} | {*ATTRIBUTES}


def private(tree: ast.AST) -> set[str]:
    """Private names that methods go by, or that are read or set on `self`, a screen or `super()`."""
    used = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("self", "screen", "super()"):
            used.add(node.attr)
    return {name for name in used if name.startswith("_") and not name.endswith("__")}


def of_textual() -> set[str]:
    bases = {base for kind in (App, Screen, Widget) for base in kind.__mro__ if base.__module__.startswith("textual")}
    return {name for base in bases for name in private(ast.parse(inspect.getsource(base)))}


def ours() -> Iterator[tuple[str, ast.ClassDef]]:
    """Yield the classes that extend one of Textual's, each with its file."""
    for path in sorted((ROOT / "tui/view").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and issubclass(getattr(module, node.name), App | Screen | Widget):
                yield name, node


def test_no_class_of_ours_uses_a_private_name_of_textuals_but_those_that_are_checked() -> None:
    theirs = of_textual()
    shared = {(name, each) for name, node in ours() for each in private(node) & theirs}
    assert {name for name, _each in shared} == {INTERNALS}
    assert private(ast.parse((ROOT / INTERNALS).read_text(encoding="utf-8"))) & theirs == LISTED


def test_no_other_module_reaches_for_private_names() -> None:
    def reaches(path: Path) -> bool:
        text = path.read_text(encoding="utf-8")
        return "SLF001" in text or re.search(r"textual\._[a-z]", text) is not None

    assert [path for path in (ROOT / "tui").rglob("*.py") if reaches(path)] == [ROOT / INTERNALS]
