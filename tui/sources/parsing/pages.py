"""What formats make pages of: a whole file, or a record with named fields, as corpora and tables hold them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import isfinite
from typing import Any, BinaryIO

from tui.core.model import Charset, Claim, Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Value
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing.magic import binary_kind, is_html
from tui.sources.parsing.wording import Wording, words
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name, kept_content, lost, read_span

BODY_FIELDS = (
    *("text", "content", "raw_content", "body", "markdown", "html", "selftext", "maintext", "article", "sentence"),
    *("\u6b63\u6587", "\u5185\u5bb9", "\u5167\u5bb9", "\u6587\u672c", "messages", "conversations", "instruction"),
)
TITLE_FIELDS = ("title", "headline", "name", "\u6807\u9898", "\u6a19\u984c", "\u984c\u76ee")
URL_FIELDS = (
    "url",
    "uri",
    "warc-target-uri",
    "metadata.url",
    "meta.url",
    "warc_headers.warc-target-uri",
    "meta.warc_headers.warc-target-uri",
    "link",
    "metadata.sourceURL",
    "source_url",
    "\u7f51\u5740",
    "\u7db2\u5740",
    "u",
)
FETCHED_FIELDS = (
    "date_download",
    "warc-date",
    "warc_headers.warc-date",
    "meta.warc_headers.warc-date",
    "crawl_date",
    "timestamp",
    "meta.timestamp",
    "added",
    "ts",
)
"""Of C4, mC4, FineWeb, CulturaX, OSCAR, GlotCC, ChineseWebText, Dolma, RedPajama, WanJuan and HPLT, of
Reddit, news-please and firecrawl, and of tables in Chinese; the first present wins."""
_TOLD = ("instruction", "input", "output", "response")
"""What is asked and answered, in records of instructions."""
_SPEAKERS, _SPEECHES = ("role", "from"), ("content", "value")
_DATED = re.compile(
    r"(\d{4})[-/](\d\d)(?:[-/](\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d\d:?\d\d)?)?)?\Z"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEFAULT, _UTF_8 = Options(), Wording("")
DEEPEST_VALUE = 100
"""Objects and lists in each other that a page's record keeps; what lies deeper is in the source only."""
_EPOCH_S = range(300_000_000, 10_000_000_000)
"""Seconds from 1979 to 2286; thousand times as many are milliseconds."""


