"""The house holds: no circles among modules, no hidden standard library, few type names that stand twice."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

MOST_TWICE = 5
"""Public type names that may stand in more than one module. It only goes down."""


@cache
def trees() -> Mapping[str, ast.Module]:
    """Name of each module of the package -> what is in it."""
    files = (path for path in (ROOT / "tui").rglob("*.py") if "__pycache__" not in path.parts)
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}
    return {name: ast.parse(path.read_bytes()) for name, path in named.items()}


def imported(node: ast.AST, is_deep: bool) -> Iterator[str]:
    """Modules of the package that are imported at the top or for type checkers; `is_deep`: in functions as well."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names if alias.name in trees())
        elif isinstance(child, ast.ImportFrom) and child.module:
            names = (f"{child.module}.{alias.name}" for alias in child.names)
            yield from (found for name in names if (found := name if name in trees() else child.module) in trees())
        if is_deep or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from imported(child, is_deep)


def circles(arrows: Mapping[str, set[str]]) -> list[frozenset[str]]:
    """The largest groups in which every module leads to every other."""
    found: list[frozenset[str]] = []
    reached = {name: _behind(name, arrows) for name in arrows}
    left = set(arrows)
    while left:
        name = min(left)
        group = frozenset({name} | {other for other in reached[name] if name in reached.get(other, ())})
        left -= group
        if len(group) > 1:
            found.append(group)
    return found


def _behind(start: str, arrows: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        more = arrows.get(waiting.pop(), set()) - seen
        seen |= more
        waiting += more
    return seen


def test_no_modules_import_each_other_in_a_circle() -> None:
    for is_deep in (False, True):
        found = circles({name: set(imported(tree, is_deep)) - {name} for name, tree in trees().items()})
        assert not found, "\n".join(" ".join(sorted(circle)) for circle in found)


def test_no_module_hides_one_of_the_standard_library() -> None:
    """Scripts of these folders are started by their paths, so that their neighbours are found before all else."""
    scripts = [path for folder in ("benchmarks", "scripts", "tests") for path in (ROOT / folder).glob("*.py")]
    assert not [path.name for path in scripts if path.stem in sys.stdlib_module_names]


def types() -> dict[str, list[str]]:
    """Public name of a class or an alias of types -> the modules that it is made in."""
    made = defaultdict(list)
    for module, tree in trees().items():
        # What is public has the names that those who call it expect.
        for node in () if module.startswith("tui.library") else tree.body:
            match node:
                case ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    if name[0].isupper() and not name.isupper() and len(name) > 1:
                        made[name].append(module)
    return made


def test_few_type_names_stand_in_two_modules() -> None:
    twice = {name: modules for name, modules in types().items() if len(modules) > 1}
    assert len(twice) == MOST_TWICE, "\n".join(
        f"{name}: {' '.join(modules)}" for name, modules in sorted(twice.items())
    )
