"""What formats make pages of: a whole file, or a record with named fields, as corpora and tables hold them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from html import unescape
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO, NamedTuple

from tui.core.model import Charset, Claim, Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Value
from tui.core.records import MEANT, date_names, field, moment
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing import batch_rows
from tui.sources.parsing.http_message import unpacked
from tui.sources.parsing.magic import binary_kind, is_html
from tui.sources.parsing.record_names import (
    ANSWERED,
    ASKED,
    BODY_FIELDS,
    KNOWN,
    LOOSE_URL_FIELDS,
    RIVALS,
    ROLES,
    SPEAKERS,
    SPEECHES,
    Candidates,
    candidates,
)
from tui.sources.parsing.wording import Wording, words
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name, kept_content, lost, read_span

_SURROGATE = re.compile("[\ud800-\udfff]")
_WRITTEN_BY_US = (Claim("json", "utf-8"),)
_NULS_PER_TEXT = 3
"""Of so many characters of UTF-16 that was taken for UTF-8 at least one is a NUL."""
_RENDERED = ".rendered"
"""Ends the names under which WordPress has HTML."""
_PLAIN = frozenset({str, int, bool})
"""What most values are, and JSON can hold."""
_DEFAULT, _UTF_8 = Options(), Wording("")
DEEPEST_RECORD, MOST_WRAPPERS = 3, 100
"""Objects in each other, and beside each other, in which the text of a record is looked for."""
DEEPEST_VALUE = 100
"""Objects and lists in each other that a page's record keeps; what lies deeper is in the source only."""


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
    record, written = _respelled(record, options)
    names = dict(options.fields) or batch_rows.names(record)
    body_names = (names["body"],) if "body" in names else BODY_FIELDS
    body, body_fields = _body(record, body_names)
    if body is None and "body" not in names and (path := _way_to_text(record)):
        opened = _opened(record, path)
        written = {known: name for known, name in written.items() if opened.get(known) is record[known]}
        record = opened
        body, body_fields = _body(record, body_names)
    body_field = next(iter(body_fields), None)
    if body is None:
        problems = (*problems, problem_in(ref, "no_text_field", place=place(), names=_some(body_names)))
        payload, charset = stored(), of.charset
    else:
        if isinstance(body, bytes):
            body, broken = unpacked(body, limits.page_bytes)
            problems = (*problems, damaged_content(ref, broken)) if broken else problems
        payload, charset = _payload(body, of)
    if bytes in map(type, record.values()):
        record = _worded(record, body_field, body if isinstance(body, bytes) else b"", options.charset)
    if of.charset is not None:
        record, strays = without_strays(record)
        lost = strays - len(_SURROGATE.findall(body)) if isinstance(body, str) else strays
        problems += _bytes_lost(ref, place, lost, of.charset.name) if lost else ()
    around = _around(record, names.get("body", ""))
    known = _shape(tuple(around)).candidates
    title, title_field = _first(around, (names["title"],) if "title" in names else known.titles)
    url, url_field = _first(around, (names["url"],) if "url" in names else known.urls)
    fetched, fetched_field = _fetched(around, names.get("fetched"), known.fetched)
    kept = payload[: limits.page_bytes]
    taken = {*body_fields, title_field, url_field, fetched_field}
    row = batch_rows.row(record, body) if not options.fields and len(kept) == len(payload) else None
    if row is not None:
        taken |= batch_rows.TOLD
    is_markup = body is not None and row is None and _is_markup(payload, body_field or "")
    made = RawPage(
        ref,
        kept,
        "text/html" if is_markup else "text/plain",
        size=len(payload),
        clipped=len(payload) - len(kept),
        claims=() if isinstance(body, bytes) else _WRITTEN_BY_US,
        charset=charset,
        url=url,
        fetched=fetched,
        title=title,
        record={written.get(key, key): plain(value) for key, value in record.items() if key not in taken},
        problems=problems if row and row.problems else problems + bounds(ref, len(kept), len(payload)),
        row=row,
        form="talk" if not is_markup and _is_talk(record, body_fields, body_names) else "page",
    )
    kind = binary_kind(kept[:HEAD_BYTES]) if isinstance(body, bytes) else ""
    return unshown(made, Reason(kind)) if kind else made


