"""The index of a file or folder: where its pages lie, what they are, and the pieces of their texts.

It lies in the user's cache, not beside the file, and counts only as long as path, size and time of what it was made of
are the same. What it finds by pieces has to be checked. What it keeps of pages stands by field: one field of a million
pages is read without the others. Such a column is cut into blocks of `ROWS` pages, packed one by one; a block that would
hold nothing isn't there.

What it says is believed only if nothing has changed since it was written. The row about the index has a checksum of its
own and knows those of the places and of every block, also which blocks there are: each is looked at when it is read, so
that opening takes no longer for a large one. Of the pieces SQLite alone knows where they lie, so before they are first
asked for the checksum of the whole file is made.
"""

import fcntl
import json
import os
import sqlite3
import threading
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict
from functools import lru_cache
from itertools import compress, count, islice
from operator import ne
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tui.choosing.fields import FieldValue
from tui.core.answers import Digest
from tui.core.errors import StoreError
from tui.core.files import CHUNK_BYTES, absolute, close_to_others, private_file, private_folder
from tui.core.model import Item, Options, Ref, Trouble
from tui.core.problems import Reason, restored, system_reason
from tui.core.shelf import Run
from tui.core.values import fields, replace
from tui.text.words.fold import wanted

if TYPE_CHECKING:
    from tui.lookup.twins import TwinSearch

ROWS = 4096
"""Pages of a block. A title is had by unpacking one, in a millisecond."""
KEPT_BLOCKS = 64
"""Blocks that stay unpacked: up to a megabyte each."""
LEVEL = 1
"""Of zlib. Level 6 saves an eighth of the room and takes three times as long."""

ColumnCells = Sequence[FieldValue]
CellBlock = tuple[str, int, bytes]
"""Name of the field, number of the block from 0, and its cells, packed."""


def packed(pages: Iterator[Mapping[str, FieldValue]]) -> Iterator[CellBlock]:
    """Yield the blocks of pages that come in the order of their ordinals, each as soon as it is full."""
    columns: dict[str, list[FieldValue]] = {}
    number = row = 0
    for values in pages:
        for name, value in values.items():
            column = columns.setdefault(name, [])
            column += [None] * (row - len(column))
            column.append(value)
        row += 1
        if row == ROWS:
            yield from _blocks(columns, number)
            columns, number, row = {}, number + 1, 0
    yield from _blocks(columns, number)


def _blocks(columns: Mapping[str, list[FieldValue]], number: int) -> Iterator[CellBlock]:
    for name, column in columns.items():
        text = json.dumps(column, ensure_ascii=False, separators=(",", ":"))
        yield name, number, zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


