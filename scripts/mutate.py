"""Changes one token at random places of a folder's modules, and reports the changes that no test of its room notices.

    python scripts/mutate.py tui/sources --seed 7 --count 20
    python scripts/mutate.py tui/commands --tests tests/commands tests/journeys   # other rooms than the folder's own

A number becomes one more, one less or twice as much; `<` becomes `<=`, `and` becomes `or`, True becomes False, `+` becomes
`-`, and the other way round. It works on a copy, so files may be edited meanwhile. Tests that are named as the module come
first. A change that survives decides about nothing (delete it), makes no difference (leave it), or lacks a case. Exit
status 1 if any survives.
"""

import argparse
import ast
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 900
"""For the tests of one change; a change that makes them hang is noticed by that."""
_SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "+": "-", "-": "+"}
_WORDS = {"and": "or", "or": "and", "True": "False", "False": "True"}


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


def is_noticed(change: Change, copy: Path, rooms: Sequence[str]) -> bool:
    """Say whether a test fails with the change."""
    target = copy / change.path.relative_to(ROOT)
    text = target.read_text("utf-8")
    target.write_text(change.applied(text), "utf-8")
    try:
        named = [
            str(path.relative_to(copy)) for room in rooms for path in (copy / room).rglob(f"test_{target.stem}.py")
        ]
        return any(_fails(copy, tests) for tests in ([*named, str(target.relative_to(copy))], rooms) if tests)
    finally:
        target.write_text(text, "utf-8")


def _fails(copy: Path, tests: Sequence[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=silent, stderr=silent, start_new_session=True
    ) as run:
        try:
            return run.wait(SECONDS) not in (0, 5)  # 5: no tests there
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return True


def main() -> int:
    """Make the changes one by one and report each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--tests", nargs="+", default=[], metavar="ROOM")
    parser.add_argument("--unchecked", action="store_true", help="the tests are known to pass without any change")
    options = parser.parse_args()
    folder = options.folder.resolve()
    own = folder.relative_to(ROOT / "tui")
    rooms = options.tests or [f"tests/{own.parts[0]}", f"tui/{own}"]
    random.seed(options.seed)
    places = [change for path in sorted(folder.rglob("*.py")) for change in changes(path)]
    chosen = random.sample(places, min(options.count, len(places)))
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutate-") as temporary:
        copy = Path(temporary) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        if not options.unchecked and _fails(copy, rooms):
            sys.exit(f"{' '.join(rooms)}: fails without any change")
        for change in chosen:
            is_killed = is_noticed(change, copy, rooms)
            survivors += not is_killed
            print("noticed " if is_killed else "SURVIVED", change, flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} noticed ({len(places)} places, seed {options.seed})")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
