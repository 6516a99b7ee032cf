"""Rows that batches of copydesk wrote: what a row keeps of its page, if it holds together."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import isfinite
from typing import Any, get_args

from tui.core.model import Certainty, Charset, Edit, Failure, Field, PageType, Rows, Step
from tui.core.page import BatchRow
from tui.core.problems import AS_WRITTEN, KINDS, Problem
from tui.core.values import replace

DIGEST = re.compile(r"[0-9a-f]{16}")
"""Of a recipe, which stands in each row."""
TOLD = frozenset(
    {
        *("charset", "charset_by", "language", "type", "title", "date", "authors", "url", "fetched"),
        *("body", "body_at", "text", "edits", "signals", "fails", "problems"),
    }
)
"""Columns that a document has a place for."""
_MAX_PLACE = 1 << 48
"""Code points or bytes; no page has as many."""
FOUND_AGAIN = "naive_conversion"
"""Code of problems that the text shows by itself, each with its words."""
_NAMES = {"title": "title", "url": "url", "fetched": "fetched"}


def names(record: Mapping[str, Any]) -> dict[str, str]:
    """Return role -> name of the fields of a row; empty: it is none.

    >>> names({"recipe": "0" * 16, "edits": [], "body": "rain", "source": "s3://a/b.jsonl"})["body"]
    'body'
    """
    digest = record.get("recipe")
    if not isinstance(digest, str) or not DIGEST.fullmatch(digest) or not isinstance(record.get("edits"), list):
        return {}
    body = next((name for name in ("text", "body") if isinstance(record.get(name), str)), None)
    return {"body": body, **_NAMES} if body is not None else {}


def row(record: Mapping[str, Any], text: object) -> BatchRow | None:
    """Return what a row keeps of the page whose text or body it has; None: it is no row, or does not hold together.

    Then it is a record like any other.
    """
    if not names(record) or not isinstance(text, str):
        return None
    try:
        return _seen_through(record, text)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):  # other kinds of values than ours
        return None


def _seen_through(row: Mapping[str, Any], text: str) -> BatchRow:
    edits, others = [_edit(told) for told in row["edits"]], tuple[Edit, ...]()
    body = tuple((int(start), int(end)) for start, end in row.get("body_at", ()))
    problems = tuple(_problem(told) for told in row.get("problems") or () if told["code"] != FOUND_AGAIN)
    if not isinstance(row.get("text"), str):
        within = _Within(body)
        others = tuple(edit for edit in edits if within(edit.start, edit.end) is None)
        edits = [replace(edit, start=at[0], end=at[1]) for edit in edits if (at := within(edit.start, edit.end))]
        problems = tuple(_moved(problem, within) for problem in problems)
        body = within.places
    known = row.get("language")
    return BatchRow(
        text,
        _sound_edits(text, edits),
        others,
        _sound_body(text, body if "body_at" in row else ((0, len(text)),)),
        Charset(_charset(str(row.get("charset") or "utf-8")), str(row.get("charset_by") or "json")),
        row["type"] if row.get("type") in get_args(PageType) else "other",
        known if isinstance(known, str) else None,
        dict(_facts(row)),
        {str(name): _figure(figure) for name, figure in (row.get("signals") or {}).items() if figure is not None},
        _fails(row["fails"]) if row.get("fails") is not None else None,
        problems,
    )


def _charset(name: str) -> str:
    from tui.text.charset.names import NAMES, find  # a scan needs none of them

    if find(name) is None and name not in NAMES:
        raise ValueError(f"no charset {name}")
    return name


def _figure(value: Any) -> float:
    if not isfinite(figure := float(value)):
        raise ValueError("no figure that JSON has")
    return figure


def _edit(told: Mapping[str, Any]) -> Edit:
    steps = tuple(
        Step(str(step["repair"]), str(step["before"]), str(step["after"])) for step in told.get("steps") or ()
    )
    certainty: Certainty = "probable" if told["certainty"] == "probable" else "certain"
    before, after = str(told["before"]), str(told["after"])
    if "\n" in before or "\n" in after:
        raise ValueError("an edit touches a line end")
    return Edit(int(told["start"]), int(told["end"]), before, after, str(told["repair"]), certainty, steps)


def _sound_edits(text: str, edits: Sequence[Edit]) -> Rows[Edit]:
    """The edits. Raises ValueError unless they stand where they say, in order."""
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text) or text[edit.start : edit.end] != edit.after:
            raise ValueError(f"another text stands at {edit.start}")
        at = edit.end
    return Rows(Edit, edits)


def _sound_body(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The spans. Raises ValueError unless they are in order, within the text."""
    places = [place for span in spans for place in span]
    if sorted(places) != places or (places and not 0 <= places[0] <= places[-1] <= len(text)):
        raise ValueError("the body stands nowhere")
    return spans


class _Within:
    """Says where in the body stands what has a place in the text.

    >>> within = _Within([(10, 14), (20, 26)])
    >>> within.places, within(11, 12), within(20, 26), within(12, 21)
    (((0, 4), (5, 11)), (1, 2), (5, 11), None)
    """

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        lengths = [end - start for start, end in spans]
        starts = accumulate((length + 1 for length in lengths), initial=0)
        self.places = tuple((start, start + length) for start, length in zip(starts, lengths, strict=False))
        """Where in the body each of its spans stands."""

    def __call__(self, start: int, end: int) -> tuple[int, int] | None:
        """Return start and end in the body; None: it doesn't stand in it, or not all of it."""
        at = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        if at < 0 or end > self._spans[at][1]:
            return None
        by = self.places[at][0] - self._spans[at][0]
        return start + by, end + by


def _problem(told: Mapping[str, Any]) -> Problem:
    code, stage = str(told["code"]), str(told["stage"])
    start, end, byte, lost = (
        None if told[name] is None else int(told[name]) for name in ("start", "end", "byte", "lost")
    )
    if any(number is not None and not 0 <= number < _MAX_PLACE for number in (start, end, byte, lost)):
        raise ValueError("no place in a page")
    at_stage = stage if stage != KINDS[code].stage else ""
    return Problem(code, "", {AS_WRITTEN: str(told["message"])}, start, end, byte, lost, at_stage)


def _fails(told: Sequence[Mapping[str, Any]]) -> dict[str, Failure]:
    return {str(each["rule"]): Failure(_figure(each["value"]), _figure(each["bound"])) for each in told}


def _moved(problem: Problem, within: _Within) -> Problem:
    if problem.start is None or problem.end is None:
        return problem
    start, end = within(problem.start, problem.end) or (None, None)
    return replace(problem, start=start, end=end)


def _facts(row: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    if day := row.get("date"):
        yield "date", Field(str(day), "record date")
    if isinstance(authors := row.get("authors"), list) and authors:
        yield "author", Field(list(map(str, authors)), "record authors")
