"""JSON records: one a line, in an array, in an array within an object, or otherwise. Scanned for offsets, never loaded whole."""

import json
import sys
from array import array
from codecs import utf_8_decode
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO

from tui.core.model import Item, Limits, Options, Ref
from tui.core.page import RawPage, RecordFields
from tui.core.patterns import lazy
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Format, Head, MixedRun
from tui.sources.parsing.json_layout import ACTION, SAMPLE_BYTES, Layout, Parting, cut_object, layout
from tui.sources.parsing.json_spans import is_one_a_line, sequence, values
from tui.sources.parsing.lines import MOST_ROWS, count_lines, in_columns, line_runs, marked_lines, runs
from tui.sources.parsing.magic import MARKDOWN_NAMES
from tui.sources.parsing.pages import NamedFields, bounds, has_text, page, problem_in, without_strays
from tui.sources.parsing.wording import ascii_of, byte_order, characters, in_pairs, plain_text, record_wording
from tui.sources.streams.members import bare_name
from tui.sources.streams.opening import RunReader, damaged_rows, kept_content, once_a_stream, open_content, read_span
from tui.sources.streams.route import read_fully

_START = lazy(rb'(?:\xef\xbb\xbf|\xff)?[\s\x1e]*(?:\{\s*["}]|\[\s*\{\s*["}])')
_LINE_NAMES = (".jsonl", ".ndjson")
_ESCAPED_SURROGATE = lazy(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder(parse_constant=str)
_DEFAULT = Options()
LAST_LINE_BYTES = 64 * 1024 * 1024
"""Bytes of a last line without its end that are looked at."""
COUNTED_BYTES = 256 * 1024 * 1024
"""Beyond this offset a broken record is named by its byte alone: counting lines would take too long."""


def claims(head: Head) -> bool:
    """Say whether the file starts like JSON objects; a `.jsonl` file may start with a broken line, and Markdown with fields."""
    name = head.name.lower()
    return name.endswith(_LINE_NAMES) or (
        bool(_START.match(ascii_of(head.start))) and not name.endswith(MARKDOWN_NAMES)
    )


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run | MixedRun]:
    """Yield references to all records, in order. Raises SourceError if the file can't be read."""
    with open_content(file, below) as stream:
        text, width = characters(stream, byte_order(stream))
        paired = width == 1 and not _is_named_so(file) and in_pairs(stream)
        whole = _layout(file, text, paired)
        text.seek(0)
        if whole.parting is Parting.BULK:
            ordinal = yield from _bulk(file, text, width)
        else:
            ordinal = yield from runs(file, FORMAT.name, _columns(whole, text, paired), width)
        yield from damaged_rows(stream, file, ordinal)
    if ordinal == file.ordinal:
        yield replace(file, format=FORMAT.name)


def _layout(file: Ref, stream: BinaryIO, paired: bool) -> Layout:
    """How the records of a file stand in it; `stream` is at its start."""
    sample = read_fully(stream, SAMPLE_BYTES)
    told = layout(sample, len(sample) < SAMPLE_BYTES, _is_named_so(file), has_text, in_pairs=paired)
    if told is None:
        stream.seek(0)
        told = Layout(Parting.LINES if is_one_a_line(stream, in_pairs=paired) else Parting.VALUES)
    return told


def _is_named_so(file: Ref) -> bool:
    return bare_name(file.member or file.source).lower().endswith(_LINE_NAMES)


def _columns(whole: Layout, stream: BinaryIO, paired: bool) -> "Iterator[tuple[array[int], array[int]]]":
    """Offsets and lengths of the records; `stream` is at the start of the file."""
    if whole.parting is Parting.LINES:
        return line_runs(stream)
    if whole.parting is Parting.SEQUENCE:
        return in_columns(sequence(stream))
    if whole.parting is Parting.VALUES:
        return in_columns(values(stream, in_pairs=paired))
    stream.seek(whole.at)
    is_member = whole.parting is Parting.MEMBERS
    spans = values(stream, in_pairs=paired, is_list=not is_member, is_member=is_member)
    return in_columns((whole.at + start, length) for start, length in spans)


def _bulk(file: Ref, stream: BinaryIO, width: int) -> Generator[MixedRun, None, int]:
    """Yield the lines of a bulk file, of which those are no pages that are actions; return the ordinal behind."""
    rows = marked_lines(stream, ACTION)
    ordinal = file.ordinal
    while batch := list(islice(rows, MOST_ROWS)):
        spans = in_columns(((start, length) for start, length, _ in batch), len(batch))
        for run in runs(replace(file, ordinal=ordinal), FORMAT.name, spans, width):
            yield MixedRun(run, bytes(not is_action for _, _, is_action in batch))
        ordinal += len(batch)
    return ordinal


