"""Text and JSON lines in, the same repaired out: what `copydesk repair` does with its input."""

import re
from collections.abc import Iterable, Iterator

from tui.core.model import Edit, Options, Problem
from tui.core.values import replace
from tui.text.charset.decode import decode
from tui.text.mending.json_line import mend_field
from tui.text.mending.mend import Mending, mend
from tui.text.words.cells import visible

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_LF = "\n"
_UTF8_MARK = b"\xef\xbb\xbf"
_SHOWN = 60
"""Code points of an edit that an explanation shows."""


def text(payload: bytes, options: Options, name: str) -> tuple[bytes, list[Problem], Iterator[str]]:
    """Return repaired text as UTF-8 with its own line ends, what was lost, and a line of explanation for each change.

    Clean UTF-8 comes back byte for byte. UTF-16 and UTF-32 come back with `\\n` as line ends and without their mark.
    """
    decoded = decode(payload, override=options.charset)
    mended = mend(decoded.text, options)
    lines = mended.text.encode("utf-8", "replace").split(b"\n")
    ends = _LINE_ENDS.findall(payload)
    if len(ends) != len(lines) - 1 or decoded.charset.name.startswith(("utf-16", "utf-32")):
        ends = [b"\n"] * (len(lines) - 1)
    mark = _UTF8_MARK if payload.startswith(_UTF8_MARK) and decoded.charset.name == "utf-8" else b""
    repaired = mark + b"".join(part for pair in zip(lines, [*ends, b""], strict=True) for part in pair)
    return repaired, [*decoded.problems, *_placed(mended, name)], explanations(mended, name)


def line(stored: bytes, field: str, options: Options, name: str) -> tuple[bytes, list[Problem], list[str]]:
    """Return a JSON line with its field repaired, what was lost, and a line of explanation for each change.

    Raises ValueError, saying why, if the line is no JSON object or has no such field; it is to be passed on as it is.
    """
    problems: list[Problem] = []
    notes: list[str] = []
    if not stored.strip():
        return stored, problems, notes

    def repaired(string: str) -> Mending:
        mended = mend(string, options)
        problems.extend(_placed(mended, name))
        notes.extend(explanations(mended, name))
        return mended

    made = mend_field(stored.decode("utf-8", "surrogateescape"), field, repaired)
    return made.encode("utf-8", "surrogateescape"), problems, notes


def harmless(written: bytes) -> bytes:
    """UTF-8 for a terminal: controls and bidi marks become visible stand-ins, line ends stay."""
    text = written.decode("utf-8", "replace").replace("\r\n", "\n")
    return "\n".join(visible(line, tabs=True) for line in text.split("\n")).encode()


def explanations(mended: Mending, name: str) -> Iterator[str]:
    """What each repair found out, then each change (place, repair, certainty, before and after), then what it left."""
    from tui.text.words.scripts import naive_problems  # loads a list of words, which only explanations need

    for repair, plan in mended.plans:
        if plan.note:
            yield f"{name}: {repair.name}: {plan.note}"
    places = _Places(mended.text, name)
    for edit in mended.edits:
        change = f"{_steps(edit)} ({edit.certainty}): {_quoted(edit.before)} -> {_quoted(edit.after)}"
        yield f"{places.of(edit.start)}: {change}"
    yield from (each.message for each in _with_places(naive_problems(mended.text), mended.text, name))


def _placed(mended: Mending, name: str) -> list[Problem]:
    return list(_with_places(mended.problems, mended.text, name))


def _with_places(problems: Iterable[Problem], text: str, name: str) -> Iterator[Problem]:
    """The problems in the order of the text, each with its line and column before what it says."""
    places = _Places(text, name)
    for problem in sorted(problems, key=lambda each: each.start or 0):
        if problem.start is None:
            yield problem
        else:
            yield replace(problem, where=": ".join(filter(None, (places.of(problem.start), problem.where))))


class _Places:
    """Says the line and the column of places that are asked for in their order; both count from 1."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._at = 0
        self._line = 1

    def of(self, at: int) -> str:
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return f"{self._name}:{self._line}:{at - self._text.rfind(_LF, 0, at)}"


def _steps(edit: Edit) -> str:
    return ", ".join(step.repair for step in edit.steps) or edit.repair


def _quoted(text: str) -> str:
    seen = visible(text)
    return f"‘{seen if len(seen) <= _SHOWN else seen[: _SHOWN - 1] + '…'}’"