def _is_talk(record: Mapping[str, Any], body_fields: tuple[str, ...], body_names: tuple[str, ...]) -> bool:
    """Whether the text of a record is what several said in turns, or what was asked and answered."""
    if not body_fields:
        return False
    said = field(record, body_fields[-1])
    if isinstance(said, list):
        return any(isinstance(turn, Mapping) and (_speaker(turn) or not ROLES.isdisjoint(turn)) for turn in said)
    return body_names is BODY_FIELDS and body_fields[0] not in BODY_FIELDS


def _is_markup(payload: bytes, name: str) -> bool:
    """Whether a field of that name, and with those bytes, holds HTML."""
    start = payload[:HEAD_BYTES]
    return name.rpartition(".")[2] == "html" or (b"<" in start and is_html(Head("", start)))


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


_MOST_NAMES = 6


_Named = tuple[str | None, str | None]
"""What a field says, and the name of the field."""


class NamedFields:
    """As `RecordFields` says, each looked up when it is first asked for; `page` makes the same of a record."""

    __slots__ = (
        *("_around", "_body", "_body_fields", "_candidates", "_moment", "_names", "_record", "_title", "_url"),
        *("_written", "is_restored"),
    )

    def __init__(
        self,
        record: Mapping[str, Any],
        body: str,
        body_fields: tuple[str, ...],
        names: Mapping[str, str],
        written: Mapping[str, str],
        *,
        is_restored: bool,
    ) -> None:
        """`written`: as of `_respelled`."""
        self.is_restored, self._written = is_restored, written
        self._record, self._body, self._body_fields, self._names = record, body, body_fields, names
        self._around = _around(record, names["body"]) if "body" in names else record
        self._candidates = _shape(tuple(self._around)).candidates
        self._title: _Named | None = None
        self._url: _Named | None = None
        self._moment: _Named | None = None

    @classmethod
    def of(cls, record: Any, options: Options) -> "NamedFields | None":
        """Return the fields of a record that holds text as text; None: it has to be read to know them."""
        if not isinstance(record, dict) or bytes in map(type, record.values()):
            return None
        record, written = _respelled(record, options)
        of_batch = {} if options.fields else batch_rows.names(record)
        names = dict(options.fields) or of_batch
        body, body_fields = _body(record, (names["body"],) if "body" in names else BODY_FIELDS)
        if not body or not isinstance(body, str):
            return None
        return cls(record, body, body_fields, names, written, is_restored=bool(of_batch))

    @property
    def size(self) -> int:
        return len(self._body.encode("utf-8", "replace"))

    @property
    def text(self) -> str | None:
        name, start = next(iter(self._body_fields), ""), self._body[:HEAD_BYTES]
        may_be = "<" in start or name.endswith("html")
        return None if may_be and _is_markup(start.encode("utf-8", "replace"), name) else self._body

    @property
    def title(self) -> str | None:
        return self._titled()[0]

    @property
    def url(self) -> str | None:
        return self._addressed()[0]

    @property
    def fetched(self) -> str | None:
        return self._dated()[0]

    @property
    def dates(self) -> tuple[str, ...]:
        return _shape(tuple(self._record)).dates

    def other(self, key: str) -> Any:
        if key not in self._record or key in self._body_fields:
            return None
        if key == self._titled()[1] or key == self._addressed()[1] or key == self._dated()[1]:
            return None
        return plain(self._record[key])

    def others(self) -> dict[str, Any]:
        taken = {*self._body_fields, self._titled()[1], self._addressed()[1], self._dated()[1]}
        return {self._written.get(key, key): plain(value) for key, value in self._record.items() if key not in taken}

    def _titled(self) -> _Named:
        if self._title is None:
            names = (self._names["title"],) if "title" in self._names else self._candidates.titles
            self._title = _first(self._around, names)
        return self._title

    def _addressed(self) -> _Named:
        if self._url is None:
            names = (self._names["url"],) if "url" in self._names else self._candidates.urls
            self._url = _first(self._around, names)
        return self._url

    def _dated(self) -> _Named:
        if self._moment is None:
            self._moment = _fetched(self._around, self._names.get("fetched"), self._candidates.fetched)
        return self._moment


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


