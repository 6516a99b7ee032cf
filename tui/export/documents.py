"""Documents as JSON, text and Markdown: what scripts and other programs get to read."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tui.core.model import (
    BODY_KINDS,
    CLAIMANTS,
    Block,
    Candidate,
    Document,
    Field,
    Headline,
    Preview,
    RepairCount,
    Rows,
)
from tui.core.problems import KINDS, Problem
from tui.core.shelf import places
from tui.core.values import fields, is_dataclass
from tui.text.words.cells import fit, pad, visible

if TYPE_CHECKING:
    from tui.choosing.groups import ValueGroup

SCHEMA = 1
"""Raised when a key changes its meaning; new keys and values don't raise it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_BARE = frozenset({type(None), str, int, float, bool})
_CONTROLS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<])")
_LINE_START = re.compile(r"^(\s*\d*)([#>+-]|(?<=\d)[.)])(?=\s|$)")


def to_json(value: Mapping[str, Any]) -> str:
    """One line of JSON. C0, DEL, C1 and bidi controls are escaped; a lone surrogate becomes U+FFFD."""
    line = _ENCODER.encode(value)
    return line if line.isprintable() else _CONTROLS.sub(_escape, line)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\N{REPLACEMENT CHARACTER}" if code >= 0xD800 else f"\\u{code:04x}"


def page(document: Document) -> dict[str, Any]:
    """A document as the JSON object that `show --schema` describes."""
    ref = document.ref
    return {
        "schema": SCHEMA,
        "source": ref.source,
        "ordinal": ref.ordinal,
        "sha256": document.sha256 or None,
        "locator": {
            "member": ref.member,
            "offset": ref.offset,
            "length": document.size if ref.length < 0 else ref.length,
            "record_id": document.record_id,
        },
        "url": document.url,
        "fetched": document.fetched,
        "media": document.media,
        "bytes": document.size,
        "clipped": document.clipped,
        "http": _plain(document.http),
        "warc": {"headers": _plain(document.warc)} if document.warc else None,
        "record": dict(document.record),
        "charset": _plain(document.charset),
        "type": document.type,
        "title": document.title,
        "title_before": document.title_before,
        "body": document.body,
        "language": document.language,
        "metadata": {key: _field(field) for key, field in document.metadata.items()},
        "headlines": _plain(document.headlines),
        "posts": [post | {"author": post["author"] or None} for post in _plain(document.posts)],
        "blocks": _plain(document.blocks),
        "text": document.text,
        "signals": dict(document.signals),
        "fails": fails(document),
        "repairs": _repairs(document.repairs),
        "edits": edits(document),
        "scripts": _plain(document.scripts),
        "problems": problems(document.problems),
    }


def edits(document: Document) -> list[dict[str, Any]]:
    """The edits of a document as the JSON of a page has them."""
    return [_without_empty_steps(edit) for edit in _plain(document.edits)]


def fails(document: Document) -> list[dict[str, Any]]:
    """The rules that a document fails as the JSON of a page has them."""
    return [{"rule": name, **_plain(failure)} for name, failure in document.fails.items()]


def problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    names = ("stage", "code", "message", "start", "end", "byte", "lost")
    return [{name: getattr(problem, name) for name in names} for problem in found]


def _repairs(found: Iterable[RepairCount]) -> list[dict[str, Any]]:
    return [{**_plain(repair), "note": str(repair.note or "")} for repair in found]