class Columns:
    """Reads cells, and keeps the blocks that were unpacked last."""

    def __init__(self, load: Callable[[str, int], bytes | None]) -> None:
        """`load` returns the packed cells of a field's block; None if there is none."""
        self._load = load
        self._block = lru_cache(KEPT_BLOCKS)(self._unpacked)

    def value(self, ordinal: int, name: str) -> FieldValue:
        """Return the value of a page's field; None if it has none. Raises whatever `load` does."""
        cells = self._block(name, ordinal // ROWS)
        row = ordinal % ROWS
        return cells[row] if row < len(cells) else None

    def _unpacked(self, name: str, number: int) -> ColumnCells:
        found = self._load(name, number)
        if found is None:
            return ()
        cells = json.loads(zlib.decompress(found).decode("utf-8", "surrogatepass"))
        return [tuple(cell) if isinstance(cell, list) else cell for cell in cells]


VERSION = 6
"""Of the tables and of what is kept in them; another one is thrown away."""
_SCHEMA = """
CREATE TABLE about (version INTEGER, target TEXT, stamp TEXT, options TEXT, pages INTEGER, sums TEXT, sum INTEGER);
CREATE TABLE place (sources TEXT, formats TEXT, rest TEXT, source BLOB, format BLOB, offset BLOB, length BLOB);
CREATE TABLE cells (field TEXT, block INTEGER, packed BLOB, PRIMARY KEY (field, block)) WITHOUT ROWID;
CREATE VIRTUAL TABLE piece USING fts5 (text, content='', detail=none, columnsize=0, tokenize='ascii');
"""


_CHECKSUM = slice(68, 72)
"""Bytes of an SQLite file that are its application's to use: the CRC-32 of all others, as if these were 0."""
_SQLITE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What asking a damaged file raises; a schema that is garbage is quoted in SQLite's own words."""


class DamagedIndexError(StoreError):
    """An index is not as it was written. Whatever it would tell of pages, they tell themselves."""

    def __init__(self, target: str, error: str | Reason) -> None:
        """`target` is what the index is of."""
        super().__init__(Reason("index_damaged", {"error": error}), target)
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return DamagedIndexError, (self.target, self.said.values["error"])


class _About(NamedTuple):
    """The row about an index, without its checksum."""

    version: int
    target: str
    stamp: str
    options: str
    pages: int
    sums: str
    """JSON: CRC-32 of the row of places, and by field and number of each block."""

    def sum(self) -> int:
        return zlib.crc32(repr(tuple(self)).encode("utf-8", "backslashreplace"))


class Sidecar:
    """An index that counts; threads may share it."""

    def __init__(
        self, target: str, place: Path, made: tuple[int, int], database: sqlite3.Connection, about: _About
    ) -> None:
        """`place` is the file of the database, `made` what it was by `_made`.

        Raises DamagedIndexError, here and wherever it is asked.
        """
        self.target, self.pages = target, about.pages
        self._place, self._database, self._options = place, database, about.options
        self._made = made
        self._turn = threading.Lock()
        self._is_whole = False
        """All of the file is known to be as it was written."""
        sums = json.loads(about.sums)
        self._sums: dict[str, dict[str, int]] = sums["cells"]
        self._columns = Columns(self._packed)
        self._places = self._placed(sums["place"])

    def suits(self, options: Options) -> bool:
        """Whether its texts are what these options make of the pages. The script doesn't matter to an index."""
        return self._options == _written(options)

    def _placed(self, checksum: int) -> "_Places":
        rows = self._rows("SELECT * FROM place")
        if len(rows) != 1 or _sum_of(rows[0]) != checksum:
            raise self._damaged(Reason("bytes_changed"))
        sources, formats, rest, *blobs = rows[0]
        # Names are kept as seen from the target, and shown as it is named now.
        start = self.target.rstrip("/") + "/"
        names = [self.target if name == "." else start + name for name in json.loads(sources)]
        more = {int(ordinal): extra for ordinal, extra in json.loads(rest).items()}
        return _Places(names, json.loads(formats), more, *(array("q", blob) for blob in blobs))

    @property
    def sources(self) -> list[str]:
        """Names of the files that its pages lie in."""
        return self._places.sources

    def ref(self, ordinal: int) -> Item:
        """Return where a page lies. Raises IndexError if there is none."""
        at = self._places
        source, kind = at.sources[at.source[ordinal]], at.formats[at.format[ordinal]]
        offset, length, extra = at.offset[ordinal], at.length[ordinal], at.rest.get(ordinal, {})
        if "trouble" in extra:
            return Trouble(source, ordinal, restored(extra["trouble"]), offset, length, extra.get("member"))
        return Ref(source, ordinal, kind, offset, length, **extra)

    def runs(self) -> Iterator[Item | Run]:
        """Yield the pages, in order, without looking at their files: those that lie in one file together."""
        at = self._places
        apart = {
            *_changes(at.source),
            *_changes(at.format),
            *at.rest,
            *(ordinal + 1 for ordinal in at.rest),
            self.pages,
        }
        start = 0
        for stop in sorted(apart):
            if stop - start == 1:
                yield self.ref(start)
            elif start < stop:
                first = self.ref(start)
                assert isinstance(first, Ref)  # noqa: S101 - what is told of a trouble stands apart
                yield Run(first, at.offset[start:stop], at.length[start:stop])
            start = stop

    def value(self, ordinal: int, name: str) -> FieldValue:
        """Return what is kept of a page's field; None if it has none, or none is kept of that name."""
        return self._columns.value(ordinal, name)

    def keeps(self, name: str) -> bool:
        """Say whether any page has something of that name."""
        return name in self._sums

    def _packed(self, name: str, block: int) -> bytes | None:
        checksum = self._sums.get(name, {}).get(str(block))
        if checksum is None:
            return None
        rows = self._rows("SELECT packed FROM cells WHERE field = ? AND block = ?", name, block)
        if len(rows) != 1 or _sum_of(rows[0]) != checksum:
            raise self._damaged(Reason("bytes_changed"))
        return bytes(rows[0][0])

    def candidates(self, query: str) -> list[int] | None:
        """Return the ordinals of the pages that may hold a query; None if it is too short to be asked for.

        None, too, if the file is gone or another one has taken its place before the first query.
        """
        parts = wanted(query)
        if not parts:
            return None
        if not self._is_checked():
            return None
        match = " AND ".join(f'"{part}"' for part in parts)
        return [
            ordinal for (ordinal,) in self._rows("SELECT rowid FROM piece WHERE piece MATCH ? ORDER BY rowid", match)
        ]

    def _is_checked(self) -> bool:
        """Look once whether all of the file is as it was written; False: that can't be told any more."""
        with self._turn:
            if not self._is_whole:
                try:
                    with self._place.open("rb") as file:
                        if _made(os.fstat(file.fileno())) != self._made:
                            return False
                        made, kept = _checksums(file)
                except FileNotFoundError:
                    return False
                except OSError as error:
                    raise self._damaged(system_reason(error)) from error
                if made != kept:
                    raise self._damaged(Reason("bytes_changed"))
                self._is_whole = True
            return True

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            with self._turn:  # not every build of SQLite lets threads share a connection
                return self._database.execute(query, values).fetchall()
        except _SQLITE_ERRORS as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, error: str | Reason) -> DamagedIndexError:
        return DamagedIndexError(self.target, error)


