"""HAR files, what a browser recorded of its traffic: each answer with text in it is a page."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from tui.core.model import Http, Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Values
from tui.core.records import field, moment
from tui.core.values import replace
from tui.sources.base import Aside, Format, Head, Record
from tui.sources.parsing.json_spans import entries
from tui.sources.parsing.pages import as_facts, bounds, damaged_content, plain
from tui.sources.streams.files import printable
from tui.sources.streams.opening import damaged_rows, open_seekable, read_span
from tui.sources.streams.route import Window, read_fully

_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{')
_MIME = re.compile(
    rb'"mimeType"\s*:\s*"\s*(?:text/(?:html|plain|xml)|application/(?:[\w.-]+\+)?(?:xml|json)|text/[\w.-]*\+xml)'
)
_TOP_BYTES = 1024 * 1024
"""Bytes of an entry in which its parts are looked for, to tell whether it is a page."""


def claims(head: Head) -> bool:
    """Say whether the file is JSON that starts as HAR does."""
    return bool(_START.match(head.start))


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Record]:
    """Yield each entry of the log; those without text as `Aside`. Raises SourceError."""
    ordinal = file.ordinal
    with open_seekable(file, below) as again:
        stream = cast(BinaryIO, Window(again, 0, again.seek(0, 2), is_shared=True))
        for offset, length in entries(stream):
            again.seek(offset)
            top = read_fully(again, min(length, _TOP_BYTES))
            if b'"request"' not in top:
                continue  # a page of the browser's: a name for several entries
            ref = replace(file, ordinal=ordinal, format=FORMAT.name, offset=file.offset + offset, length=length)
            answer = top.find(b'"response"')
            is_page = answer >= 0 and bool(_MIME.search(top, answer))
            yield ref if is_page else Aside(ref)
            ordinal += is_page
        yield from damaged_rows(again, file, ordinal)
    if ordinal == file.ordinal:
        yield replace(file, format="plain")


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read one answer; an entry that is broken is shown as it is. Raises SourceError."""
    import json

    from tui.sources.parsing.http_message import charset_claims, media_of

    stored, size = read_span(ref, 4 * limits.page_bytes)
    try:
        entry = json.loads(stored)
    except (ValueError, RecursionError) as error:
        place = Reason("at_entry", {"byte": ref.offset})
        values: Values = {"place": place, "reason": Reason("entry_no_json", {"error": str(error)})}
        problem = Problem("broken_record", printable(ref.source), values)
        kept = stored[: limits.page_bytes]
        return RawPage(ref, kept, "text/plain", size, size - len(kept), problems=(problem,))
    content, reason = _content(field(entry, "response.content"))
    problems = (damaged_content(ref, reason),) if reason else ()
    media = str(field(entry, "response.content.mimeType") or "")
    payload = content[: limits.page_bytes]
    url = field(entry, "request.url")
    page = RawPage(
        ref,
        payload,
        media_of(media, payload),
        size=len(content),
        clipped=len(content) - len(payload),
        # HAR holds text as JSON does: whatever the server said, here it is UTF-8.
        claims=charset_claims("charset=utf-8" if field(entry, "response.content.encoding") != "base64" else media),
        url=url if isinstance(url, str) else None,
        fetched=moment(entry.get("startedDateTime")),
        record={key: plain(item) for key, item in entry.items() if key not in {"response", "startedDateTime"}},
        http=_http(entry.get("response")),
        problems=(*problems, *bounds(ref, len(payload), len(content))),
    )
    return as_facts(page, media)


def _content(content: Any) -> tuple[bytes, Reason | None]:
    import base64

    text = content.get("text") if isinstance(content, dict) else None
    if not isinstance(text, str):
        return b"", Reason("no_body_kept")
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "replace"), None
    try:
        return base64.b64decode(text), None
    except ValueError as error:
        return text.encode("utf-8", "replace"), Reason("no_base64", {"error": str(error)})


def _http(answer: Any) -> Http | None:
    if not isinstance(answer, dict) or not isinstance(answer.get("status"), int):
        return None
    headers = answer.get("headers")
    pairs = [item for item in headers if isinstance(item, dict)] if isinstance(headers, list) else []
    return Http(
        answer["status"],
        tuple((str(item.get("name", "")), str(item.get("value", ""))) for item in pairs),
        str(answer.get("statusText") or ""),
        str(answer.get("httpVersion") or ""),
    )


FORMAT = Format("har", 9, claims, scan, read)
