"""WARC files for tests, made by a real writer, and then compressed the ways that crawlers do."""

import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2021-03-05T06:07:08Z"


def warc_record(
    kind: str, url: str, block: bytes, http: Sequence[tuple[str, str]] | None = None, /, **headers: str
) -> bytes:
    """One record as it stands in an uncompressed file; `http` makes it an HTTP response with these headers."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    more: dict[str, Any] = {"WARC-Date": DATE} | {key.replace("_", "-"): value for key, value in headers.items()}
    if http is not None:
        said = StatusAndHeaders("200 OK", list(http), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, kind, io.BytesIO(block), length=len(block), http_headers=said, warc_headers_dict=more
            )
        )
    else:
        content_type = more.pop("Content-Type", "text/plain")
        made = writer.create_warc_record(
            url, kind, io.BytesIO(block), length=len(block), warc_content_type=content_type, warc_headers_dict=more
        )
        writer.write_record(made)
    return out.getvalue()


def response(url: str, body: bytes, *http: tuple[str, str], **headers: str) -> bytes:
    """A response record of HTML."""
    return warc_record("response", url, body, http or [("Content-Type", "text/html; charset=utf-8")], **headers)


def warcinfo() -> bytes:
    """The record that most files start with."""
    return warc_record("warcinfo", "", b"software: test\r\n", None, **{"Content-Type": "application/warc-fields"})


def write(path: Path, records: Sequence[bytes], layout: str = "plain") -> list[int]:
    """Write records; return the byte at which each starts in the file, where that has a meaning."""
    dictionary = zstandard.ZstdCompressionDict(b"")
    if layout == "zstd with dictionary":
        samples: list[bytes | bytearray | memoryview] = [
            b"%d %s" % (n, records[n % len(records)][:2000]) for n in range(200)
        ]
        dictionary = zstandard.train_dictionary(2048, samples)
    coder: dict[str, Callable[[bytes], bytes]] = {
        "plain": bytes,
        "gzip": gzip.compress,
        "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
        "zstd with dictionary": zstandard.ZstdCompressor(dict_data=dictionary).compress,
    }
    if layout in coder:
        parts = [coder[layout](record) for record in records]
    else:
        whole = b"".join(records)
        parts = [gzip.compress(whole) if layout == "one gzip member" else zstandard.compress(whole)]
    if layout == "zstd with dictionary":
        content = zstandard.compress(dictionary.as_bytes())
        frame = (0x184D2A5D).to_bytes(4, "little") + len(content).to_bytes(4, "little") + content
    else:
        frame = b""
    path.write_bytes(frame + b"".join(parts))
    return [len(frame) + sum(map(len, parts[:number])) for number in range(len(parts))]


LAYOUTS = ("plain", "gzip", "one gzip member", "zstd", "zstd with dictionary", "one zstd frame")


def arc_record(url: str, kind: str, block: bytes, version: int) -> bytes:
    """One record of an ARC file as the writer of Heritrix 1 (version 1) or the format's description (version 2) has it."""
    more = "" if version == 1 else "200 checksum - 0 a.arc "
    return f"{url} 192.0.2.1 20040102030405 {kind} {more}{len(block)}\n".encode() + block + b"\n"
