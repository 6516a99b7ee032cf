"""Small valid inputs of every kind that copydesk reads; the same bytes each time they are made."""

import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import made_sites
import made_wikis
import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import zstandard

from tui import loader
from tui.choosing.recipe import COLUMNS
from tui.core.model import Limits, Options, Ref
from tui.core.questions import Given
from tui.export.corpus import USUAL
from tui.export.corpus import row as corpus_row

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_pages"
PAGE = "<!doctype html><meta charset=utf-8><title>雨</title><h1>雨</h1><p>昨天下了一整夜的雨。</p><a href=/1>第二場雨在早上停了</a>"
TEXTS = (
    "It rained all night, and the harbour stayed empty.",
    "昨天下了一整夜的雨,山上也下了。",
    "統(tǒng)計(jì)",
    "Caf\xe9",
)


@dataclass(frozen=True)
class Seed:
    """One valid input."""

    name: str
    """Of the file."""
    content: bytes
    pack: Callable[[bytes], bytes] | None = None
    """Makes the file of the content; None: the content is the file. Damage goes in before it or behind it."""

    @property
    def file(self) -> bytes:
        """What the file holds."""
        return self.pack(self.content) if self.pack else self.content


def gz(content: bytes) -> bytes:
    """Compress without the time of day."""
    return gzip.compress(content, mtime=0)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """Return a tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def arc() -> Iterator[Seed]:
    """ARC files of both versions, plain and compressed by record."""
    for version, more in ((1, ""), (2, "200 sum - 0 a.arc ")):
        line = f"192.0.2.1 20040102030405 text/html {more}"
        block = f"{version} 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n".encode()
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Rain</title><p>It rained all day."
        parts = [(f"filedesc://a.arc {line}", block), *((f"http://e.org/{n} {line}", body) for n in range(4))]
        records = [f"{head}{len(held)}\n".encode() + held + b"\n" for head, held in parts]
        yield Seed("a.arc", b"".join(records))
        yield Seed("a.arc.gz", b"".join(map(gzip.compress, records)))


def html() -> Iterator[Seed]:
    """Pages of sites, and all that the samples have."""
    yield from (Seed(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.html")))
    for number, page in enumerate(made_sites.pages()):
        if page.is_html:
            yield Seed(f"{page.kind}-{number}.html", page.source.encode())
    yield Seed("breaks.html", ("<p>" + "<br>\n" * 400 + TEXTS[1]).encode())
    yield Seed("deep.html", ("<div><b>" * 120 + TEXTS[1]).encode())


_CHARSETS = {
    "zh": ("utf-8", "utf-16", "utf-16-be", "utf-32", "gb18030", "big5hkscs", "hz", "iso2022_kr", "utf-7"),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "ru": ("koi8-r", "cp1251", "cp866"),
}


def plain() -> Iterator[Seed]:
    """Bare text: in many charsets, glossed, and as scrapes are."""
    yield from (Seed(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.txt")))
    bare = {page.source[:1]: page.source for page in made_sites.pages() if not page.is_html}
    texts = {"zh": bare["首"], "ja": bare["ホ"], "ru": "Сегодня открылось новое здание городской библиотеки.\n" * 3}
    for language, charsets in _CHARSETS.items():
        for charset in charsets:
            yield Seed(f"{charset}.txt", texts[language].encode(charset, "ignore"))
    yield Seed(
        "notes.md",
        b"# Rain\n\nIt *rained*.\n\n* [one](/1)\n* two\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    )
    yield Seed(
        "mail.txt", b"=?GB2312?B?1tDOxA==?= =E4=BD=A0=E5=A5=BD\r\n\\u4f60\\u597d &#20320; &amp;#22909; %E4%BD%A0\r\n"
    )


def _lines() -> bytes:
    records = [
        *(
            {"text": text, "url": f"https://example.org/{n}", "title": f"Rain {n}", "n": n}
            for n, text in enumerate(TEXTS)
        ),
        {
            "raw_content": PAGE,
            "date_download": "2021-03-05T06:07:08Z",
            "meta": {"lang": "zh", "scores": [0.5, None, True]},
        },
        {"html": PAGE, "headers": {"content-type": "text/html"}},
    ]
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def _row(payload: bytes, columns: Sequence[str]) -> bytes:
    """What a batch writes of a page."""
    question = Given(Ref("a.html", 0, "given", 0, len(payload)), Options(), payload, "")
    return corpus_row(loader.given(question, Limits()), columns, "0" * 16).line


def jsonl() -> Iterator[Seed]:
    """JSON and its lines, compressed in every way."""
    lines = _lines()
    yield Seed("rows.jsonl", lines)
    yield Seed("rows.json", json.dumps([json.loads(line) for line in lines.splitlines()], indent=1).encode())
    records = [json.loads(line) for line in lines.splitlines()]
    hits = {"hits": {"total": 3, "hits": [{"_id": "a", "_source": record} for record in records]}}
    yield Seed("hits.json", json.dumps(hits).encode())
    yield Seed("sequence.json", b"".join(b"\x1e" + json.dumps(record, indent=1).encode() + b"\n" for record in records))
    yield Seed("together.jsonl", b",".join(lines.splitlines()))
    yield Seed("bulk.ndjson", b"".join(b'{"index": {"_id": "a"}}\n' + line + b"\n" for line in lines.splitlines()))
    yield Seed("records-one-broken.jsonl", (SAMPLES / "records-one-broken.jsonl").read_bytes())
    for name, columns in (("text", COLUMNS), ("body", USUAL)):
        yield Seed(
            f"batch-{name}.jsonl", b"".join(_row(page, columns) for page in (*map(str.encode, TEXTS), PAGE.encode()))
        )
    yield Seed("rows.jsonl.gz", lines, gz)
    yield Seed("rows.jsonl.zst", lines, zstandard.compress)
    yield Seed("rows.jsonl.bz2", lines, bz2.compress)
    yield Seed("rows.jsonl.xz", lines, lzma.compress)
    yield Seed("log.har", json.dumps({"log": {"version": "1.2", "entries": list(_entries())}}).encode())


def _entries() -> Iterator[dict[str, object]]:
    bodies = (
        {"mimeType": "text/html", "text": PAGE, "size": 100},
        {
            "mimeType": "text/html; charset=big5",
            "text": base64.b64encode("雨".encode("big5")).decode(),
            "encoding": "base64",
        },
        {"mimeType": "image/png", "text": "AAAA", "encoding": "base64"},
    )
    for number, body in enumerate(bodies):
        answer = {"status": 200, "statusText": "OK", "httpVersion": "h2", "headers": [{"name": "A", "value": "b"}]}
        yield {
            "startedDateTime": "2021-03-05T06:07:08.123Z",
            "time": 3.5,
            "request": {"method": "GET", "url": f"https://example.org/{number}", "headers": []},
            "response": answer | {"content": body},
        }


def record(kind: str, block: bytes, **more: str) -> bytes:
    """Return a WARC record."""
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{len(block):012d}>",
        "WARC-Date": "2021-03-05T06:07:08Z",
        "WARC-Target-URI": "https://example.org/rain",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def _answer(body: bytes, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in ("Content-Type: text/html; charset=utf-8", *headers))
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body


def _records() -> list[bytes]:
    body = PAGE.encode()
    chunks = b"5\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n"
    envelope = {"Envelope": {"WARC-Header-Metadata": {"WARC-Target-URI": "u"}, "Payload-Metadata": {}}}
    answers = {
        "Content_Type": "application/http; msgtype=response",
        "WARC_Payload_Digest": "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A",
    }
    revisit = {"WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"} | answers
    return [
        record("warcinfo", b"software: test\r\n", Content_Type="application/warc-fields"),
        record("request", b"GET /rain HTTP/1.1\r\nHost: example.org\r\n\r\n", Content_Type="application/http"),
        record("response", _answer(body), **answers),
        record("response", _answer(gz(body), "Content-Encoding: gzip"), **answers),
        record("response", _answer(chunks, "Transfer-Encoding: chunked"), **answers),
        record("revisit", _answer(b""), **revisit),
        record("conversion", TEXTS[1].encode(), Content_Type="text/plain"),
        record("metadata", json.dumps(envelope).encode(), Content_Type="application/json"),
    ]


def warc() -> Iterator[Seed]:
    """Crawls, their texts and their metadata, record by record compressed and as a whole."""
    records = _records()
    whole = b"".join(records)
    yield Seed("crawl.warc", whole)
    yield Seed("crawl.warc.wet", records[0] + records[6] * 2)
    yield Seed("crawl.warc.wat", records[0] + records[7] * 2)
    yield Seed("each.warc.gz", b"".join(map(gz, records)))
    yield Seed("crawl.warc.gz", whole, gz)
    yield Seed("crawl.warc.gz", whole, lambda content: gz(content[:700]) + gz(content[700:]))
    yield Seed("crawl.warc.zst", whole, zstandard.compress)
    yield Seed("each.warc.zst", b"".join(map(zstandard.compress, records)))
    yield Seed(
        "old.arc",
        b"filedesc://a.arc 0.0.0.0 20210305060708 text/plain 9\n1 0 Test\n\nhttps://example.org/ 1.2.3.4 20210305060708 text/html 60\n"
        + _answer(b"rain"),
    )


def archive() -> Iterator[Seed]:
    """Archives of pages, and archives in archives."""
    members = {"a/page.html": PAGE.encode(), "rows.jsonl": _lines(), "b.txt": TEXTS[0].encode()}
    crawl = b"".join(map(gz, _records()))
    yield Seed("pages.zip", zipped(members))
    yield Seed("stored.zip", zipped(members, zipfile.ZIP_STORED))
    yield Seed("one.zip", PAGE.encode(), lambda content: zipped({"page.html": content}))
    yield Seed("lines.zip", _lines(), lambda content: zipped({"rows.jsonl": content, "rows.jsonl.gz": gz(content)}))
    yield Seed("deep.zip", PAGE.encode(), lambda content: zipped({"in.zip": zipped({"page.html": content})}))
    yield Seed("pages.tar", tarred(members))
    yield Seed("pages.tar.gz", tarred(members), gz)
    yield Seed("pages.tar.xz", tarred({"in.tar": tarred(members)}), lzma.compress)
    yield Seed("crawl.wacz", zipped({"datapackage.json": b"{}", "archive/data.warc.gz": crawl}, zipfile.ZIP_STORED))
    yield Seed("lzma.zip", zipped(members, zipfile.ZIP_LZMA))
    yield Seed("bzip2.zip", zipped(members, zipfile.ZIP_BZIP2))


def parquet() -> Iterator[Seed]:
    """Tables as data sets have them."""
    table = pyarrow.table(
        {
            "text": [*TEXTS, None],
            "url": [f"https://example.org/{number}" for number in range(5)],
            "date": pyarrow.array([1614924428000000] * 5, pyarrow.timestamp("us", "UTC")),
            "scores": [[0.5, 1.0], [], None, [float("nan")], [1e300]],
            "meta": [{"lang": "zh", "n": number} for number in range(5)],
            "blob": [b"\x00\xff"] * 5,
        }
    )
    for compression in ("NONE", "SNAPPY", "ZSTD"):
        out = io.BytesIO()
        pyarrow.parquet.write_table(table, out, compression=compression, row_group_size=2)
        yield Seed(f"{compression.lower()}.parquet", out.getvalue())
    yield Seed("rows.parquet.gz", out.getvalue(), gz)


def arrow() -> Iterator[Seed]:
    """Tables as data sets are saved."""
    table = pyarrow.table(
        {"text": [*TEXTS, None], "meta": [{"n": number} for number in range(5)], "blob": [b"\x00\xff"] * 5}
    )
    for name, new in (("file.arrow", pyarrow.ipc.new_file), ("stream.arrow", pyarrow.ipc.new_stream)):
        for compression in (None, "zstd"):
            out = io.BytesIO()
            with new(out, table.schema, options=pyarrow.ipc.IpcWriteOptions(compression=compression)) as writer:
                writer.write_table(table, max_chunksize=2)
            yield Seed(name, out.getvalue())


def table() -> Iterator[Seed]:
    """Rows of values that are separated by signs."""
    rows = "id,title,text,url\n" + "".join(
        f'{n},"Rain, ""heavy"" {n}","{text}\nsecond line",https://example.org/{n}\n' for n, text in enumerate(TEXTS)
    )
    yield Seed("rows.csv", rows.encode())
    yield Seed("rows.tsv", rows.replace(",", "\t").encode())
    yield Seed("german.csv", rows.replace(",", ";").encode("cp1252", "replace"))
    yield Seed("chinese.csv", rows.encode("gb18030", "replace"))
    yield Seed("unnamed.csv", rows.partition("\n")[2].encode())
    yield Seed("mac.csv", f"\ufeffsep=,\r{rows}".replace("\n", "\r").encode("utf-16-le", "replace"))
    yield Seed("rows.csv.gz", rows.encode(), gz)
    wide = ",".join(f"field{number}" for number in range(40))
    yield Seed("wide.csv", f"text,{wide}\n{TEXTS[0]},{wide}\n".encode())


def mhtml() -> Iterator[Seed]:
    """Pages as browsers save them, and mail."""
    top = 'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: =?utf-8?B?6Zuo?=\r\nDate: Fri, 05 Mar 2021 06:07:08 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="cut"\r\n\r\n'
    parts = (
        ("text/html; charset=utf-8", "quoted-printable", "<title>=E9=9B=A8</title><p>rain=\r\n fell"),
        ("text/html; charset=big5", "base64", base64.encodebytes("<title>雨</title>".encode("big5")).decode()),
        ("image/png", "base64", "AAAA"),
        ("text/plain", "8bit", "rain"),
        ('multipart/alternative; boundary="in"', "8bit", "--in\r\nContent-Type: text/plain\r\n\r\nrain\r\n--in--"),
    )
    body = "".join(
        f"--cut\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: https://example.org/{n}\r\n\r\n{text}\r\n"
        for n, (kind, coding, text) in enumerate(parts)
    )
    yield Seed("saved.mhtml", f"{top}{body}--cut--\r\n".encode())
    yield Seed("one.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<title>rain</title>\r\n")


def mail() -> Iterator[Seed]:
    """A message alone and in a mailbox, with parts in several codings."""
    top = "From: =?gb2312?B?wO7D9w==?= <li@example.cn>\nTo: b@example.org\nSubject: =?utf-8?Q?=E9=9B=A8?= (2)\nDate: Fri, 05 Mar 2021 06:07:08 +0800\nMessage-ID: <1@e.org>\nMIME-Version: 1.0\n"
    parts = (
        ("text/plain; charset=gb18030", "base64", base64.encodebytes(TEXTS[1].encode("gb18030")).decode()),
        ("text/html; charset=utf-8", "quoted-printable", "<p>=E9=9B=A8 rain=\n fell"),
        ('application/pdf; name="a.pdf"', "base64", "AAAA"),
        ("message/rfc822", "7bit", "Subject: inner\n\nIt rained.\n"),
    )
    body = "".join(
        f"--cut\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n{text}\n" for kind, coding, text in parts
    )
    whole = f'{top}Content-Type: multipart/mixed; boundary="cut"\n\n{body}--cut--\n'.encode()
    yield Seed("a.eml", whole)
    yield Seed("crlf.eml", whole.replace(b"\n", b"\r\n"))
    yield Seed(
        "a.mbox",
        b"".join(
            b"From a@e.org Fri Mar  5 06:07:08 2021\n" + each + b"\n"
            for each in (whole, f"{top}\n>From here it rained.\n".encode())
        ),
    )


def feed() -> Iterator[Seed]:
    """RSS, Atom, a sitemap, and a feed in JSON."""
    item = "<item><title>大雨 &amp;amp; 強風</title><link>https://example.org/1</link><pubDate>Fri, 05 Mar 2021 06:07:08 +0800</pubDate><description><![CDATA[<p>昨天下了<b>雨</b>。</p>]]></description></item>"
    yield Seed(
        "rss.xml",
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>雨報</title>{item * 3}</channel></rss>'.encode(),
    )
    entry = '<entry><title type="html">Rain &amp;amp; wind</title><link rel="alternate" href="/1?a=1&amp;b=2"/><updated>2021-03-05T06:07:08Z</updated><summary>It rained.</summary></entry>'
    yield Seed(
        "atom.xml", f"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Gazette</title>{entry * 3}</feed>".encode()
    )
    yield Seed(
        "sitemap.xml",
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc><lastmod>2021-03-05</lastmod></url></urlset>',
    )
    items = [
        {"id": "1", "url": "https://example.org/1", "title": "Rain", "content_html": "<p>It rained.", "tags": ["a"]}
    ]
    yield Seed(
        "feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).encode()
    )


def wiki() -> Iterator[Seed]:
    """Exports of a wiki, and what others make of them."""
    table = "{|\n|+ A\n! a !! b\n|-\n| 1 || [[File:c.jpg|thumb|d [[e]]]]\n|}\n"
    more = made_wikis.page(
        "Odd", made_wikis.revision(f"{table}<ref name=a>{{{{b|{{{{c}}}}}}}}</ref> '''''d'' e'''\n; f : g\n")
    )
    whole = made_wikis.export([*made_wikis.PAGES, more]).encode()
    yield Seed("dump.xml", whole)
    yield Seed("dump.xml.bz2", whole, bz2.compress)
    yield Seed("wiki_00", "\n".join(made_wikis.DOCS).encode())


def sqlite() -> Iterator[Seed]:
    """Databases."""
    with sqlite3.connect(":memory:") as made:
        made.execute('CREATE TABLE "a!/b" (id INTEGER PRIMARY KEY, url TEXT, text TEXT, score REAL, blob BLOB)')
        made.executemany(
            'INSERT INTO "a!/b" (url, text, score, blob) VALUES (?, ?, 0.5, ?)',
            [("u", text, b"\xff") for text in TEXTS],
        )
        made.execute("CREATE TABLE keyed (name TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID")
        made.execute("INSERT INTO keyed VALUES ('a', ?)", (PAGE,))
        made.commit()
        content = made.serialize()
    yield Seed("pages.sqlite", content)
    yield Seed("pages.db.gz", content, gz)


def cdx() -> Iterator[Seed]:
    """Indexes of archives; the archive itself is not there."""
    yield Seed(
        "a.cdx",
        b" CDX N b a m s k r M S V g\n"
        + b"org,example)/1 20210305060708 https://example.org/1 text/html 200 ABC - - 300 12 x/a.warc.gz\n" * 3,
    )
    yield Seed(
        "a.cdxj",
        b'org,example)/ 20210305060708 {"url": "https://example.org/", "filename": "a.warc.gz", "offset": "12", "length": "9", "status": "200"}\n'
        * 3,
    )


WORDS: Mapping[str, tuple[str, ...]] = {
    "html": (
        *("<p>", "</p>", "<div class=post>", "</div>", "<table><tr><td>", "<br>\n", "<!--", "-->", "<script>", "</script>", "<pre>", "<li>"),
        *("<a href=/1>", "</a>", "<title>", "<h1>", "<meta charset=gbk>", "<svg>", "<math>", "<template>", "<select>", "<plaintext>"),
        *('<script type="application/ld+json">{"@type":"NewsArticle","headline":1,"author":[{"name":[]}]}</script>', "<textarea>"),
        *("<time datetime=2021-03-05>", "2021-03-05", "昨天 08:00", "&nbsp;", "&#0;", "&#xD800;", "<noscript>", "<frameset>", "<article>"),
        *("<meta property=og:title content=x>", '<html lang="zh-TW">', "<base href=x>", "<img alt=雨>", "<span itemprop=author>"),
    ),
    "plain": ("\n\n", "來源：", "作者：", "2021-03-05 06:07", "相關新聞", "責任編輯：", "- ", "# ", "* ", "[1]", "```", "tǒng", "(lǜ)", "ì", "ǖ", ","),
    "jsonl": ('{"text": "', '"}', "{", "}", "[", "]", "null", "NaN", "Infinity", '"\\ud800"', '"\\u0000"', '"text":', '"entries":', '"log":', "\\", '"encoding":"base64"', '{"a":' * 50),
    "warc": ("WARC/1.0\r\n", "WARC/1.1\r\n", "Content-Length: ", "\r\n\r\n", "Content-Encoding: br\r\n", "Content-Encoding: gzip, zstd\r\n", "Transfer-Encoding: chunked\r\n", "WARC-Type: revisit\r\n", "WARC-Refers-To: <urn:uuid:1>\r\n", "HTTP/1.1 ", "WARC-Segment-Number: 2\r\n", "0\r\n\r\n", "WARC-Truncated: length\r\n"),
    "arc": ("filedesc:", "\nhttp://e.org/ 192.0.2.1 20040102030405 text/html 5\n", " ", "99999999", "HTTP/1.1 200 OK\r\n", "\n\n", "\r\n\r\n"),
    "archive": ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "../", "ustar", "/", "\x00" * 512),
    "arrow": ("ARROW1\x00\x00", "\xff\xff\xff\xff", "\x10\x00\x00\x00"),
    "parquet": ("PAR1", "\x15\x00", "\x19", "\x1c"),
    "table": ('"', '""', ",", "\t", ";", "\n", "\r", '\n"', ",,,,", "=1+1"),
    "mhtml": ("--cut\r\n", "--cut--\r\n", "--in\r\n", "Content-Type: multipart/mixed; boundary=x\r\n", "--x\r\n", "charset=", "=?utf-8?Q?=", "?=", "Content-Transfer-Encoding: x-uuencode\r\n", "\r\n\r\n", "boundary*0=a; ", 'boundary="', "Content-Type: message/rfc822\r\n", "Date: 99 Foo\r\n"),
    "mail": ("\nFrom a@e.org Fri Mar  5 06:07:08 2021\n", ">From ", "--cut\n", "--cut--\n", "Content-Type: multipart/alternative; boundary=x\n", "--x\n", "=?gb2312?B?", "?=", "Content-Transfer-Encoding: base64\n", "Content-Disposition: attachment; filename*=utf-8''%E9\n", "\r\n\r\n", "charset=utf-7", "Content-Type: message/rfc822\n", "boundary=", "Date: "),
    "feed": ("<item>", "</item>", "<![CDATA[", "]]>", "<entry>", "&lt;", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<rss>", "<rdf:RDF>", "<pubDate>", '"items":', '"content_html":', "<title/>"),
    "wiki": ("<page>", "</page>", "<revision>", "</text>", "<text/>", "[[", "]]", "{{", "}}", "{|\n", "|}", "\n|-\n", "<ref>", "</ref>", "<nowiki>", "'''''", "\n=", "=\n", "\n*#:;", "[http://e", "&lt;ref name=a/&gt;", "<doc id=", "</doc>", "\x00", "-{"),
    "sqlite": ("SQLite format 3\x00", "CREATE TABLE", "WITHOUT ROWID", "TEXT", "INTEGER PRIMARY KEY", "CREATE VIEW", "AS SELECT "),
    "cdx": (" CDX", "org,example)/", "20210305060708", "{", "}", "- ", "a.warc.gz", "!meta ", '"offset": ', ","),
}  # fmt: skip

FILES: Mapping[str, Callable[[], Iterator[Seed]]] = {
    "html": html,
    "plain": plain,
    "jsonl": jsonl,
    "warc": warc,
    "arc": arc,
    "archive": archive,
    "parquet": parquet,
    "arrow": arrow,
    "table": table,
    "mhtml": mhtml,
    "mail": mail,
    "feed": feed,
    "wiki": wiki,
    "sqlite": sqlite,
    "cdx": cdx,
}
"""Kinds of files that pages lie in."""


@cache
def of(kind: str) -> tuple[Seed, ...]:
    """Return the inputs of a kind."""
    return tuple(FILES[kind]() if kind in FILES else OTHERS[kind]())


EXPRESSIONS = (
    *(
        'repairs>0 date>=2021 lang:zh "普京" -tag:hot',
        "(title:rain OR url:*) NOT source:old",
        "signals.han_ratio>0.9 bytes<10k",
        "fails:gopher fails>2 -fails.zh_han<0.5",
    ),
    *(
        "repair.pinyin_gloss>=1 | probable<50%",
        "metadata.source:x record.id!=3",
        "date:2021-12 fetched<2022-01-01 -(note:* label:a)",
    ),
    *(
        "charset:gb18030 media:text/html type:article status:200",
        "site:.example.org 臺灣 ＮＥＷＳ",
        'text:"a b" body:rain list:hot',
    ),
)


def expression() -> Iterator[Seed]:
    """What is typed after --where."""
    yield from (Seed(f"{number}.txt", text.encode()) for number, text in enumerate(EXPRESSIONS))


def config() -> Iterator[Seed]:
    """The configuration."""
    yield Seed("config.toml", b'charset = "gb18030"\nwithout = ["entities"]\nalso = ["letter_swap"]\ncertain = true\nscript = "hans"\ntheme = "nord"\nlabels = ["x=spam", "good"]\npage_mb = 32\npage_s = 5.5\nmemory_mb = 1024\ncache_mb = 256\nlanguage = "zh-Hans"\nwidth = 60\nlean = false\nmouse = true\nambiguous_wide = true\n[keys]\nquit = "f10"\n')  # fmt: skip
    yield Seed("config.toml", b"page_s = 1_0.5e1\npage_mb = 0x10\n# comment\n[keys]\n'next_page' = '''n'''\n")


def repair() -> Iterator[Seed]:
    """Text to be repaired."""
    yield from plain()
    yield Seed("rows.jsonl", _lines())


def sidecar() -> Iterator[Seed]:
    """An index, of a file that every system has."""
    from fuzz import stores

    yield Seed("index.sqlite", stores.index())


def cache_page() -> Iterator[Seed]:
    """A page in the cache of what was fetched."""
    from fuzz import stores

    yield Seed("kept.page", stores.cached(PAGE.encode()))
    for content in (
        PAGE.encode(),
        _lines(),
        zipped({"a.txt": b"rain", "b.html": PAGE.encode()}),
        of("parquet")[0].file,
    ):
        yield Seed("kept.page", content, stores.cached)


def labels() -> Iterator[Seed]:
    """Labels, notes, marks, filters and places."""
    from fuzz import stores

    yield Seed("labels.sqlite", stores.labels())


def command() -> Iterator[Seed]:
    """Some files of every kind, for the program itself."""
    for make in FILES.values():
        yield from list(make())[::3]


OTHERS: Mapping[str, Callable[[], Iterator[Seed]]] = {
    "expression": expression,
    "config": config,
    "repair": repair,
    "index": sidecar,
    "cache": cache_page,
    "labels": labels,
    "command": command,
}
"""Kinds of input that are no pages, or are added to something else."""
OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "expression": ("(", ")", "-", "!", "NOT ", " OR ", "|", '"', ":", ">=", "!=", "*", "date", "signals.", "record.", "lang", "10k", "50%", "%", "2021-13", "( " * 300, "- " * 300),
    "config": ("=", "[", "]", "[keys]", '"', "'''", "1e400", "inf", "nan", "-1", "true", "1979-05-27", "{", "}", "\n", "a.b", '"="', '["=", "a="]', "labels = ", "page_s = "),
    "repair": WORDS["plain"],
    "index": ("SQLite format 3\x00", "[]", "{}", '"trouble"', "null", "piece", "cells"),
    "cache": ("cdw2", '"http"', "null", "[]", "{}", '"length": ', '"problems": ["'),
    "command": WORDS["html"] + WORDS["plain"],
    "labels": ("SQLite format 3\x00", "[]", "{}", "null", '{"source": 1}', '"ordinal"', "label", "position"),
}  # fmt: skip


def words(kind: str) -> tuple[bytes, ...]:
    """Return the words that mean something in inputs of a kind."""
    return tuple(word.encode("utf-8") for word in {**WORDS, **OTHER_WORDS}[kind])
