"""Makes collections of any size to measure with: made-up text, the same each time, as hard to decompress as real pages."""

import gzip
import json
import random
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

WORDS = ["rain", "wind", "the", "of", "and", "said", "海岸", "新聞", "市民", *(f"word{n}" for n in range(3000))]
ROW_BYTES = 2000
GROUP_ROWS = 1000
POOL_BYTES = 48_000_000
"""Different text; more than any decompressor looks back, and than a processor keeps at hand."""


def words(chance: random.Random, size_bytes: int) -> str:
    """Words of about so many bytes."""
    return " ".join(chance.choices(WORDS, k=size_bytes // 8))


def page(chance: random.Random, size_bytes: int) -> bytes:
    """A page of about so many bytes; deflate makes a quarter of it, as of news pages of that size."""
    parts = [f"<!doctype html><html><head><title>{words(chance, 60)}</title></head><body><ul class='navigation'>"]
    for _ in range(max(1, size_bytes // 720)):
        first, second, third = (chance.randrange(10**6) for _ in range(3))
        parts.append(
            f'<li class="navigation-item item-{first}"><a class="navigation-link" href="/section/{second}/'
            f'{words(chance, 27)}.html" title="{words(chance, 40)}">{words(chance, 40)}</a><img src="/images/{third:x}.jpg"'
            f' alt=""></li>\n<p class="paragraph text-body">{words(chance, 400)}</p>\n'
        )
    return "".join(parts).encode()


def rows(size_bytes: int) -> Iterator[dict[str, str]]:
    """Records of about so many bytes together, as a corpus of texts has them."""
    chance = random.Random(1)
    pool = words(chance, POOL_BYTES)
    for number in range(size_bytes // ROW_BYTES):
        at = chance.randrange(len(pool) - ROW_BYTES)
        text = pool[at : at + ROW_BYTES - 90]
        yield {"url": f"https://example.org/{number}", "title": f"Headline {number}", "text": text}


def warc_record(number: int, body: bytes) -> bytes:
    """One response as a gzip member."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\nVary: Accept\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2021-03-05T06:07:08Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0)


def write_jsonl(path: Path, size_bytes: int) -> None:
    """JSON lines."""
    with path.open("wb") as out:
        out.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows(size_bytes))


def compress(plain: Path) -> None:
    """The same file as one gzip member and as one Zstandard frame, beside it."""
    import zstandard

    with plain.open("rb") as content, gzip.open(f"{plain}.gz", "wb", 6) as out:
        shutil.copyfileobj(content, out, 1 << 20)
    with plain.open("rb") as content, Path(f"{plain}.zst").open("wb") as raw:
        zstandard.ZstdCompressor(3).copy_stream(content, raw)


def write_warc(path: Path, size_bytes: int, page_bytes: int) -> None:
    """A crawl, compressed by record."""
    chance = random.Random(2)
    count = min(size_bytes, POOL_BYTES) // page_bytes
    records = [warc_record(number, page(chance, page_bytes)) for number in range(count)]
    with path.open("wb") as out:
        out.writelines(records[number % count] for number in range(size_bytes // page_bytes))


def write_parquet(path: Path, size_bytes: int) -> None:
    """The rows as a table, a thousand a group."""
    import pyarrow
    import pyarrow.parquet

    found = rows(size_bytes)
    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("url", "title", "text")])
    with pyarrow.parquet.ParquetWriter(path, schema, use_dictionary=False) as writer:
        while group := list(islice(found, GROUP_ROWS)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema))


def write_folder(path: Path, files: int) -> None:
    """Small pages, a file each."""
    path.mkdir()
    for number in range(files):
        (path / f"{number}.html").write_bytes(b"<title>T</title><p>rain")


def make(folder: Path, size_bytes: int, page_kilobytes: list[int], files: int) -> dict[str, Path]:
    """Write all of them, of so many bytes of content each, and a folder of so many files; return them by name."""
    made = {"jsonl": folder / "a.jsonl", "jsonl.gz": folder / "a.jsonl.gz", "jsonl.zst": folder / "a.jsonl.zst"}
    if not made["jsonl"].exists():
        write_jsonl(made["jsonl"], size_bytes)
        compress(made["jsonl"])
    for kilobytes in page_kilobytes:
        made[f"warc.gz, {kilobytes} kB"] = path = folder / f"{kilobytes}.warc.gz"
        if not path.exists():
            write_warc(path, size_bytes, kilobytes * 1000)
    made["parquet"] = folder / "a.parquet"
    if not made["parquet"].exists():
        write_parquet(made["parquet"], size_bytes)
    made["folder"] = folder / "pages"
    if not made["folder"].exists():
        write_folder(made["folder"], files)
    return made
