"""Changes one token at random places of folders, and reports the changes that no test notices.

    python scripts/mutate.py tui/sources tui/view --seed 7 --count 20
    python scripts/mutate.py tui/commands --tests tests/commands tests/journeys   # other tests than those of its room

A number becomes one more, one less or twice as much; `<` becomes `<=`, `and` becomes `or`, True becomes False, `+` becomes
`-`, and the other way round. The tests run once unchanged, while `mutate_calls.py` writes down which functions each of them
calls, in child processes too. A change is then tried by those that call its function, the fastest first, until one fails.
What is run by importing decides where its name stands: it is tried by the tests of functions, and test files, that name it.

All is done in copies, so files may be edited meanwhile. A change that survives decides about nothing (delete it), makes
no difference (leave it), or lacks a case. Exit status 1 if any survives.
"""

import argparse
import ast
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 10
"""Times what its tests took unchanged, and a minute, until a change is taken to make them hang, which is noticed by that."""
_SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "+": "-", "-": "+"}
_WORDS = {"and": "or", "or": "and", "True": "False", "False": "True"}
FAILED = 1
"""The exit status of pytest after tests that fail."""
_times = count(1_000_000_000)
"""Each changed file is given another time, by which Python knows that what it compiled before is stale."""


class Change(NamedTuple):
    """One token of a module, and what takes its place."""

    path: Path
    line: int
    column: int
    old: str
    new: str
    code: str
    """The line as it stands there."""

    def applied(self, text: str) -> str:
        """Return the module's text with the change."""
        lines = text.splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[: self.column] + self.new + line[self.column + len(self.old) :]
        return "".join(lines)

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.old} -> {self.new}: {self.code}"


def changes(path: Path) -> Iterator[Change]:
    """Yield one change for each token of a module that can be changed and is run: not those of annotations."""
    text = path.read_text("utf-8")
    annotated = {place for node in ast.walk(ast.parse(text)) for place in _annotated(node)}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        new = _changed(token)
        if new is not None and token.start not in annotated:
            yield Change(path, *token.start, token.string, new, token.line.strip())


def _changed(token: tokenize.TokenInfo) -> str | None:
    if token.type == tokenize.NUMBER and token.string.replace("_", "").isdecimal():
        number = int(token.string)
        return str(random.choice([number + 1, number - 1, number * 2] if number else [1]))  # noqa: S311 - no secret
    if token.type == tokenize.NUMBER and token.string.lower().startswith("0x"):
        return hex(int(token.string, 16) + 1)
    return _SWAPS.get(token.string) if token.type == tokenize.OP else _WORDS.get(token.string)


def _annotated(node: ast.AST) -> Iterator[tuple[int, int]]:
    annotations = [getattr(node, "annotation", None), getattr(node, "returns", None)]
    for part in (part for each in annotations if each is not None for part in ast.walk(each)):
        if isinstance(part, ast.expr):
            yield part.lineno, part.col_offset


class Module(NamedTuple):
    """What is needed of a module to know who runs a line."""

    functions: Sequence[tuple[int, int]]
    """First and last line of each function, with its decorators; inner ones come later."""
    words: Mapping[str, Sequence[int]]
    """Name -> lines that it stands in."""
    bound: Mapping[int, str]
    """Line outside of functions -> the name that its statement makes."""


@cache
def module(path: Path) -> Module:
    """Return what is known of a module of the package."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    functions = sorted(
        (min([node.lineno, *(each.lineno for each in node.decorator_list)]), node.end_lineno or 0)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    words = defaultdict(list)
    for number, line in enumerate(text.splitlines(), 1):
        for word in re.findall(r"\w+", line):
            words[word].append(number)
    bound = {
        line: name
        for node in tree.body
        for name in _bound(node)
        for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    return Module(functions, words, bound)


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (part.id for each in targets for part in ast.walk(each) if isinstance(part, ast.Name))


class Calls:
    """Which tests call which function."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.seconds: dict[str, float] = {}
        """Test -> what it took."""
        self.failed: set[str] = set()
        """Tests that fail while they are watched."""
        self._tests: dict[str, set[str]] = defaultdict(set)
        for kind, test, what in (line.rstrip("\n").split("\t") for line in lines):
            match kind:
                case "call":
                    self._tests[what].add(test)
                case "seconds":
                    self.seconds[test] = float(what)
                case _:
                    self.failed.add(what)

    def running(self, path: Path, line: int) -> list[str]:
        """Return the tests by which a change in a line may be noticed, the fastest first."""
        tests: set[str] = set()
        waiting, names = [(path, line)], set[str]()
        while waiting:
            path, line = waiting.pop()
            around = [first for first, last in module(path).functions if first <= line <= last]
            name = module(path).bound.get(line, "")
            if around:
                tests |= self._tests[f"{path.relative_to(ROOT / 'tui')}:{around[-1]}"]
            elif name and name not in names:
                names.add(name)
                sources = [path] if name.startswith("_") else (ROOT / "tui").rglob("*.py")
                waiting += [(each, number) for each in sources for number in module(each).words.get(name, ())]
                tests |= {test for test in self.seconds if name in _words(ROOT / test.partition("::")[0])}
        return sorted(tests & self.seconds.keys(), key=lambda test: self.seconds[test])