def more(file: Ref) -> Iterator[Item | Run]:
    """Yield what follows; an object is whole at the end as well, whether its line ended or not. Raises SourceError."""
    from tui.sources.streams.growing import growing

    with open_content(replace(file, offset=0)) as stream:
        order = byte_order(stream)
        paired = not order and not _is_named_so(file) and in_pairs(stream)
        if _layout(file, characters(stream, order)[0], paired).parting is not Parting.LINES:
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
    """Read one record; one that is broken or has no text is shown as it is. Raises SourceError if the file can't be read.

    Of one that is larger than what is read, the page is made of the fields that are whole and the start of the one that is cut.
    """
    stored, size = read_span(ref, limits.of_record)
    if not stored.strip():
        return _as_it_is(ref, stored, size, bounds(ref, len(stored), 0))
    is_cut = len(stored) < size
    cut = bounds(ref, len(stored), size)
    if is_cut:
        with suppress(UnicodeDecodeError):  # within a character
            stored = stored[: utf_8_decode(stored, "strict", False)[1]]
    said = record_wording(ref, stored, options.charset)
    try:
        record = cut_object(said.text) if is_cut else _parsed(said.text)
        lone = 0
        if _ESCAPED_SURROGATE.search(said.text) and isinstance(record, dict):
            record, lone = without_strays(record)
    except (ValueError, RecursionError) as error:
        return _as_it_is(ref, stored, size, (*said.problems, _broken(ref, error)))
    record = _named(record)
    if not isinstance(record, dict):
        return _as_it_is(ref, stored, size, (*said.problems, problem_in(ref, "no_object", place=_place(ref))))
    problems = (*said.problems, *cut, *_surrogates(ref, lone))
    options = _from_list(ref, options)
    if is_cut and NamedFields.of(record, options) is None:
        return _as_it_is(ref, stored, size, problems)
    made = page(ref, record, lambda: stored, limits, options, problems, place=lambda: _place(ref), of=said)
    clipped = made.clipped + size - len(stored)
    return replace(made, size=len(made.payload) + clipped, clipped=clipped) if is_cut else made


def _from_list(ref: Ref, options: Options) -> Options:
    """The user's word on fields, without the names that lead to the list in which the records lie."""
    if not any("." in name for _, name in options.fields):
        return options
    path = _list_path(kept_content(ref))
    return replace(options, fields=tuple((role, name.removeprefix(path)) for role, name in options.fields))


@once_a_stream
def _list_path(stream: BinaryIO) -> str:
    text, width = characters(stream, byte_order(stream))
    paired = width == 1 and in_pairs(stream)
    sample = read_fully(text, SAMPLE_BYTES)
    told = layout(sample, len(sample) < SAMPLE_BYTES, False, has_text, in_pairs=paired)
    return f"{told.path}." if told is not None and told.path else ""


def fields(ref: Ref, limits: Limits, options: Options) -> RecordFields | None:
    """Return what a record in UTF-8 says of its page; None: that takes reading it. Raises SourceError."""
    return _fields(*read_span(ref, limits.of_record), _from_list(ref, options))


def fields_of(run: Run, limits: Limits, options: Options) -> Callable[[int], RecordFields | None]:
    """As `fields`, of many."""
    reader, own = RunReader(run, limits.of_record), None

    def of(at: int) -> RecordFields | None:
        nonlocal own
        own = own or _from_list(run.first, options)
        return _fields(*reader.read(at), own)

    return of


def _fields(stored: bytes, size: int, options: Options) -> RecordFields | None:
    if len(stored) < size or not stored.strip() or (text := plain_text(stored, options.charset)) is None:
        return None
    if _ESCAPED_SURROGATE.search(text):
        return None
    try:
        return NamedFields.of(_named(_parsed(text)), options)
    except (ValueError, RecursionError):
        return None


def _parsed(text: str) -> Any:
    """What JSON says; a number of more digits than Python makes an int of stays as it is written. Raises as `json.loads`."""
    try:
        # To look for blanks around it takes a quarter of the time.
        value, end = _DECODER.raw_decode(text) if text.startswith("{") else (None, -1)
        return value if end == len(text) else _DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        most = sys.get_int_max_str_digits()
        return json.loads(
            text, parse_constant=str, parse_int=lambda digits: int(digits) if len(digits) <= most else digits
        )


def _named(record: Any) -> Any:
    """A record with names for what it holds: a string is the text of a page."""
    return {"text": record} if isinstance(record, str) and record.strip() else record


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


FORMAT = Format("jsonl", 10, claims, scan, read, read_as=read, more=more, fields=fields, fields_of=fields_of)
