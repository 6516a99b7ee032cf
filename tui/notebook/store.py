"""What the user decided about pages, kept in SQLite: labels, notes, marks, saved filters, where one left.

A page is known by its bytes, so that labels survive a file that is moved or renamed. Several copydesk may be at it at
once: each change is one short transaction, and none writes what it didn't change.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from tui.core.files import absolute
from tui.core.model import Document, Item, Ref, Trouble
from tui.core.problems import Reason
from tui.core.values import dataclass, fields, replace
from tui.notebook.database import Database

_ELSEWHERE = ""
"""The source of pages that lie on another machine as far as is known: what has the same path here may be another page."""
VERSION = 2
"""Of the tables; raised when older programs could not read them."""

_SCHEMA = """
CREATE TABLE page (key TEXT PRIMARY KEY, source TEXT NOT NULL, ordinal INTEGER NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, url TEXT, sum INTEGER) WITHOUT ROWID;
CREATE INDEX page_source ON page (source, ordinal);
CREATE TABLE label (key TEXT NOT NULL REFERENCES page, name TEXT NOT NULL, at TEXT NOT NULL, sum INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE note (key TEXT PRIMARY KEY REFERENCES page, text TEXT NOT NULL, at TEXT NOT NULL, sum INTEGER) WITHOUT ROWID;
CREATE TABLE mark (letter TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES page, start INTEGER NOT NULL, sum INTEGER) WITHOUT ROWID;
CREATE TABLE filter (name TEXT PRIMARY KEY, expression TEXT NOT NULL, sum INTEGER) WITHOUT ROWID;
CREATE TABLE position (sources TEXT PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL, sum INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A page as the store knows it."""

    key: str
    """sha256 of its bytes; of a page without bytes, where it lies."""
    ref: Ref
    """Where it was when it was last decided upon; paths are absolute."""
    title: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """All that was decided about one page."""

    page: Known
    labels: tuple[str, ...]
    """In the order of their names."""
    note: str
    at: str
    """When the last of it was decided, ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of the labels and the note of one page that somebody else has decided about."""

    theirs: Decision
    labels: tuple[str, ...]
    """Those that it had here."""
    note: str
    """What was noted here."""

    @property
    def is_conflict(self) -> bool:
        """They say something else, which was left out."""
        theirs = self.theirs
        return bool(
            (self.labels and theirs.labels and self.labels != theirs.labels)
            or (self.note and theirs.note and self.note != theirs.note)
        )


class Undone(NamedTuple):
    """A label or note that was taken back."""

    said: Reason
    """What it was."""
    ref: Ref | None
    """Where the page lay, if it was one alone."""


def known(document: Document) -> Known:
    """Return what the store keeps of a page to know it again."""
    return _known(document.ref, document.sha256 if document.size else "", document.title, document.url)


def known_by(ref: Item, raw: bytes, title: str, url: str | None) -> Known:
    """As `known`, of a page that nobody has parsed: by its bytes, and what a peek tells."""
    return _known(ref, hashlib.sha256(raw).hexdigest() if raw else "", title, url)


def _known(row: Item, sha256: str, title: str, url: str | None) -> Known:
    ref = Ref(row.source, row.ordinal, "", row.offset, row.length, row.member) if isinstance(row, Trouble) else row
    there = replace(ref, source=_absolute(ref.source))
    return Known(_column(sha256 or f"{there.source}#{there.ordinal}"), there, title, url)


class Store:
    """The decisions, open. They belong to the thread that opened them; the methods raise StoreError, saying what to do."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it. One that may not be written can still be asked. Raises StoreError."""
        self._database = Database(path, _SCHEMA, VERSION)
        self._undo: list[tuple[Undone, Callable[[], None]]] = []

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.leave()
        else:
            self.close()

    def leave(self) -> None:
        """Let go of the file at the end of a session, and copy it once a day. Raises StoreError if it is damaged."""
        with closing(self):
            self._database.copy()

    def check(self) -> None:
        """Look through all of the file. Raises StoreError if it is damaged."""
        self._database.check()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def labels(self, key: str) -> tuple[str, ...]:
        """Return a page's labels, by name."""
        query = "SELECT name FROM sound_label WHERE key = ? ORDER BY name"
        return tuple(name for (name,) in self._database.rows((str,), query, key))

    def note(self, key: str) -> str:
        """Return a page's note; empty if it has none."""
        return next(
            (text for (text,) in self._database.rows((str,), "SELECT text FROM sound_note WHERE key = ?", key)), ""
        )

    def labels_of(self, source: str) -> dict[int, tuple[str, ...]]:
        """Return the labels of a file's pages by ordinal, as far as they lay there when they were labelled."""
        query = "SELECT ordinal, group_concat(name, char(10)) FROM sound_page JOIN sound_label USING (key) WHERE source = ? GROUP BY key"
        rows = self._database.rows((int, str), query, _column(_absolute(source)))
        return {ordinal: tuple(sorted(names.split("\n"))) for ordinal, names in rows}

    def has_unplaced(self) -> bool:
        """Return whether pages carry labels that are known by their bytes alone: labels of somebody else's."""
        query = "SELECT 1 FROM sound_page JOIN sound_label USING (key) WHERE source = ? LIMIT 1"
        return bool(self._database.rows((int,), query, _ELSEWHERE))

    def labelled(self) -> list[tuple[str, int]]:
        """Return the absolute path and the ordinal of each page that carries a label, where it lay when it got it."""
        return self._database.rows(
            (str, int), "SELECT DISTINCT source, ordinal FROM sound_page JOIN sound_label USING (key)"
        )

    def having(self, keys: Iterable[str], name: str) -> int:
        """Return how many of these pages carry a label."""
        query = "SELECT count(*) FROM sound_label WHERE name = ? AND key IN (SELECT value FROM json_each(?))"
        return int(self._database.rows((int,), query, name, json.dumps(list(keys)))[0][0])

    def counts(self) -> dict[str, int]:
        """Return how many pages carry each label."""
        query = "SELECT name, count(*) FROM sound_label GROUP BY name ORDER BY name"
        return dict(self._database.rows((str, int), query))

    def decisions(self, names: Sequence[str] = ()) -> Iterator[Decision]:
        """Yield the pages that carry one of these labels, in the order of their places; without names, all with a label or note.

        Raises StoreError at the end if there are some that can't be read, or can't be found.
        """
        query = """
            SELECT sound_page.*, coalesce((SELECT group_concat(name, char(10)) FROM sound_label WHERE key = sound_page.key), ''),
                coalesce((SELECT text FROM sound_note WHERE key = sound_page.key), ''),
                max(coalesce((SELECT max(at) FROM sound_label WHERE key = sound_page.key), ''), coalesce((SELECT at FROM sound_note WHERE key = sound_page.key), ''))
            FROM sound_page
            WHERE key IN (SELECT key FROM sound_label WHERE ?1 = '[]' OR name IN (SELECT value FROM json_each(?1)))
                OR ?1 = '[]' AND key IN (SELECT key FROM sound_note)
            ORDER BY source, ordinal"""
        kinds = (str, str, int, str, str, str | None, str, str, str)
        yield from self._database.each(kinds, _decision, query, json.dumps(list(names)))
        self._database.check()

    def label(self, pages: Sequence[Known], name: str, is_on: bool = True) -> None:
        """Give pages a label, or take it from them."""
        counted = _counted(pages)
        said = Reason("label_given" if is_on else "label_taken", {"label": name, "pages": counted})
        changed = self._set_label(pages, name, is_on)
        undone = Undone(said, pages[0].ref if len(pages) == 1 else None)
        self._undo.append((undone, lambda: self._undo_label(changed, name, is_on)))

    def _set_label(self, pages: Iterable[Known], name: str, is_on: bool) -> list[Known]:
        changed = []
        with self._database.written() as database:
            for page in pages:
                self._keep(page)
                if is_on:
                    count = self._database.put("label", page.key, name, _now(), verb="INSERT OR IGNORE")
                else:
                    count = database.execute("DELETE FROM label WHERE key = ? AND name = ?", (page.key, name)).rowcount
                if count > 0:
                    changed.append(page)
        return changed

    def _undo_label(self, pages: Iterable[Known], name: str, was_on: bool) -> None:
        self._set_label(pages, name, not was_on)

    def merge(self, decisions: Sequence[Decision]) -> list[Merge]:
        """Take over labels and notes of somebody else's, of pages that have none here, all at once; says what became of each."""
        merged = []
        with self._database.written():
            for theirs in decisions:
                key = theirs.page.key
                merge = Merge(theirs, self.labels(key), self.note(key))
                merged.append(merge)
                labels = theirs.labels if not merge.labels else ()
                note = theirs.note if not merge.note else ""
                if labels or note:
                    self._keep(theirs.page, is_here=False)
                for name in labels:
                    self._database.put("label", key, name, theirs.at)
                if note:
                    self._database.put("note", key, note, theirs.at)
        return merged

    def write_note(self, page: Known, text: str) -> None:
        """Note something about a page in place of what was noted; an empty text takes the note away."""
        before = self.note(page.key)
        self._set_note(page, text)
        self._undo.append((Undone(Reason("the_note"), page.ref), lambda: self._set_note(page, before)))

    def _set_note(self, page: Known, text: str) -> None:
        with self._database.written() as database:
            self._keep(page)
            if text:
                self._database.put("note", page.key, text, _now())
            else:
                database.execute("DELETE FROM note WHERE key = ?", (page.key,))

    def undo(self) -> Undone | None:
        """Take back the last label or note of this copydesk, and say which it was; None if there is none left."""
        if not self._undo:
            return None
        undone, take_back = self._undo[-1]
        take_back()
        self._undo.pop()
        return undone

    def _keep(self, page: Known, *, is_here: bool = True) -> None:
        """Know the page again, where it lies now; one that is not here by its bytes alone, unless it is known already."""
        ref = json.dumps({name: value for name, value in asdict(page.ref).items() if value not in ("", None)})
        source = _column(page.ref.source) if is_here else _ELSEWHERE
        verb = "INSERT OR REPLACE" if is_here else "INSERT OR IGNORE"
        self._database.put("page", page.key, source, page.ref.ordinal, ref, page.title, page.url, verb=verb)

    def set_mark(self, letter: str, page: Known, start: int) -> None:
        """Remember a place in a page under a letter."""
        with self._database.written():
            self._keep(page)
            self._database.put("mark", letter, page.key, start)

    def marks(self) -> dict[str, tuple[Known, int]]:
        """Return letter -> page and place in its text."""
        query = "SELECT letter, start, key, ref, title, url FROM sound_mark JOIN sound_page USING (key) ORDER BY letter"
        return dict(self._database.each((str, int, str, str, str, str | None), _mark, query))

    def save_filter(self, name: str, expression: str) -> None:
        """Keep an expression under a name; an empty one forgets it."""
        with self._database.written() as database:
            if expression:
                self._database.put("filter", name, expression)
            else:
                database.execute("DELETE FROM filter WHERE name = ?", (name,))

    def filters(self) -> dict[str, str]:
        """Return name -> expression."""
        return dict(self._database.rows((str, str), "SELECT name, expression FROM sound_filter ORDER BY name"))

    def save_position(self, sources: Sequence[str], state: Mapping[str, Any]) -> None:
        """Remember where one left these sources, as plain JSON values."""
        with self._database.written():
            self._database.put("position", json.dumps(list(sources)), json.dumps(state), _now())

    def position(self, sources: Sequence[str] = ()) -> tuple[list[str], dict[str, Any]] | None:
        """Return where one left these sources, or without any the last ones, and which they were; None if unknown."""
        query = "SELECT sources, state FROM sound_position WHERE ?1 = '[]' OR sources = ?1 ORDER BY at DESC LIMIT 1"
        return next(iter(list(self._database.each((str, str), _position, query, json.dumps(list(sources))))), None)


@lru_cache(1)
def _check(path: Path, _size: int, _mtime_ns: int) -> None:
    """Check a file, once for as long as it stays the same. Raises StoreError."""
    with closing(Store(path)) as store:
        store.check()


class Labelled:
    """Labels and notes as they are now; opened by the first question, in the thread that asks."""

    def __init__(self, path: Path) -> None:
        """`path` is the store's; it need not be there, and isn't made."""
        self._path = path
        self._is_empty = not path.exists()
        self._source = ""
        self._there: dict[int, tuple[str, ...]] | None = None
        self._unplaced: tuple[str, ...] | None = ()
        """What is known of a page that has no labels where it lies: that it has none, unless labels came from elsewhere."""

    def check(self) -> None:
        """Look through all of the store, before an answer hangs on what it does not have. Raises StoreError."""
        if not self._is_empty:
            status = self._path.stat()
            _check(self._path, status.st_size, status.st_mtime_ns)

    def at(self, ref: Item) -> tuple[str, ...] | None:
        """Return the labels of the page that lies there; None if only its bytes can tell.

        Pages of a file from which some were labelled are known by their places. Raises StoreError.
        """
        if self._is_empty:
            return ()
        if ref.source != self._source:
            self._source = ref.source
            self._there = self._store.labels_of(ref.source)
            self._is_empty = not self._there and not self._store.counts()
            self._unplaced = None if self._store.has_unplaced() else ()
        return self._there.get(ref.ordinal, self._unplaced) if self._there else None

    def of(self, document: Document) -> tuple[tuple[str, ...], str]:
        """Return the labels and the note of a page. Raises StoreError."""
        if not self._path.exists():
            return (), ""
        key = known(document).key
        return self._store.labels(key), self._store.note(key)

    @cached_property
    def _store(self) -> Store:
        return Store(self._path)


def _decision(row: tuple[str, str, int, str, str, str | None, str, str, str]) -> Decision:
    key, _source, _ordinal, ref, title, url, labels, note, at = row
    if not labels and not note:  # a label that is found by looking through all, but not by its key
        raise ValueError(key)
    return Decision(Known(key, _ref(ref), title, url), tuple(sorted(labels.split("\n"))) if labels else (), note, at)


def _mark(row: tuple[str, int, str, str, str, str | None]) -> tuple[str, tuple[Known, int]]:
    letter, start, key, ref, title, url = row
    return letter, (Known(key, _ref(ref), title, url), start)


def _position(row: tuple[str, str]) -> tuple[list[str], dict[str, Any]]:
    sources, state = map(_kept, row)
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        raise ValueError(row)
    if not isinstance(state, dict) or not all(isinstance(value, str | int | None) for value in state.values()):
        raise ValueError(row)
    return sources, state


def _ref(text: str) -> Ref:
    kept = _kept(text)
    if not isinstance(kept, dict):
        raise ValueError(text)
    found = {field.name: kept[field.name] for field in fields(Ref) if field.name in kept and field.name != "trouble"}
    if not all(isinstance(found.get(field.name, field.default), _KINDS[field.name]) for field in fields(Ref)):
        raise ValueError(text)
    return Ref(**found)


_KINDS: dict[str, Any] = {field.name: field.type for field in fields(Ref)}
"""Field of a reference -> what it may be; one without a default is nothing that may be."""


def _kept(text: str) -> Any:
    """JSON that was kept. Raises ValueError if it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(text) from error


def _absolute(source: str) -> str:
    is_path = source != "-" and not re.match(r"[a-z][a-z0-9+.-]*://", source)
    return absolute(source) if is_path else source


def _column(path: str) -> str:
    """A path as SQLite takes it: bytes of a name that are no UTF-8 are escaped."""
    return path.encode("utf-8", "backslashreplace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _counted(pages: Sequence[Known]) -> Reason | str:
    return Reason("pages", {"count": len(pages)}) if len(pages) != 1 else f"‘{pages[0].title[:40]}’"