def one_page(name: str, order: int, claims: Callable[[Head], bool], media: str) -> Format:
    """Return a format whose files are one page each."""

    def scan(file: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
        yield replace(file, format=name)

    return Format(name, order, claims, scan, partial(read_file, media=media), outlives_changes=True)


def read_file(ref: Ref, limits: Limits, media: str) -> RawPage:
    """Read a file that is one page. Raises SourceError if it can't be read."""
    payload, size = read_span(ref, limits.page_bytes)
    damage = lost(kept_content(ref), ref)
    problems = (*damage, *bounds(ref, len(payload), size)) if payload or not damage else tuple(damage)
    return RawPage(ref, payload, media, size, size - len(payload), problems=problems)


def bounds(ref: Ref, read_bytes: int, size_bytes: int) -> tuple[Problem, ...]:
    """Say that a page is empty or was clipped."""
    if size_bytes == 0:
        return (Problem("empty", printable(ref.source)),)
    if read_bytes < size_bytes:
        clipped = problem_in(ref, "clipped", size_bytes - read_bytes, read=read_bytes, size=size_bytes)
        return (replace(clipped, byte=ref.offset + read_bytes),)
    return ()


def damaged_content(ref: Ref, reason: Reason) -> Problem:
    """Say that the content of a record isn't what its headers promise."""
    return problem_in(ref, "content_damaged", byte=ref.offset, reason=reason)


def problem_in(ref: Ref, code: str, lost: int | None = None, **values: Value) -> Problem:
    """Return what is wrong with a record, at the byte where it starts."""
    return Problem(code, printable(ref.source), values, byte=ref.offset, lost=lost)


def page(
    ref: Ref,
    record: Mapping[str, Any],
    stored: Callable[[], bytes],
    limits: Limits,
    options: Options = _DEFAULT,
    problems: tuple[Problem, ...] = (),
    *,
    place: Callable[[], Reason],
    of: Wording = _UTF_8,
) -> RawPage:
    """Make a page of a record. `options` have the user's word on charset and on which field is what; without it, names tell.

    Text that the record holds as bytes is decoded as a page is. Without text in it, the record is shown as it is `stored`.
    `place` names the record for messages; the strings of it were read as the wording says that they are `of`.
    """
    names = dict(options.fields)
    body_names = (names["body"],) if "body" in names else BODY_FIELDS
    body, body_field = _body(record, body_names)
    if body is None:
        problems = (*problems, problem_in(ref, "no_text_field", place=place(), names=", ".join(body_names)))
        payload, charset = stored(), of.charset
    else:
        payload, charset = _payload(body, of)
    if bytes in map(type, record.values()):
        record = _worded(record, body_field, options.charset)
    if of.charset is not None:
        record, strays = without_strays(record)
        lost = strays - len(_SURROGATE.findall(body)) if isinstance(body, str) else strays
        problems += _bytes_lost(ref, place, lost, of.charset.name) if lost else ()
    title, title_field = _first(record, (names["title"],) if "title" in names else TITLE_FIELDS)
    url, url_field = _first(record, (names["url"],) if "url" in names else URL_FIELDS)
    fetched, fetched_field = _fetched(record, names.get("fetched"))
    kept = payload[: limits.page_bytes]
    is_markup = body is not None and (
        (body_field or "").rpartition(".")[2] == "html" or is_html(Head("", payload[:HEAD_BYTES]))
    )
    taken = {body_field, title_field, url_field, fetched_field}
    made = RawPage(
        ref,
        kept,
        "text/html" if is_markup else "text/plain",
        size=len(payload),
        clipped=len(payload) - len(kept),
        claims=() if isinstance(body, bytes) else (Claim("json", "utf-8"),),
        charset=charset,
        url=url,
        fetched=fetched,
        title=title,
        record={key: plain(value) for key, value in record.items() if key not in taken},
        problems=problems + bounds(ref, len(kept), len(payload)),
    )
    kind = binary_kind(kept[:HEAD_BYTES]) if isinstance(body, bytes) else ""
    return unshown(made, Reason(kind)) if kind else made


def unshown(page: RawPage, kind: Reason, media: str = "") -> RawPage:
    """Return a page whose bytes are no text, and say what they are; `media` is what others call it."""
    what = Problem("not_text", display_name(page.ref), {"kind": kind, "size": page.size})
    return replace(page, media=media or "application/octet-stream", is_binary=True, problems=(what, *page.problems))


def as_facts(page: RawPage, stated: str) -> RawPage:
    """Return a page, or what it is if it is no text: by its content, whatever media type is stated, but for odd bytes in text."""
    kind = binary_kind(page.payload[:HEAD_BYTES])
    media = stated.partition(";")[0].strip().lower()
    is_text = media.startswith("text/") or media.endswith(("xml", "json"))
    return unshown(page, Reason(kind), media) if kind and not (is_text and kind == "binary_data") else page


def _body(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | bytes | None, str | None]:
    """Return the first of the named fields that holds text, else the first that holds other bytes, and its name."""
    others: tuple[bytes | None, str | None] = (None, None)
    for name in names:
        content = _told(record) if name == "instruction" else _content(field(record, name))
        if isinstance(content, str) or (content is not None and not binary_kind(content[:HEAD_BYTES])):
            return content, name
        if others[0] is None:
            others = content, name
    return others


def _content(value: Any) -> str | bytes | None:
    """Text as it is; bytes as they are, or out of what `as_json` makes of them; None: it is neither."""
    if isinstance(value, Mapping) and value.get("$base64") is True and isinstance(value.get("encoded"), str):
        import base64

        try:
            return base64.b64decode(value["encoded"], validate=True)
        except ValueError:
            return None
    if isinstance(value, list):
        spoken = [each if isinstance(each, str) else _spoken(each) for each in value]
        return "\n\n".join(spoken) if spoken and all(spoken) else None
    return value if isinstance(value, str | bytes) else None


def _spoken(turn: Any) -> str:
    """Who spoke, and what, of one turn of a talk; empty: it is none."""
    if not isinstance(turn, Mapping):
        return ""
    who = next((turn[name] for name in _SPEAKERS if isinstance(turn.get(name), str)), "")
    said = next((turn[name] for name in _SPEECHES if name in turn), None)
    if isinstance(said, list):
        said = "\n".join(str(part["text"]) for part in said if isinstance(part, Mapping) and "text" in part)
    return f"{who}: {said}" if who and isinstance(said, str) else ""


def _told(record: Mapping[str, Any]) -> str | None:
    """What is asked and answered; None: there is no answer."""
    parts = [f"{name}: {record[name]}" for name in _TOLD if isinstance(record.get(name), str) and record[name].strip()]
    return "\n\n".join(parts) if len(parts) > 1 and "instruction" in record else None


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the first of the named fields that holds words, and its name; names may be dotted."""
    for name in names:
        words = field(record, name)
        is_short = name == "u" and isinstance(words, str) and "://" not in words  # too short a name to say what it is
        if isinstance(words, str) and words.strip() and not is_short:
            return words, name
    return None, None


def _bytes_lost(ref: Ref, place: Callable[[], Reason], lost: int, charset: str) -> tuple[Problem, ...]:
    reason = Reason("bytes_of_record", {"place": place(), "count": lost, "charset": charset})
    return (replace(problem_in(ref, "bytes_lost", lost, reason=reason), at_stage="read"),)


def _payload(body: str | bytes, of: Wording) -> tuple[bytes, Charset | None]:
    """The bytes of a body as they stand in its record, and the charset that is settled by that; of what can't stand there, ours."""
    if isinstance(body, bytes):
        return body, None
    payload = of.bytes_of(body)
    if payload is None:
        return body.encode("utf-8", "replace"), Charset("utf-8", "json")
    return payload, of.charset


def _worded(record: Mapping[str, Any], body_field: str | None, charset: str | None) -> Mapping[str, Any]:
    """A record with those of its bytes as text that are words, as many writers of Parquet leave all of them."""
    names = [name for name, value in record.items() if isinstance(value, bytes) and name != body_field]
    named = [name for name in names if record[name] and not binary_kind(record[name][:HEAD_BYTES])]
    body = record.get(body_field or "")
    texts = words([record[name] for name in named], body if isinstance(body, bytes) else b"", charset)
    return {**record, **{name: text for name, text in zip(named, texts, strict=True) if text is not None}}


def without_strays(value: Any) -> tuple[Any, int]:
    """Return what JSON has said with U+FFFD for lone surrogates, and how many they are."""
    import json

    text, count = _SURROGATE.subn("\ufffd", json.dumps(value, ensure_ascii=False))
    return (json.loads(text), count) if count else (value, 0)


def field(record: Mapping[str, Any], name: str) -> Any:
    """Return a field of a record, or None; dots lead into objects, unless a key holds the dot itself.

    An object may be written as a string of JSON, as RedPajama and copies of Dolma in Parquet do.

    >>> field({"meta": {"url": "x"}}, "meta.url"), field({"meta.url": "y"}, "meta.url"), field({"meta": '{"url": "z"}'}, "meta.url")
    ('x', 'y', 'z')
    """
    first, dot, _ = name.partition(".")
    if not dot or first not in record:
        return record.get(name)
    value: Any = record
    for key in name.split("."):
        value = _unwrapped(value) if isinstance(value, str) else value
        value = value.get(key) if isinstance(value, Mapping) else None
    return record.get(name) if value is None else value


def _unwrapped(text: str) -> Any:
    if not text.startswith("{"):
        return None
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _fetched(record: Mapping[str, Any], name: str | None) -> tuple[str | None, str | None]:
    """Return when the page was fetched, ISO 8601, and the field that says so."""
    if name is not None:
        return moment(field(record, name)), name
    # FineWeb's date is the crawl's, as the name of the crawl beside it tells.
    names = ("date", *FETCHED_FIELDS) if str(record.get("dump", "")).startswith("CC-MAIN") else FETCHED_FIELDS
    moments = ((moment(field(record, each)), each) for each in names)
    return next((pair for pair in moments if pair[0]), (None, None))


def moment(value: Any) -> str | None:
    """Return a time as ISO 8601, from ISO, with slashes, or seconds or milliseconds since 1970; None if it is no time.

    >>> moment("2019/04/25 12:57:54"), moment(1556197074), moment("yesterday")
    ('2019-04-25T12:57:54', '2019-04-25T12:57:54Z', None)
    """
    from datetime import UTC, date, datetime  # 1.5 ms, and scanning needs none of it

    if isinstance(value, str) and (match := _DATED.match(value)):
        year, month, day, time, zone = match.groups()
        day = "-".join(part for part in (year, month, day) if part)
        return day + (f"T{time}{(zone or '').replace('UTC', 'Z')}" if time else "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = int(value) if int(value) in _EPOCH_S else int(value) // 1000
        if seconds in _EPOCH_S:
            return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment(value.isoformat()) if isinstance(value, date) else None


def _start(content: bytes) -> str:
    return f"{len(content):,} bytes: {content[:32].hex()}"


def _encoded(content: bytes) -> dict[str, Any]:
    """Bytes in JSON, as sqlite-utils writes them."""
    import base64

    return {"$base64": True, "encoded": base64.b64encode(content).decode("ascii")}


def plain(value: Any, depth: int = 0, of_bytes: Callable[[bytes], Any] = _start) -> Any:
    """What JSON can hold: dates as ISO 8601, bytes as their start in hexadecimal digits, all else as it is.

    What lies too deep in other values is replaced by words that say so. `of_bytes` makes something else of bytes.
    """
    if isinstance(value, Mapping | list | tuple):
        if depth == DEEPEST_VALUE:
            return f"… what lies more than {DEEPEST_VALUE} deep is in the source"
        if isinstance(value, Mapping):
            return {str(key): plain(item, depth + 1, of_bytes) for key, item in value.items()}
        return [plain(item, depth + 1, of_bytes) for item in value]
    if isinstance(value, bytes):
        return of_bytes(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)  # JSON has no NaN
    return value if isinstance(value, str | int | float | None) else _text(value)


def _text(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def as_json(record: Mapping[str, Any]) -> bytes:
    """Return a record of a format that is no text as a line of JSON, with all bytes of it in base64: the stored record."""
    import json

    return json.dumps(plain(record, of_bytes=_encoded), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