def _made(status: os.stat_result) -> tuple[int, int]:
    """What another file in the same place would not share."""
    return status.st_ino, status.st_mtime_ns


def _sum_of(row: Iterable[object]) -> int:
    """The CRC-32 of a row's values, one behind the other; of one that no row of ours could have, -1."""
    made = 0
    for value in row:
        if not isinstance(value, str | bytes):
            return -1
        made = zlib.crc32(value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value, made)
    return made


class _Places(NamedTuple):
    sources: list[str]
    formats: list[str]
    rest: dict[int, dict[str, Any]]
    source: "array[int]"
    format: "array[int]"
    offset: "array[int]"
    length: "array[int]"


def _changes(column: "array[int]") -> Iterator[int]:
    """Places at which a column has another number than before."""
    if column[1:] == column[:-1]:  # of a single file; ten times as fast
        return iter(())
    return compress(count(1), map(ne, column, islice(column, 1, None)))


def find(folder: Path, target: str, is_known_to_count: bool = False) -> Sidecar | None:
    """Return the index of a target as it lies there now; one that doesn't count any more is thrown away.

    Raises DamagedIndexError. `is_known_to_count`: it was just looked at, and what it was made of as well.
    """
    place = path(folder, target)
    with ExitStack() as opened:
        try:
            close_to_others(place)
            made = _made(place.stat())
            # Never changed, only replaced: it needs no locks, and threads may hand it on.
            address = place.absolute().as_uri() + "?mode=ro&immutable=1"
            database = opened.enter_context(closing(sqlite3.connect(address, uri=True, check_same_thread=False)))
            about = _about(database, target)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DamagedIndexError(target, system_reason(error)) from error
        except _SQLITE_ERRORS as error:
            raise DamagedIndexError(target, str(error)) from error
        now = about.stamp if is_known_to_count else stamp(target)
        if (about.version, about.target, about.stamp) == (VERSION, _named(target), now):
            found = Sidecar(target, place, made, database, about)
            opened.pop_all()  # it is its own now
            return found
    place.unlink(missing_ok=True)
    return None


