"""What copydesk keeps for itself, small and valid: an index, a fetched page, the labels."""

import io
import sqlite3
import tempfile
from pathlib import Path
from unittest.mock import patch

from tui.core.answers import Digest, FieldValue
from tui.core.model import Http, Item, Options, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.lookup import sidecar
from tui.notebook.store import Known, Store
from tui.web import cache as web

INDEXED = "/dev/null"
"""A file that is there on every system, and has no pages of its own: the index says which it has."""
STAMP = "0123456789abcdef"
URL = "https://example.org/rain"
NOW = "2021-03-05T06:07:08Z"


def index() -> bytes:
    """Return an index of `INDEXED`."""
    trouble = unreadable(Reason("no_file"), "gone")
    refs: list[Item] = [
        *(Ref(INDEXED, ordinal, "jsonl", ordinal * 10, 10) for ordinal in range(4)),
        Ref(f"{INDEXED}/a.zip", 4, "html", 0, -1, "a.html", route="x"),
        Trouble(f"{INDEXED}/gone", 5, trouble),
    ]
    values: dict[str, FieldValue] = {
        "lang": "zh",
        "bytes": 12.0,
        "repair": ("mojibake",),
        "date": "2021-03-05",
        "title": "雨",
    }
    pages = [(ref, Digest(values | {"chars": float(ref.ordinal)}, "rain yu 雨夜", ())) for ref in refs]
    with tempfile.TemporaryDirectory() as folder, patch.object(sidecar, "stamp", lambda _target: STAMP):
        sidecar.build(Path(folder), INDEXED, Options(), pages)
        return sidecar.path(Path(folder), INDEXED).read_bytes()


def cached(page: bytes) -> bytes:
    """Return a page as the cache keeps it."""
    http = Http(200, (("Content-Type", "text/html"),), "OK", "HTTP/1.1", ((301, URL),), timing_s=(("done", 0.5),))
    out = io.BytesIO()
    out.write(page)
    problem = unreadable(Reason("no_file"), "gone")
    web.finish(out, web.Stored(URL, NOW, 1.5e9, 1.5e9, http, len(page), web.crc32(page), (problem,)))
    return out.getvalue()


def labels() -> bytes:
    """Return a store with something of everything."""
    page = Known("ab" * 32, Ref("/pages/a.html", 3, "html"), "Rain", URL)
    with tempfile.TemporaryDirectory() as folder, patch("tui.notebook.store._now", lambda: NOW):
        path = Path(folder) / "labels.sqlite"
        with Store(path) as store:
            store.label([page], "spam")
            store.write_note(page, "seen\nonce")
            store.set_mark("a", page, 7)
            store.save_filter("mine", "repairs>0")
            store.save_position(["/pages"], {"ordinal": 3, "view": "text"})
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA journal_mode = DELETE")
        database.close()
        return path.read_bytes()