def _plain(value: Any) -> Any:
    """Dataclasses as objects, sequences as arrays, all else as it is."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Rows):
        names = [field.name for field in fields(value.kind)] if value else []
        columns = (_plain_column(value.column(name)) for name in names)
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def _plain_column(values: Sequence[Any]) -> Iterable[Any]:
    """The values of a column, looked at one by one only where some are made of others."""
    return values if set(map(type, values)) <= _BARE else map(_plain, values)


def _field(field: Field) -> dict[str, Any]:
    found = {
        "value": field.value,
        "from": field.origin,
        "certainty": field.certainty,
        "rivals": [{"value": value, "from": origin} for value, origin in field.rivals],
    }
    return found if field.before is None else found | {"before": field.before}


def _without_empty_steps(edit: dict[str, Any]) -> dict[str, Any]:
    if not edit["steps"]:
        del edit["steps"]
    return edit


def peeks(previews: Rows[Preview]) -> Iterator[dict[str, Any]]:
    """Yield what a list says of pages, with the keys that a page has; no page of hundreds of thousands is made a value."""
    columns = map(previews.column, ("title", "date", "trouble"))
    for (source, ordinal), title, date, trouble in zip(places(previews.column("ref")), *columns, strict=True):
        yield {
            "schema": SCHEMA,
            "source": source,
            "ordinal": ordinal,
            "title": title,
            "date": date,
            "problems": problems([trouble]) if trouble else [],
        }


def summary(document: Document) -> dict[str, Any]:
    """What a list says of a page that was read wholly: the keys of `peeks`, and more of a page's."""
    date = document.metadata.get("date")
    return {
        "schema": SCHEMA,
        "source": document.ref.source,
        "ordinal": document.ref.ordinal,
        "title": document.title,
        "date": date.value if date else None,
        "type": document.type,
        "language": document.language,
        "charset": document.charset.name,
        "repairs": _repairs(document.repairs),
        "signals": dict(document.signals),
        "fails": fails(document),
        "problems": problems(document.problems),
    }


def row(entry: Mapping[str, Any], columns: int = 0) -> str:
    """A `summary` as one line: ordinal, date, headline, source, repairs, signals and the rules it fails.

    The columns are set apart by tabs; for a terminal of so many `columns`, by spaces, and cut to fit.
    """
    unread = (problem["message"] for problem in entry["problems"] if KINDS[problem["code"]].gravity == "unread")
    title = entry["title"] or next(unread, "")
    repairs = " ".join(f"{seen['name']}={seen['count']}" for seen in entry["repairs"])
    signals = " ".join(f"{name}={figure:g}" for name, figure in entry["signals"].items())
    failed = " ".join(failure["rule"] for failure in entry["fails"])
    more = (_line(repairs or "-"), _line(signals), _line(failed or "-"))
    return _row(entry["source"], entry["ordinal"], entry["date"], title, *more, columns=columns)


def rows(previews: Rows[Preview], columns: int = 0) -> Iterator[str]:
    """Yield `peeks` as lines: the first four columns of `row`."""
    cells = map(previews.column, ("title", "date", "trouble"))
    for (source, ordinal), title, date, trouble in zip(places(previews.column("ref")), *cells, strict=True):
        unread = trouble.message if trouble and trouble.gravity == "unread" else ""
        yield _row(source, ordinal, date, title or unread, columns=columns)