@cache
def _words(path: Path) -> frozenset[str]:
    return (
        frozenset(re.findall(r"\w+", path.read_text("utf-8"))) if path.is_relative_to(ROOT / "tests") else frozenset()
    )


def record(copy: Path, tests: Sequence[str], jobs: int) -> list[str]:
    """Run the tests unchanged, and return what `mutate_calls` writes of those that pass."""
    guard = copy / "tests" / "guard" / "sitecustomize.py"
    text = guard.read_text("utf-8")
    guard.write_text(f"{text}\nimport mutate_calls\n\nmutate_calls.watch()\n", "utf-8")
    with tempfile.TemporaryDirectory(prefix="mutate-calls-") as folder:
        watched = {"MUTATE_CALLS": folder, "MUTATE_ROOT": str(copy)}
        status = _run(copy, ["-n", str(jobs), "--dist", "worksteal", "-p", "mutate_calls", *tests], None, watched)
        if status not in (0, FAILED):
            sys.exit(f"{' '.join(tests)}: pytest ends with status {status}")
        lines = [line for path in Path(folder).iterdir() for line in path.open(encoding="utf-8")]
    guard.write_text(text, "utf-8")
    failed = Calls(lines).failed
    if failed and _run(copy, sorted(failed), None):
        print("left out, as some fail without any change:", *sorted(failed), sep="\n  ", flush=True)
        lines = [line for line in lines if line.split("\t")[1] not in failed]
    return lines


def is_noticed(change: Change, copy: Path, calls: Calls) -> bool:
    """Say whether a test fails with the change."""
    tests = calls.running(change.path, change.line)
    target = copy / change.path.relative_to(ROOT)
    text = target.read_text("utf-8")
    try:
        _write(target, change.applied(text))
        chosen = copy / "chosen_tests"
        chosen.write_text("\n".join(tests), "utf-8")
        limit_s = 60 + PATIENCE * sum(calls.seconds[test] for test in tests)
        return bool(tests) and _run(copy, ["-x", f"@{chosen}"], limit_s) != 0
    finally:
        _write(target, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (next(_times),) * 2)


def _run(copy: Path, arguments: Sequence[str], limit_s: float | None, more: Mapping[str, str] | None = None) -> int:
    """Run tests in a copy, and return pytest's exit status; that of a failure if they take longer than the limit."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    places = os.pathsep.join(str(copy / each) for each in ("tests/guard", "", "scripts"))
    environment = {**os.environ, "PYTHONPATH": places, **(more or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=silent, stderr=silent, start_new_session=True
    ) as run:
        try:
            return run.wait(limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return FAILED


def main() -> int:
    """Make the changes one by one and report each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--tests", nargs="+", default=[], metavar="ROOM")
    parser.add_argument("--jobs", type=int, default=1, help="how many changes are tried at a time")
    parser.add_argument("--calls", type=Path, metavar="FILE", help="keep there what tests call, or take it from there")
    options = parser.parse_args()
    owns = [folder.resolve().relative_to(ROOT / "tui") for folder in options.folders]
    rooms = options.tests or [room for own in owns for room in (f"tests/{own.parts[0]}", f"tui/{own}")]
    random.seed(options.seed)
    paths = sorted({path for folder in options.folders for path in folder.resolve().rglob("*.py")})
    places = [change for path in paths for change in changes(path)]
    chosen = random.sample(places, min(options.count, len(places)))
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutate-") as temporary, ThreadPoolExecutor(options.jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.jobs):
            copy = Path(temporary) / f"copy{number}"
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
            copies.put(copy)
        if options.calls and options.calls.exists():
            lines = json.loads(options.calls.read_text("utf-8"))
        else:
            lines = record(copy, rooms, options.jobs)
            if options.calls:
                options.calls.write_text(json.dumps(lines), "utf-8")
        calls = Calls(lines)

        def tried(change: Change) -> bool:
            copy = copies.get()
            try:
                return is_noticed(change, copy, calls)
            finally:
                copies.put(copy)

        for change, is_killed in zip(chosen, pool.map(tried, chosen), strict=True):
            survivors += not is_killed
            print("noticed " if is_killed else "SURVIVED", change, flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} noticed ({len(places)} places, seed {options.seed})")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
