"""Inputs with which something was wrong once: made smaller, kept, and tried again by the tests."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from fuzz.running import Case, Finding, attempt

FOLDER = Path(__file__).resolve().parent.parent / "cases" / "fuzz"
TRIALS = 120
"""Inputs that are tried to make one smaller."""
SLOW_TRIALS = 24
"""The same where each costs a child its life."""


def smaller(case: Case, found: Finding, tried: Callable[[Case], Finding | None] = attempt) -> Case:
    """Leave out of an input what its finding doesn't need, as far as a number of trials goes.

    >>> found = Finding("broken", "", "x")
    >>> smaller(Case("html", "a", b"so much before the <b> and behind", 0), found, lambda case: found if b"<b>" in case.content else None).content
    b'<b>'
    """
    left = TRIALS if found.what in ("raised", "broken") else SLOW_TRIALS
    content = case.content
    size = len(content) // 2
    while size and left:
        at = 0
        while at < len(content) and left:
            shorter = content[:at] + content[at + size :]
            left -= 1
            again = tried(replace(case, content=shorter))
            if again is not None and again.key == found.key:
                content = shorter
            else:
                at += size
        size = min(size // 2, len(content) // 2) if size > 1 else 0
    return replace(case, content=content)


def store(case: Case, found: Finding, folder: Path = FOLDER) -> Path:
    """Keep an input, and beside it in one line what it is and what was wrong with it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{case.kind}-{sha256(case.content).hexdigest()[:8]}"
    path.write_bytes(case.content)
    about = {
        "kind": case.kind,
        "name": case.name,
        "choice": case.choice,
        "found": f"{found.what}: {found.where}: {found.said}",
    }
    path.with_suffix(".json").write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def stored(folder: Path = FOLDER) -> Iterator[tuple[str, Case]]:
    """Yield the name of each input that is kept, and the input."""
    for path in sorted(folder.glob("*.json")):
        about = json.loads(path.read_text("utf-8"))
        yield path.stem, Case(about["kind"], about["name"], path.with_suffix("").read_bytes(), about["choice"])