def _row(source: str, ordinal: int, date: str | None, title: str, *more: str, columns: int) -> str:
    parts = (str(ordinal), _cell(date or "-"), _line(title or "(no title)"), _cell(source), *more)
    if not columns:
        return "\t".join(parts)
    head = f"{parts[0]:>6}  {parts[1][:10]:10}  "
    rest = " ".join(parts[3:])
    cells = max(20, columns - len(head) - 2 - min(len(rest), columns // 3))
    return fit(f"{head}{pad(parts[2], cells)}  {rest}", columns)


def group(found: "ValueGroup") -> dict[str, Any]:
    """A group of pages by a field; of those by a rule also how many no rule before it drops, and no other."""
    steps = {"first": found.first, "only": found.only} if found.first >= 0 else {}
    return {"value": found.name, "pages": len(found.members), **steps, "expression": found.expression}


def counts(groups: "Sequence[ValueGroup]", field: str, pages: int, *, is_table: bool) -> list[str]:
    """Groups of so many pages as lines below a heading: a table to be read, or columns set apart by tabs."""
    is_stepwise = any(each.first >= 0 for each in groups)
    heads = ["pages", "share", *(["in order", "only it"] if is_stepwise else []), field]
    rows = [heads]
    for each in groups:
        steps = [str(count) if count >= 0 else "-" for count in (each.first, each.only)] if is_stepwise else []
        share = f"{len(each.members) / max(1, pages):.1%}"
        rows.append([str(len(each.members)), share, *steps, _line(each.name) or "(none)"])
    if not is_table:
        return ["\t".join(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return [
        "  ".join([*(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    ]


def _line(text: str) -> str:
    return visible(" ".join(text.split()))


_cell = lru_cache(256)(_line)
"""The same of what stands in many rows."""


def candidate(found: Candidate) -> str:
    """A charset that a page could be in, as one line: score, charset, who names it, and a line of the page in it."""
    lost = f" ({found.lost:,} lost)" if found.lost else ""
    by = CLAIMANTS.get(found.by, found.by) or "-"
    return f"{found.score:4.2f}  {found.charset:14}  {by:15}  {found.line}{lost}\n"


def text(document: Document) -> str:
    """The whole repaired text, ready for a terminal: controls and bidi marks become visible stand-ins."""
    return _shown(document.text)


def _shown(text: str) -> str:
    return "\n".join(visible(line, tabs=True) for line in text.split("\n"))


def markdown(document: Document) -> str:
    """The article with its title and what is known of it, then the lists of headlines. Signs of Markdown are escaped."""
    # The items of an index are told below, with what belongs to each.
    is_told = document.type == "listing" and len(document.headlines) > 0
    printed = [block for block in document.blocks if block.kind in _FORMS and not (is_told and block.kind == "list")]
    if not any(block.kind in BODY_KINDS for block in printed) and not document.headlines:
        return text(document)  # nothing was taken for the article: better all than nothing
    parts = [f"# {_escaped(document.title)}"] if not document.body.startswith(document.title) else []
    facts = [_fact(document.metadata, key) for key in ("date", "author", "editor", "source", "site", "place")]
    if any(facts):
        parts.append(" · ".join(_escaped(fact) for fact in facts if fact))
    for kind, blocks in groupby(printed, key=lambda block: block.kind):
        drawn = [_drawn(document, block) for block in blocks]
        parts += ["\n".join(drawn)] if kind == "list" else drawn
    parts += _lists(document.headlines)
    return "\n\n".join(part for part in parts if part)


def _drawn(document: Document, block: Block) -> str:
    """A block; items have their numbers and stand below the item that they are part of."""
    text, shapes = document.text[block.start : block.end], document.shapes
    at = bisect_right(shapes.column("start"), block.start) - 1 if shapes else -1
    if block.kind != "list" or at < 0 or shapes[at].end <= block.start:
        return _block(block, text)
    shape = shapes[at]
    sign = shape.marker if shape.marker.endswith(".") else "-"
    hung = f"{sign} " if shape.marker else ""
    return _lines(" " * (shape.indent - (len(shape.marker) + 1 if hung else 0)) + hung, text)


def _fact(metadata: Mapping[str, Field], key: str) -> str:
    value = metadata[key].value if key in metadata else ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _escaped(text: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", visible(text.replace("\n", " "))))


def _lines(prefix: str, text: str) -> str:
    return "\n".join(prefix + _escaped(line) for line in text.split("\n"))


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{_shown(text)}\n{fence}"


def _table(text: str) -> str:
    """Rows of cells between tabs as a table, whose first row is its head; what is no such table as lines."""
    rows = [[_escaped(cell).replace("|", "\\|") for cell in line.split("\t")] for line in text.split("\n")]
    width = max(map(len, rows))
    if width < 2:
        return _lines("", text)
    rows.insert(1, ["---"] * width)
    return "\n".join("| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows)


_PREFIXES = {"body": "", "post": "", "byline": "", "list": "- ", "quote": "> "}
_FORMS = frozenset({*_PREFIXES, "heading", "code", "table", "caption"})


def _block(block: Block, text: str) -> str:
    if block.kind == "code":
        return _fenced(text)
    if block.kind == "heading":
        return _lines("#" * min(6, max(2, block.level or 2)) + " ", text)
    if block.kind == "table":
        return _table(text)
    if block.kind == "caption":
        return f"*{_escaped(text)}*"
    return _lines(_PREFIXES[block.kind], text)


def _lists(headlines: Iterable[Headline]) -> list[str]:
    found: dict[tuple[str, str | None], list[str]] = {}
    for item in headlines:
        extra = [item.date or item.date_text, item.tag, None if item.comments is None else f"{item.comments} comments"]
        tail = " · ".join(_escaped(part) for part in extra if part)
        found.setdefault((item.list, item.heading), []).append(
            f"- {_escaped(item.title)}" + (f" ({tail})" if tail else "")
        )
    return [f"## {_escaped(heading or name)}\n\n" + "\n".join(items) for (name, heading), items in found.items()]