def _body(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | bytes | None, tuple[str, ...]]:
    """Return the first of the named fields that holds text, else the first with other bytes, or blank, and its names."""
    others: tuple[bytes | None, tuple[str, ...]] = (None, ())
    blank: tuple[str | None, tuple[str, ...]] = (None, ())
    for name in names:
        content = _content(field(record, name))
        if isinstance(content, str) and (not content or content.isspace()):
            blank = blank if blank[1] else (content, (name,))
            continue
        if isinstance(content, str):
            system = record.get("system") if isinstance(record.get(name), list) else None
            return (
                (f"system: {system}\n\n{content}", ("system", name)) if isinstance(system, str) else (content, (name,))
            )
        if content is not None and not binary_kind(content[:HEAD_BYTES]):
            return content, (name,)
        if others[0] is None:
            others = content, (name,)
    told = _told(record) if names is BODY_FIELDS and others[0] is None else None
    return told or (others if others[0] is not None else blank)


def _content(value: Any) -> str | bytes | None:
    """Text as it is; bytes as they are, or out of what `as_json` makes of them; None: it is neither."""
    if isinstance(value, str | bytes):
        return value
    if isinstance(value, Mapping) and value.get("$base64") is True and isinstance(value.get("encoded"), str):
        import base64

        try:
            return base64.b64decode(value["encoded"], validate=True)
        except ValueError:
            return None
    if isinstance(value, Mapping) and isinstance(value.get("rendered"), str):  # WordPress
        return str(value["rendered"])
    return _joined(value) if isinstance(value, list) else None


def _joined(items: list[Any]) -> str | None:
    """Lines of a text, or turns of a talk with a line between them; None: they are neither."""
    said = [each if isinstance(each, str) else _spoken(each) for each in items if each is not None]
    is_talk = any(isinstance(each, Mapping) and _speaker(each) for each in items)
    text = ("\n\n" if is_talk else "\n").join(filter(None, said)) if None not in said else ""
    return text or None


def _speaker(turn: Mapping[str, Any]) -> str:
    return next((turn[name] for name in SPEAKERS if isinstance(turn.get(name), str)), "")


def _spoken(turn: Any) -> str | None:
    """Who spoke, and what, of one turn of a talk; None: it is none."""
    if not isinstance(turn, Mapping):
        return None
    if not turn.keys().isdisjoint(ROLES) and all(isinstance(said, str) for said in turn.values()):
        return "\n\n".join(f"{who}: {said}" for who, said in turn.items() if who in ROLES)
    said = next((turn[name] for name in SPEECHES if turn.get(name) is not None), turn.get("tool_calls"))
    if isinstance(said, list):
        texts = [part.get("text") if isinstance(part, Mapping) else part for part in said]
        is_one_line = any(isinstance(part, str) for part in said)  # Telegram: what is bold in it is an object
        said = ("" if is_one_line else "\n").join(text for text in texts if isinstance(text, str)) or _line(said)
    who = _speaker(turn)
    if said is None or not (who or isinstance(said, str)):
        return None
    return f"{who}: {said}" if who else str(said)


def _line(value: Any) -> str:
    import json

    return json.dumps(plain(value), ensure_ascii=False)


