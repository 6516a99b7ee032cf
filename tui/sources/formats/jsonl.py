"""JSON records: an object a line, an array of objects, or a single object. Scanned for offsets, never loaded whole."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from tui.core.model import Item, Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.patterns import lazy
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Format, Head
from tui.sources.parsing.json_spans import is_one_a_line, values
from tui.sources.parsing.lines import count_lines, in_columns, line_runs, runs
from tui.sources.parsing.pages import bounds, page, problem_in, without_strays
from tui.sources.parsing.wording import ascii_of, byte_order, characters, in_pairs, record_wording
from tui.sources.streams.members import bare_name
from tui.sources.streams.opening import damaged_rows, open_content, read_span
from tui.sources.streams.route import read_fully

_START = lazy(rb'(?:\xef\xbb\xbf|\xff)?\s*(?:\{\s*["}]|\[\s*\{\s*["}])')
_LINE_NAMES = (".jsonl", ".ndjson")
_ESCAPED_SURROGATE = lazy(r"\\u[dD][89a-fA-F]")
_DEFAULT = Options()
LAST_LINE_BYTES = 64 * 1024 * 1024
"""Bytes of a last line without its end that are looked at."""
COUNTED_BYTES = 256 * 1024 * 1024
"""Beyond this offset a broken record is named by its byte alone: counting lines would take too long."""


def claims(head: Head) -> bool:
    """Say whether the file starts like JSON objects; a `.jsonl` file may start with a broken line."""
    return bool(_START.match(ascii_of(head.start))) or head.name.lower().endswith(_LINE_NAMES)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield references to all records, in order. Raises SourceError if the file can't be read."""
    with open_content(file, below) as stream:
        text, width = characters(stream, byte_order(stream))
        paired = not _is_named_so(file) and width == 1 and in_pairs(stream)
        by_line = _is_by_line(file, text, paired)
        text.seek(0)
        columns = line_runs(text) if by_line else in_columns(values(text, in_pairs=paired))
        ordinal = yield from runs(file, FORMAT.name, columns, width)
        yield from damaged_rows(stream, file, ordinal)
    if ordinal == file.ordinal:
        yield replace(file, format=FORMAT.name)


def _is_by_line(file: Ref, stream: BinaryIO, paired: bool) -> bool:
    """Say whether a line is a record, by the file's name or by its start."""
    return _is_named_so(file) or is_one_a_line(stream, in_pairs=paired)


def _is_named_so(file: Ref) -> bool:
    return bare_name(file.member or file.source).lower().endswith(_LINE_NAMES)


def more(file: Ref) -> Iterator[Item | Run]:
    """Yield what follows; an object is whole at the end as well, whether its line ended or not. Raises SourceError."""
    from tui.sources.streams.growing import growing

    with open_content(replace(file, offset=0)) as stream:
        order = byte_order(stream)
        if not _is_by_line(file, characters(stream, order)[0], paired=not order and in_pairs(stream)):
            return
    end = 0
    with growing(file) as stream:
        like = replace(file, format=FORMAT.name)
        text, width = characters(stream, order)
        for run in runs(file, FORMAT.name, line_runs(text, is_growing=True), width):
            yield run
            end = run[-1].offset + run[-1].length - file.offset
        stream.seek(end)
        rest = b"" if order else read_fully(stream, LAST_LINE_BYTES)
        start = len(rest) - len(rest.lstrip())
        if _is_object(rest[start:]):
            yield replace(like, offset=file.offset + end + start, length=len(rest) - start)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one record; one that is broken or has no text is shown as it is. Raises SourceError if the file can't be read."""
    stored, size = read_span(ref, limits.page_bytes)
    if len(stored) < size or not stored.strip():
        return _as_it_is(ref, stored, size, bounds(ref, len(stored), size if stored.strip() else 0))
    said = record_wording(ref, stored, options.charset)
    try:
        record = _parsed(said.text)
        lone = 0
        if _ESCAPED_SURROGATE.search(said.text) and isinstance(record, dict):
            record, lone = without_strays(record)
    except (ValueError, RecursionError) as error:
        return _as_it_is(ref, stored, size, (*said.problems, _broken(ref, error)))
    if not isinstance(record, dict):
        return _as_it_is(ref, stored, size, (*said.problems, problem_in(ref, "no_object", place=_place(ref))))
    problems = (*said.problems, *_surrogates(ref, lone))
    return page(ref, record, lambda: stored, limits, options, problems, place=lambda: _place(ref), of=said)


def _parsed(text: str) -> Any:
    """What JSON says; a number of more digits than Python makes an int of stays as it is written. Raises as `json.loads`."""
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError:
        raise
    except ValueError:
        most = sys.get_int_max_str_digits()
        return json.loads(
            text, parse_constant=str, parse_int=lambda digits: int(digits) if len(digits) <= most else digits
        )


def _as_it_is(ref: Ref, stored: bytes, size: int, problems: tuple[Problem, ...]) -> RawPage:
    return RawPage(ref, stored, "text/plain", size, size - len(stored), problems=problems)


def _broken(ref: Ref, error: Exception) -> Problem:
    if isinstance(error, json.JSONDecodeError):
        reason = Reason("record_no_json", {"error": error.msg, "character": error.pos})
    else:
        reason = Reason("record_too_deep")
    return problem_in(ref, "broken_record", place=_place(ref), reason=reason)


def _place(ref: Ref) -> Reason:
    """Name a record for people: by its line while counting lines is cheap, else by its byte."""
    if ref.offset > COUNTED_BYTES:
        return Reason("record_at", {"byte": ref.offset})
    before = count_lines(ref)
    return Reason("line_at", {"line": before + 1, "byte": ref.offset})


def _surrogates(ref: Ref, lone: int) -> tuple[Problem, ...]:
    if not lone:
        return ()
    return (problem_in(ref, "lone_surrogates", place=_place(ref), count=lone),)


FORMAT = Format("jsonl", 10, claims, scan, read, read_as=read, more=more)