def _about(database: sqlite3.Connection, target: str) -> _About:
    """The row about an index; of another version's nothing but that it is one. Raises DamagedIndexError, sqlite3.DatabaseError."""
    rows = database.execute("SELECT * FROM about").fetchall()
    if len(rows) == 1 and len(rows[0]) < len(_About._fields):
        return _About(0, "", "", "", 0, "")
    if len(rows) != 1 or _About(*rows[0][:-1]).sum() != rows[0][-1]:
        raise DamagedIndexError(target, Reason("bytes_changed"))
    return _About(*rows[0][:-1])


def remove(folder: Path, target: str) -> bool:
    """Throw the index of a target away; returns whether there was one."""
    place = path(folder, target)
    is_there = place.exists()
    place.unlink(missing_ok=True)
    return is_there


class Built(NamedTuple):
    """An index that was written."""

    size_bytes: int
    pages: int
    copies: int | None
    """Pages that say what one before them says; None: nobody asked."""


def build(
    folder: Path, target: str, options: Options, pages: Iterable[tuple[Item, Digest]], *, with_twins: bool = False
) -> Built:
    """Write the index of a target, in place of an older one. Raises StoreError.

    `with_twins`: the pages come with signatures, and those that are twins know it.
    """
    place = path(folder, target)
    draft = place.with_suffix(f".{os.getpid()}")
    before = stamp(target)
    try:
        private_folder(folder)
        _sweep(folder)
        with private_file(draft, "xb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with closing(sqlite3.connect(draft, isolation_level=None)) as database:
                database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
                count, copies, sums = _fill(database, target, pages, folder if with_twins else None)
                about = _About(VERSION, _named(target), before, _written(options), count, json.dumps(sums))
                database.execute("INSERT INTO about VALUES (?, ?, ?, ?, ?, ?, ?)", (*about, about.sum()))
                database.execute("VACUUM")
            _sign(draft)
            draft.replace(place)
        return Built(place.stat().st_size, count, copies)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(Reason("index_unwritable", {"error": str(error)}), str(folder)) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _sweep(folder: Path) -> None:
    """Remove what was left by those who were killed while they wrote: nobody holds it."""
    for left in folder.glob("*.[0-9]*"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()


def _sign(place: Path) -> None:
    """Write a file's checksum into it."""
    with place.open("r+b") as file:
        made, _ = _checksums(file)
        file.seek(_CHECKSUM.start)
        file.write(made.to_bytes(4, "big"))


def _checksums(file: BinaryIO) -> tuple[int, int]:
    """Return the checksum that a file ought to have, and the one that it has."""
    from isal.isal_zlib import crc32  # ten times as fast as zlib's

    file.seek(0)
    head = file.read(_CHECKSUM.stop)
    made = crc32(head[: _CHECKSUM.start] + bytes(4))
    while part := file.read(CHUNK_BYTES):
        made = crc32(part, made)
    return made, int.from_bytes(head[_CHECKSUM], "big")


def _fill(
    database: sqlite3.Connection, target: str, pages: Iterable[tuple[Item, Digest]], room: Path | None
) -> tuple[int, int | None, dict[str, Any]]:
    """Write all tables but the one about the index itself; return how many pages and copies there are, and the checksums.

    `room` is a folder for signatures; None: nobody asks for twins.
    """
    places = _NewPlaces(target)
    sums: dict[str, dict[int, int]] = {}
    copies = None

    def written(search: "TwinSearch | None") -> Iterator[dict[str, FieldValue]]:
        for ordinal, (ref, digest) in enumerate(pages):
            places.add(ref)
            database.execute("INSERT INTO piece (rowid, text) VALUES (?, ?)", (ordinal, digest.pieces))
            if search is not None:
                search.add(digest.signature)
            yield dict(digest.values)

    def put(values: Iterator[Mapping[str, FieldValue]]) -> None:
        for name, block, cells in packed(values):
            sums.setdefault(name, {})[block] = _sum_of([cells])
            database.execute("INSERT INTO cells VALUES (?, ?, ?)", (name, block, cells))

    database.execute("BEGIN")
    if room is None:
        put(written(None))
    else:
        from tui.lookup.twins import TwinSearch, columns

        with TwinSearch(room) as search:
            put(written(search))
            found = search.copies()
        put(columns(len(places), found))
        copies = len(found)
    row = places.row()
    database.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("INSERT INTO piece (piece) VALUES ('optimize')")
    database.execute("COMMIT")
    return len(places), copies, {"place": _sum_of(row), "cells": sums}


class _NewPlaces:
    """Gathers the row of table `place`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._sources: dict[str, int] = {}
        self._formats: dict[str, int] = {}
        self._rest: dict[int, dict[str, Any]] = {}
        self._columns = [array("q") for _ in range(4)]

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, ref: Item) -> None:
        extra = {name: value for name in _REST if (value := getattr(ref, name, None))}
        if isinstance(ref, Trouble):
            extra["trouble"] = asdict(ref.problem)
        if extra:
            self._rest[len(self)] = extra
        name = os.path.relpath(ref.source, self._target)
        source = self._sources.setdefault(name, len(self._sources))
        kind = self._formats.setdefault(ref.format if isinstance(ref, Ref) else "", len(self._formats))
        for column, value in zip(self._columns, (source, kind, ref.offset, ref.length), strict=True):
            column.append(value)

    def row(self) -> tuple[str | bytes, ...]:
        texts = (json.dumps(list(self._sources)), json.dumps(list(self._formats)), json.dumps(self._rest))
        return (*texts, *(column.tobytes() for column in self._columns))


_REST = tuple(
    field.name for field in fields(Ref) if field.name not in ("source", "ordinal", "format", "offset", "length")
)


def stamp(target: str) -> str:
    """Return what changes when a file, or one below a folder, does: a digest of names, sizes and times.

    Raises OSError if it can't be looked at.
    """
    made = [0, 1]
    for name, status in _files(target):
        line = f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape")
        made = [zlib.crc32(line, made[0]), zlib.adler32(line, made[1])]
    return f"{made[0]:08x}{made[1]:08x}"


def _files(target: str) -> Iterator[tuple[str, os.stat_result]]:
    if not os.path.isdir(target):  # noqa: PTH112 - paths are plain strings all the way
        yield "", os.stat(target)  # noqa: PTH116 - as above
        return
    with os.scandir(target) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from ((f"{entry.name}/{name}", status) for name, status in _files(entry.path))
            else:
                yield entry.name, entry.stat(follow_symlinks=False)


def path(folder: Path, target: str) -> Path:
    """Return where the index of a target lies, if there is one."""
    place = absolute(target).encode("utf-8", "surrogateescape")
    return folder / f"{zlib.crc32(place):08x}{zlib.adler32(place):08x}.sqlite"


def _named(target: str) -> str:
    """A path as SQLite takes it: bytes of a name that are no UTF-8 are escaped."""
    return absolute(target).encode("utf-8", "backslashreplace").decode()


def _written(options: Options) -> str:
    kept = asdict(replace(options, script="keep"))
    return json.dumps({name: sorted(value) if isinstance(value, frozenset) else value for name, value in kept.items()})
