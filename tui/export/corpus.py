"""A page as a row of a corpus: what batches write, line by line, and what each of its columns is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tui.choosing.recipe import COLUMNS
from tui.core.answers import CorpusRow
from tui.core.model import BODY_KINDS, Document
from tui.export.documents import edits, fails, problems, to_json

GRAVITIES = ("unread", "lost", "told")
"""The gravest first."""


def _stated(document: Document, name: str) -> Any:
    field = document.metadata.get(name)
    return field.value if field is not None else None


def _authors(document: Document) -> list[str]:
    value = _stated(document, "author")
    return [] if value is None else [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def _date(document: Document) -> str | None:
    value = _stated(document, "date")
    return None if value is None else str(value)


def _body_at(document: Document) -> list[tuple[int, int]]:
    """Where in the text the lines of the body stand, from which edits find their places in it."""
    columns = zip(*map(document.blocks.column, ("kind", "start", "end")), strict=True)
    return [(start, end) for kind, start, end in columns if kind in BODY_KINDS]


_VALUES: Mapping[str, Callable[[Document], Any]] = {
    "source": lambda document: document.ref.source,
    "ordinal": lambda document: document.ref.ordinal,
    "member": lambda document: document.ref.member,
    "offset": lambda document: document.ref.offset,
    "length": lambda document: document.size if document.ref.length < 0 else document.ref.length,
    "record_id": lambda document: document.record_id,
    "sha256": lambda document: document.sha256 or None,
    "url": lambda document: document.url,
    "fetched": lambda document: document.fetched,
    "charset": lambda document: document.charset.name,
    "charset_by": lambda document: document.charset.by,
    "language": lambda document: document.language,
    "type": lambda document: document.type,
    "title": lambda document: document.title,
    "date": _date,
    "authors": _authors,
    "body": lambda document: document.body,
    "body_at": _body_at,
    "text": lambda document: document.text,
    "edits": edits,
    "signals": lambda document: dict(document.signals),
    "fails": fails,
    "problems": lambda document: problems(document.problems),
}
"""Column -> what a page has there."""
USUAL = tuple(name for name in COLUMNS if name != "text")
"""What it has where nobody chooses: `text` holds the body once more."""


def row(document: Document, columns: Sequence[str], digest: str) -> CorpusRow:
    """Return the row of a page; `digest` is that of the recipe by which it was read."""
    values = {name: digest if name == "recipe" else _VALUES[name](document) for name in columns}
    gravities = {problem.gravity for problem in document.problems}
    tags = {
        ("charset", document.charset.name): None,
        ("language", document.language or ""): None,
        ("type", document.type): None,
        **{("repair", repair.name): None for repair in document.repairs},
        **{("problem", problem.code): None for problem in document.problems},
    }
    return CorpusRow(
        to_json(values).encode("utf-8", "replace") + b"\n",
        tuple(tags),
        next((each for each in GRAVITIES if each in gravities), ""),
    )


NO_ROW = CorpusRow(b"", (), "")
"""Of a page for which the expression doesn't hold."""
