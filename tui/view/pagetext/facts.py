"""A document's metadata as entries to be read: every fact with where it came from and how sure it is."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from tui.core.i18n import tr, tr_claim, tr_name, tr_problem
from tui.core.model import Document, Field, Ref
from tui.view.pagetext.text import Writings, list_name

FIELD_ORDER = ("date", "date_modified", "author", "editor", "source", "original_title", "place", "section", "site")
MAX_VALUE_CHARS = 2000
"""Code points of one value that are shown; how many were left out is said."""
MAX_HEADERS = 100
"""Header lines that are shown; the rest are counted."""
FRESH_S = 5.0
"""Seconds up to which an answer has just come."""
MAX_PROBLEMS = 100
"""Problems that are shown one by one; the rest are counted."""

Mood = Literal["plain", "probable", "trouble", "heading"]


class Entry(NamedTuple):
    """One fact: what it is called, what it is, and what is to be said about it."""

    label: str
    value: str
    note: str = ""
    mood: Mood = "plain"


def describe(document: Document) -> tuple[list[Entry], list[Entry]]:
    """Return what the page says, problems first, and what is known about its bytes.

    Side by side they make two columns; one after the other, one.
    """
    stated = [*_problems(document), *_fields(document)]
    parts = (_charset, _repairs, _http, _warc, _file, _signals, _record)
    return stated, [entry for part in parts for entry in part(document)]


def shown(value: Any) -> str:
    """Return a value of a field or record as one line of text, cut if it is very long.

    >>> shown(["A", "B"]), shown({"k": 1}), shown(None)
    ('A, B', '{"k": 1}', 'null')
    """
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        text = ", ".join(value)
    elif isinstance(value, str):
        text = value
    else:
        import json  # only for records with nested values

        text = json.dumps(value, ensure_ascii=False, default=str)
    text = text.strip()
    if len(text) > MAX_VALUE_CHARS:
        return f"{text[:MAX_VALUE_CHARS]}… {tr('({count:,} characters more)', count=len(text) - MAX_VALUE_CHARS)}"
    return text


def _problems(document: Document) -> Iterator[Entry]:
    if document.problems:
        yield Entry(tr("Problems"), str(len(document.problems)), mood="heading")
    for problem in document.problems[:MAX_PROBLEMS]:
        place = "" if problem.byte is None else tr("byte {place:,}", place=problem.byte)
        lost = "" if problem.lost is None else tr("{count:,} bytes lost", count=problem.lost)
        yield Entry(tr_name(problem.stage), tr_problem(problem), _joined(problem.code, place, lost), "trouble")
    if len(document.problems) > MAX_PROBLEMS:
        yield Entry("", tr("and {count:,} more", count=len(document.problems) - MAX_PROBLEMS), mood="trouble")


def _fields(document: Document) -> Iterator[Entry]:
    yield Entry(
        tr("Page"), _joined(tr_name(document.type), document.language or tr("language unknown")), mood="heading"
    )
    if scripts := Writings(document.scripts).summary():
        yield Entry(tr("scripts"), scripts)
    order = [key for key in FIELD_ORDER if key in document.metadata]
    order += [key for key in document.metadata if key not in FIELD_ORDER]
    for key in order:
        yield _field(key, document.metadata[key])
    yield Entry(tr("title"), document.title or tr("none"), _was(document.title_before))
    if document.headlines:
        lists = ", ".join(map(list_name, dict.fromkeys(document.headlines.column("list"))))
        yield Entry(tr("headlines"), tr("{count} in {lists}", count=len(document.headlines), lists=lists))
    if document.url:
        yield Entry("URL", document.url)
    if document.fetched:
        yield Entry(tr("fetched"), document.fetched)


def _field(key: str, field: Field) -> Entry:
    rivals = "; ".join(
        tr("or {value} ({origin})", value=value, origin=_origin(origin)) for value, origin in field.rivals
    )
    sure = tr("probable") if field.certainty == "probable" else ""
    note = _joined(_origin(field.origin), sure, rivals, _was(field.before))
    return Entry(tr_name(key.replace("_", " ")), shown(field.value), note, "probable" if sure else "plain")


def _origin(origin: str) -> str:
    """Who states something: our names are translated, `meta og:title` is as the page has it."""
    by, space, name = origin.partition(" ")
    return tr_name(origin) if by != "record" or not space else tr("record {name}", name=name)


def _charset(document: Document) -> Iterator[Entry]:
    charset = document.charset
    yield Entry(tr("Charset"), charset.name, tr("by {claim}", claim=tr_claim(charset.by)), "heading")
    for claim in charset.claims:
        score = "" if claim.score is None else f"{claim.score:.2f}"
        yield Entry(tr("says {claim}", claim=tr_claim(claim.by)), claim.charset, score)


def _repairs(document: Document) -> Iterator[Entry]:
    total = sum(repair.count for repair in document.repairs)
    yield Entry(tr("Repairs"), f"{total:,}" if total else tr("none needed"), mood="heading")
    for repair in document.repairs:
        mood: Mood = "probable" if repair.certainty == "probable" else "plain"
        sure = _sure(repair.probable, repair.count)
        yield Entry(
            repair.name, f"{repair.count:,}", _joined(sure, tr_problem(repair.note) if repair.note else ""), mood
        )


def _sure(probable: int, count: int) -> str:
    if not probable:
        return tr("all certain")
    return tr("all probable") if probable >= count else tr("{count:,} probable", count=probable)


def _http(document: Document) -> Iterator[Entry]:
    http = document.http
    if http is None:
        return
    yield Entry("HTTP", f"{http.status} {http.reason}".strip(), http.version, "heading")
    for status, url in http.redirects:
        yield Entry(tr("redirect"), url, str(status))
    if http.age_s is not None and http.age_s >= FRESH_S:
        yield Entry(tr("age"), duration(http.age_s), tr("R asks the server"))
    if http.address:
        yield Entry(tr("address"), http.address)
    if http.wire_bytes >= 0:
        came = tr("{count:,} bytes", count=http.wire_bytes)
        yield Entry(tr("came"), came, tr("{count:,} unpacked", count=http.decoded_bytes))
    if http.timing_s:
        yield Entry(tr("seconds"), ", ".join(f"{tr_name(what)} {seconds:.3f}" for what, seconds in http.timing_s))
    if http.tls:
        yield Entry(
            "TLS",
            dict(http.tls).get("version", ""),
            _joined(*(f"{tr_name(name)} {value}" for name, value in http.tls[1:])),
        )
    for name, value in http.headers[:MAX_HEADERS]:
        yield Entry(name.lower(), shown(value))
    if len(http.headers) > MAX_HEADERS:
        yield Entry("", tr("and {count:,} more headers", count=len(http.headers) - MAX_HEADERS))


def duration(seconds: float) -> str:
    """A length of time in its largest unit.

    >>> duration(59), duration(7300), duration(200_000)
    ('59 s', '2 h', '2 d')
    """
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _warc(document: Document) -> Iterator[Entry]:
    if document.warc:
        yield Entry("WARC", tr("{count} headers", count=len(document.warc)), mood="heading")
    for name, value in document.warc:
        yield Entry(name.removeprefix("WARC-"), shown(value))


def _file(document: Document) -> Iterator[Entry]:
    ref = document.ref
    yield Entry(tr("File"), ref.source, tr("page {ordinal}", ordinal=ref.ordinal), "heading")
    if ref.member:
        yield Entry(tr("member"), ref.member)
    yield Entry(tr("kind"), document.media or tr("unknown"), ref.format if isinstance(ref, Ref) else "")
    clipped = tr("{count:,} bytes more were not read", count=document.clipped) if document.clipped else ""
    yield Entry(tr("bytes"), f"{document.size:,}", clipped, "trouble" if clipped else "plain")
    if ref.offset or ref.length >= 0:
        length = tr("{count:,} bytes", count=ref.length) if ref.length >= 0 else ""
        yield Entry(tr("offset"), f"{ref.offset:,}", length)
    yield Entry("sha256", document.sha256)


def _signals(document: Document) -> Iterator[Entry]:
    if document.signals:
        yield Entry(tr("Signals"), "", mood="heading")
    for name, figure in document.signals.items():
        yield Entry(tr_name(name.removesuffix("_ratio").replace("_", " ")), f"{figure:.3g}")


def _record(document: Document) -> Iterator[Entry]:
    if document.record:
        yield Entry(tr("Record"), tr("{count} more fields", count=len(document.record)), mood="heading")
    for key, value in document.record.items():
        yield Entry(str(key), shown(value))


def _was(before: str | None) -> str:
    return "" if before is None else tr("before repair: {text}", text=before)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