def _told(record: Mapping[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    """What is asked and answered, and the names of that; None: there is no answer."""
    told: dict[str, str] = {}
    for name in (*ASKED, *ANSWERED):
        value = record.get(name)
        content = _content(value.get("text") if isinstance(value, Mapping) else value)
        if isinstance(content, str) and content.strip():
            told[name] = content
    is_pair = {"chosen", "rejected"} <= told.keys()  # hh-rlhf: what was asked stands in both
    if told.keys().isdisjoint(ANSWERED) or (told.keys().isdisjoint(ASKED) and not is_pair):
        return None
    return "\n\n".join(f"{name}: {words}" for name, words in told.items()), tuple(told)


def has_text(record: Mapping[str, Any]) -> bool:
    """Say whether a page can be made of a record without the user's word, be it wrapped in others or not."""
    record, _ = _respelled(record)
    return _body(record, BODY_FIELDS)[0] is not None or bool(_way_to_text(record))


class _Shape(NamedTuple):
    """What the names of a record's fields tell; those of a corpus have the same ones."""

    is_usual: bool
    """There are no capitals in them, and none that is known by another name."""
    candidates: Candidates
    dates: tuple[str, ...]
    """As `date_names`."""


@lru_cache(4)  # names may be as long as records
def _shape(names: tuple[str, ...]) -> _Shape:
    together = "".join(names)
    is_usual = together == together.lower() and MEANT.keys().isdisjoint(names)
    return _Shape(is_usual, candidates(names), date_names(names))


def _respelled(record: Mapping[str, Any], options: Options = _DEFAULT) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """A record with names that are known but for capitals or language as they are known (Title, titre), and how each of these is written.

    Those that the user has named stay as they are.
    """
    if _shape(tuple(record)).is_usual:
        return record, {}
    meant = {name.partition(".")[0] for _, name in options.fields}
    written: dict[str, str] = {}
    present = {name.lower() for name in record}
    for name in record:
        known = MEANT.get(name.lower(), name.lower())
        if known != name.lower() and not present.isdisjoint(RIVALS.get(known, ())):
            continue
        if known in KNOWN and name not in KNOWN and known not in record and name not in meant:
            written.setdefault(known, name)
    known_as = {name: known for known, name in written.items()}
    return {known_as.get(name, name): value for name, value in record.items()}, written


def _way_to_text(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that lead to an object within a record that has text, the nearest; empty: there is none."""
    level: list[tuple[tuple[str, ...], Any]] = [((), record)]
    for _ in range(DEEPEST_RECORD):
        inner = (((*path, key), value) for path, each in level for key, value in each.items())
        level = [*islice(((path, value) for path, value in inner if isinstance(value, Mapping)), MOST_WRAPPERS)]
        for path, value in level:
            if _body(value, BODY_FIELDS)[0] is not None:
                return path
    return ()


def _opened(record: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    """A record and what it is wrapped in as one; of names that both have, those outside stand in brackets."""
    for key in path:
        inner = record[key]
        outer = ((name, value) for name, value in record.items() if name != key)
        record = {**{f"({name})" if name in inner else name: value for name, value in outer}, **inner}
    return record


def _around(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A record along with what stands beside the field that the user has named as its text."""
    while name := name.rpartition(".")[0]:
        beside = field(record, name)
        if isinstance(beside, Mapping):
            return {**beside, **record}
    return record


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the first of the named fields that holds words, and its name; names may be dotted."""
    for name in names:
        words = field(record, name)
        if isinstance(words, str) and (words := words.strip()) and (name not in LOOSE_URL_FIELDS or "://" in words):
            return unescape(words) if name.endswith(_RENDERED) else words, name
    return None, None


def _bytes_lost(ref: Ref, place: Callable[[], Reason], lost: int, charset: str) -> tuple[Problem, ...]:
    reason = Reason("bytes_of_record", {"place": place(), "count": lost, "charset": charset})
    return (replace(problem_in(ref, "bytes_lost", lost, reason=reason), at_stage="read"),)


def _payload(body: str | bytes, of: Wording) -> tuple[bytes, Charset | None]:
    """The bytes of a body as they stand in its record, and the charset that is settled by that; of what can't stand there, ours.

    So is that of a few NULs in UTF-8: a short text with one looks like UTF-16. Where they are half of it, it was that.
    """
    if isinstance(body, bytes):
        return body, None
    payload = of.bytes_of(body)
    if payload is None or (of.charset is None and 0 < _NULS_PER_TEXT * body.count("\0") < len(body)):
        return body.encode("utf-8", "replace"), Charset("utf-8", "json")
    return payload, of.charset


def _worded(record: Mapping[str, Any], body_field: str | None, body: bytes, charset: str | None) -> Mapping[str, Any]:
    """A record with those of its bytes as text that are words beside a body, as many writers of Parquet leave all of them."""
    names = [name for name, value in record.items() if isinstance(value, bytes) and name != body_field]
    named = [name for name in names if record[name] and not binary_kind(record[name][:HEAD_BYTES])]
    texts = words([record[name] for name in named], body, charset)
    return {**record, **{name: text for name, text in zip(named, texts, strict=True) if text is not None}}


def without_strays(value: Any) -> tuple[Any, int]:
    """Return what JSON has said with U+FFFD for lone surrogates, and how many they are."""
    import json

    text, count = _SURROGATE.subn("\ufffd", json.dumps(value, ensure_ascii=False))
    return (json.loads(text), count) if count else (value, 0)


def _fetched(record: Mapping[str, Any], name: str | None, known: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return when the page was fetched, ISO 8601, and the field that says so: that of the name, or the first of those known."""
    if name is not None:
        return moment(field(record, name)), name
    # FineWeb's date is the crawl's, as the name of the crawl beside it tells.
    names = ("date", *known) if "dump" in record and str(record["dump"]).startswith("CC-MAIN") else known
    for each in names:
        if (value := field(record, each)) is not None and (when := moment(value)):
            return when, each
    return None, None


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
    if value is None or type(value) in _PLAIN:
        return value
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
