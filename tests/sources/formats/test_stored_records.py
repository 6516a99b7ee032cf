"""What `show --record` gives: the bytes of each record as they lie in its file, whatever the format and its compression."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tui import sources
from tui.core.model import Limits, Ref
from tui.sources import Tally


def _warc(number: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2021-03-05T06:07:08Z\r\n"
        b"WARC-Target-URI: https://a.example/%d\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n"
    )
    return head % (number, number, len(http)) + http


def _arc(number: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return b"http://a.example/%d 1.2.3.4 20210305060708 text/html %d\n" % (number, len(http)) + http


BODIES = [f"<p>雨 {n} &amp; it rained  all day\t</p>\r\n".encode() for n in range(3)]
WARC = [_warc(number, body) for number, body in enumerate(BODIES)]
ARC_HEAD = b"1 0 Us\nURL IP-address Archive-date Content-type Archive-length\n"
ARC = [
    b"filedesc://a.arc 0.0.0.0 20210305060708 text/plain %d\n" % len(ARC_HEAD) + ARC_HEAD,
    *(_arc(number, body) for number, body in enumerate(BODIES)),
]
JSON = [f'{{ "text":"雨 {n}\\u96e8" , "url" : "https://a.example/{n}"  }}'.encode() for n in range(3)]
ROWS = [f'"It ""rained""\r\n雨 {n}",https://a.example/{n}\r'.encode() for n in range(3)]
ENTRIES = [
    f"<item>\r\n <title>雨 {n}</title><link>https://a.example/{n}</link>\n<description><![CDATA[<p>It rained]]></description></item>".encode()
    for n in range(3)
]
MAIL = [
    f"Subject: Rain {n}\nFrom: a@example.org\n\nIt rained.\n>From noon on it snowed. 雨\n".encode() for n in range(3)
]
WIKI = [
    f"<page>\n    <title>雨 {n}</title><ns>0</ns><id>{n}</id><revision><id>1</id><text>It ''rained'' &amp; blew.</text></revision>\r\n  </page>".encode()
    for n in range(3)
]
FORMATS = {
    "a.warc": (WARC, b"".join(each + b"\r\n\r\n" for each in WARC)),
    "a.arc": (ARC[1:], b"".join(each + b"\n" for each in ARC)),
    "a.jsonl": (JSON, b"\n".join(JSON) + b"\n"),
    "a.json": (JSON, b"[" + b" ,\n".join(JSON) + b"]"),
    "data.json": (JSON, b'{"data": [' + b",".join(JSON) + b"]}"),
    "ids.json": (JSON, b"{" + b", ".join(b'"%d": %s' % (n, each) for n, each in enumerate(JSON)) + b"}"),
    "a.csv": (ROWS, b"text,url\r\n" + b"\n".join(ROWS) + b"\n"),
    "a.rss": (
        ENTRIES,
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Rain</title>'
        + b"\n".join(ENTRIES)
        + b"</channel></rss>",
    ),
    "a.mbox": (MAIL, b"".join(b"From a@example.org Fri Mar  5 06:07:08 2021\n" + each + b"\n" for each in MAIL)),
    "wiki.xml": (
        WIKI,
        b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" xml:lang="en">'
        + b"\n".join(WIKI)
        + b"</mediawiki>",
    ),
}


def _by_record(pack: Callable[[bytes], bytes], records: list[bytes], end: bytes) -> bytes:
    return b"".join(pack(each + end) for each in records)


ZST = zstandard.ZstdCompressor().compress
PACKED: dict[str, tuple[list[bytes], bytes]] = {
    "by record.warc.gz": (WARC, _by_record(gzip.compress, WARC, b"\r\n\r\n")),
    "by record.warc.zst": (WARC, _by_record(ZST, WARC, b"\r\n\r\n")),
    "by record.arc.gz": (ARC[1:], _by_record(gzip.compress, ARC, b"\n")),
    **{
        f"{name}{suffix}": (records, pack(content))
        for name, (records, content) in FORMATS.items()
        for suffix, pack in ((".gz", gzip.compress), (".zst", ZST), (".bz2", bz2.compress), (".xz", lzma.compress))
    },
}


@pytest.mark.parametrize("name", [*FORMATS, *PACKED])
def test_a_record_is_byte_for_byte_what_lies_in_its_file(tmp_path: Path, name: str) -> None:
    records, content = (FORMATS | PACKED)[name]
    path = tmp_path / name
    path.write_bytes(content)
    refs = [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]
    first = len(refs) - len(records)  # before its entries, a feed is a page
    assert first == name.startswith("a.rss")
    stored = [sources.stored(ref, Limits()) for ref in refs[first:]]
    assert stored == records
    assert [sources.stored(ref, Limits()) for ref in reversed(refs[first:])] == stored[::-1], "in any order"
