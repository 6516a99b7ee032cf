"""Archives for tests, and files of every format to put into them."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import zstandard
from made_warcs import response, warcinfo

from tui import sources
from tui.core.model import Item
from tui.sources import Tally

PAGE = "<!doctype html><title>雨</title><p>雨が降る。".encode()
LINES = b"".join(json.dumps({"text": f"row {number}"}).encode() + b"\n" for number in range(4))
ROWS = [f"row {number}".encode() for number in range(4)]


def parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": [row.decode() for row in ROWS]}), out)
    return out.getvalue()


def database() -> bytes:
    made = sqlite3.connect(":memory:")
    made.execute('CREATE TABLE "a!/b" (text TEXT)')
    made.executemany('INSERT INTO "a!/b" VALUES (?)', [(row.decode(),) for row in ROWS])
    made.commit()
    content = made.serialize()
    made.close()
    return content


def har() -> bytes:
    entries = [
        {
            "startedDateTime": "2021-03-05T06:07:08Z",
            "request": {"url": f"https://example.org/{number}"},
            "response": {"status": 200, "headers": [], "content": {"mimeType": "text/plain", "text": row.decode()}},
        }
        for number, row in enumerate(ROWS)
    ]
    return json.dumps({"log": {"entries": entries}}).encode()


def mhtml() -> bytes:
    parts = "".join(f"--cut\r\nContent-Type: text/html\r\n\r\n{row.decode()}\r\n" for row in ROWS)
    return f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="cut"\r\n\r\n{parts}--cut--\r\n'.encode()


FORMATS: dict[str, tuple[bytes, list[bytes]]] = {
    "rows.jsonl": (LINES, ROWS),
    "rows.csv": (b"n,text\n" + b"".join(b"%d,%s\n" % pair for pair in enumerate(ROWS)), ROWS),
    "rows.parquet": (parquet(), ROWS),
    "pages.sqlite": (database(), ROWS),
    "log.har": (har(), ROWS),
    "saved.mhtml": (mhtml(), ROWS),
    "crawl.warc": (warcinfo() + response("https://example.org/", PAGE), [PAGE]),
    "crawl.warc.gz": (b"".join(map(gzip.compress, (warcinfo(), response("https://example.org/", PAGE)))), [PAGE]),
    "page.html": (PAGE, [PAGE]),
    "rows.jsonl.gz": (gzip.compress(LINES), ROWS),
    "rows.jsonl.zst": (zstandard.compress(LINES), ROWS),
    "rows.csv.bz2": (bz2.compress(b"text,n\n" + b"".join(b"%s,1\n" % row for row in ROWS)), ROWS),
    "rows.parquet.xz": (lzma.compress(parquet()), ROWS),
    "pages.sqlite.gz": (gzip.compress(database()), ROWS),
}
EVERY = {name: content for name, (content, _) in FORMATS.items()}
WANTED = [payload for _, payloads in FORMATS.values() for payload in payloads]


def as_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        if "a/page.html" in members:
            archive.mkdir("a")
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def scan(path: Path) -> tuple[list[Item], Tally]:
    tally = Tally()
    return list(sources.scan([str(path)], tally)), tally
