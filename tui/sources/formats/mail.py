"""Mail: a message a page, of mailboxes (mbox, MMDF, Babyl) and of files that are one (.eml, Maildir, articles of news groups)."""

import re
from collections.abc import Callable, Iterator
from email.errors import CloseBoundaryNotFoundDefect
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tui.core.model import Charset, Item, Limits, Options, Problem, Ref
from tui.core.page import RawPage
from tui.core.problems import Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing.lines import chunks, in_columns, runs
from tui.sources.parsing.mime import header_date, header_text
from tui.sources.parsing.pages import bounds, damaged_content, problem_in
from tui.sources.streams.opening import damaged_rows, kept_content, lost, open_content, read_span
from tui.sources.streams.route import read_fully

if TYPE_CHECKING:
    from email.message import Message

_MBOX, _MMDF, _BABYL = b"From ", b"\x01" * 4, b"\x1f\x0c"
_ENVELOPES = {
    _MBOX: re.compile(rb"From [^\n]{1,200}\n(?=[!-9;-~]{1,76}:|>From )"),
    _MMDF: re.compile(rb"(?:\x01{4}\r?\n){1,2}(?:From [^\n]{1,200}\n)?(?=[!-9;-~]{1,76}:|\Z)"),
    _BABYL: re.compile(rb"\x1f\x0c\r?\n[01],[^\n]{0,200}\n"),
}
"""What stands before a message of a mailbox, by what begins it; the first of MMDF also ends the message before."""
_BABYL_START, _BABYL_END, _SHOWN_HEADERS = b"BABYL OPTIONS:", b"\n\x1f", b"*** EOOH ***\n"
_DATED = re.compile(rb"\d\d?:\d\d[^\n]{0,40}\d{4}|\d{4}[^\n]{0,40}\d\d?:\d\d|\AFrom -?\d{7,20}\r?\n")
"""Envelopes have a date; those of Google's archives of news groups a number."""
_LOOKED_AT = 300
"""Bytes behind a line end that tell whether an envelope stands there."""
_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_QUOTED = re.compile(rb"^>(>*+From )", re.MULTILINE)
_KNOWN = frozenset({
    b"from", b"to", b"cc", b"bcc", b"subject", b"date", b"message-id", b"received", b"return-path", b"delivered-to", b"reply-to",
    b"sender", b"mime-version", b"in-reply-to", b"references", b"newsgroups", b"path", b"organization", b"lines", b"list-id",
    b"content-type", b"content-transfer-encoding", b"x-mailer", b"user-agent",
})  # fmt: skip
_SENT = frozenset({b"to", b"message-id", b"received", b"return-path", b"delivered-to", b"newsgroups"})
"""What a message has that was sent, and a page that was saved as one has not."""
FEWEST_FIELDS = 3
_ADDRESSES = ("archived-at", "url", "x-url", "content-location", "content-base")
_TOLD = frozenset({"from", "subject", "date", "content-type", "content-transfer-encoding", "mime-version"})
_NO_WORDS = frozenset(
    {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rtf", "text/css", "text/x-amp-html"}
)
"""Kinds of text that are meant for programs."""
_DEFAULT = Options()


def claims(head: Head) -> bool:
    """Say whether the file starts with the envelope of a mailbox, or as a message that was sent."""
    start = head.start.lstrip(b"\r\n")
    return bool(_sign(start)) or _is_message(head.name.lower(), start)


def _sign(start: bytes) -> bytes:
    """What begins the envelopes of the mailbox that starts so; empty: it is none."""
    if start.startswith(_BABYL_START):
        return _BABYL
    return next((sign for sign in (_MBOX, _MMDF) if _envelope(start, 0, sign)), b"")


def _envelope(content: bytes, at: int, sign: bytes) -> int:
    """The byte behind the lines with which a mailbox puts a message apart; 0: there are none."""
    match = _ENVELOPES[sign].match(content, at)
    return match.end() if match and (sign != _MBOX or _DATED.search(match[0])) else 0


def _is_message(name: str, start: bytes) -> bool:
    lines = start.replace(b"\r\n", b"\n").partition(b"\n\n")[0].rstrip(b"\n").split(b"\n")
    if len(start) >= HEAD_BYTES - len(b"\r\n") and len(lines) > 1:
        lines.pop()  # it may be cut
    fields = [_FIELD.match(line) for line in lines if not line.startswith((b" ", b"\t"))]
    names = {field[1].lower() for field in fields if field}
    if None in fields:
        return False
    is_saved = name.endswith((".mht", ".mhtml")) or b"snapshot-content-location" in names
    is_related = b"multipart/related" in start.lower() and _SENT.isdisjoint(names)
    fewest = 1 if name.endswith(".eml") else FEWEST_FIELDS
    is_from = not {b"from", b"received", b"return-path"}.isdisjoint(names)
    return is_from and len(_KNOWN & names) >= fewest and not is_saved and not is_related


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield a reference to each message, without the envelopes of mailboxes. Raises SourceError."""
    with open_content(file, below) as stream:
        sign = _sign(read_fully(stream, HEAD_BYTES).lstrip(b"\r\n"))
        stream.seek(0)
        if not sign:
            yield replace(file, format=FORMAT.name)
            return
        ordinal = yield from runs(file, FORMAT.name, in_columns(_messages(stream, sign)))
        yield from damaged_rows(stream, file, ordinal)


def _messages(stream: BinaryIO, sign: bytes = _MBOX) -> Iterator[tuple[int, int]]:
    """(offset, length) of each message of a mailbox; the blank line before the next one is none of it."""
    mark = b"\n" + sign
    buffer, base, begun = b"\n", -1, -1
    for chunk in chain(chunks(stream), (b"",)):
        buffer += chunk
        at = 0
        while (at := buffer.find(mark, at)) >= 0 and (not chunk or len(buffer) - at > _LOOKED_AT):
            behind = _envelope(buffer, at + 1, sign)
            if behind:
                if begun >= 0:
                    yield begun, base + _text_end(buffer, at + 1) - begun
                begun = base + behind
            at = max(at + 1, behind - 1)
        kept = max(0, (at if at >= 0 else len(buffer) - len(mark)) - len(b"\r\n\r\n"))
        if chunk:
            buffer, base = buffer[kept:], base + kept
    end = base + _text_end(buffer, len(buffer) - (sign == _BABYL and buffer.endswith(_BABYL_END)))
    if 0 <= begun < end:
        yield begun, end - begun


def _text_end(content: bytes, at: int) -> int:
    """Where a message ends that another one follows at a byte, or nothing."""
    for blank in (b"\n\r\n", b"\n\n"):
        if content.endswith(blank, 0, at):
            return at - len(blank) + 1
    return at


class _Shown(NamedTuple):
    """A part that is text of the message."""

    stored: bytes
    """Freed of its transfer encoding."""
    media: str
    content_type: str


class _Parts:
    """What a message is made of."""

    def __init__(self, message: "Message[str, str]", name: Callable[[str], str]) -> None:
        self._name = name
        self.others: list[dict[str, Any]] = []
        """Of what is no text: name, media, size."""
        self.alternatives: list[dict[str, Any]] = []
        """Of what says the same as what is shown."""
        self.is_cut = False
        self._enclosed: list[Message[str, str]] = []
        self.shown = self._of(message)
        if not self.shown:  # all it says is what another one said
            self.shown = [each for inner in [*self._enclosed] for each in self._of(inner)]

    def _of(self, part: "Message[str, str]") -> list[_Shown]:
        kind = part.get_content_type()
        self.is_cut = self.is_cut or any(isinstance(each, CloseBoundaryNotFoundDefect) for each in part.defects)
        held = part.get_payload()
        if kind.startswith("multipart/") and isinstance(held, list):
            each_part = [each for each in held if not isinstance(each, str)]
            if kind == "multipart/digest":  # the messages in it are its text
                each_part = [inner for each in each_part for inner in (_enclosed(each) or [each])]
            inner = list(map(self._of, each_part))
            return self._best(inner) if kind == "multipart/alternative" else [each for some in inner for each in some]
        content = part.get_payload(decode=True)
        stored = content if isinstance(content, bytes) else b""
        # Parts that nothing parts, as their boundary isn't told, are shown as they stand there.
        is_text = (
            (kind.startswith("text/") and kind not in _NO_WORDS) or kind == "text" or kind.startswith("multipart/")
        )
        media = ("text/html" if kind == "text/html" else "text/plain") if is_text else ""
        if media and part.get_content_disposition() != "attachment":
            if kind == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
                stored = _joined(stored, is_space_dropped=str(part.get_param("delsp", "")).lower() == "yes")
            return [_Shown(stored, media, str(part.get("Content-Type", "")))]
        enclosed = _enclosed(part)
        self._enclosed += enclosed
        size = {} if isinstance(held, list) else {"size": len(stored)}
        name = self._name(str(part.get_filename() or (enclosed and _subject(enclosed[0])) or ""))
        self.others.append(({"name": name} if name else {}) | {"media": kind} | size)
        return []

    def _best(self, inner: list[list[_Shown]]) -> list[_Shown]:
        """Of parts that say the same the last with HTML, else the last with text; the others are named."""
        best = max(inner, key=lambda some: (any(each.media == "text/html" for each in some), bool(some)), default=[])
        rest = [each for some in inner if some is not best for each in some]
        self.alternatives += [{"media": each.media, "size": len(each.stored)} for each in rest]
        return best


def _joined(stored: bytes, *, is_space_dropped: bool) -> bytes:
    """Text of `format=flowed` with its paragraphs on a line each (RFC 3676).

    A line that ends in a space goes on in the next one as deep in quotes; that space is part of the text unless
    `is_space_dropped`, one at the start of a line is not, and `-- ` stands above a signature.

    >>> _joined(b"It rained \\nall day.\\n> It \\n> blew \\n-- \\nAnn", is_space_dropped=False)
    b'It rained all day.\\n> It blew \\n-- \\nAnn'
    """
    parts: list[bytes] = []
    open_depth = -1
    for line in stored.splitlines(keepends=True):
        text = line.rstrip(b"\r\n")
        end = line[len(text) :]
        content = text.lstrip(b">")
        depth = len(text) - len(content)
        content = content.removeprefix(b" ")
        is_signature = content == b"-- "
        if depth == open_depth and not is_signature:
            parts.pop()  # the line end between them
        else:
            parts.append(b">" * depth + b" " * (depth > 0))
        is_open = content.endswith(b" ") and not is_signature
        parts += [content[:-1] if is_open and is_space_dropped else content, end]
        open_depth = depth if is_open else -1
    return b"".join(parts)


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one message: its text, HTML before bare text; all else is told. Raises SourceError if the file can't be read."""
    from email import message_from_bytes

    stored, size = read_span(ref, limits.page_bytes)
    damage = lost(kept_content(ref), ref) if ref.length < 0 else []
    plain = RawPage(
        ref,
        stored,
        "text/plain",
        size,
        size - len(stored),
        problems=(*damage, *bounds(ref, len(stored), size)),
        form="message",
    )
    content = _unfolded(_QUOTED.sub(rb"\1", stored)) if ref.length >= 0 else stored
    try:
        message = message_from_bytes(content)
        parts = _Parts(message, lambda text: header_text(text, options.charset))
    except RecursionError:
        place = Reason("record_at", {"byte": ref.offset})
        deep = problem_in(ref, "broken_record", place=place, reason=Reason("record_too_deep"))
        return replace(plain, problems=(deep, *plain.problems))
    beside = parts.shown[0].stored if parts.shown else b""
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():  # `message.get` replaces bytes beyond ASCII
        headers.setdefault(name.lower(), []).append(" ".join(header_text(str(value), options.charset, beside).split()))
    title = headers.get("subject", [""])[0]
    page = _shown(plain, parts.shown, title, options.charset)
    if parts.is_cut and size == len(stored):
        page = replace(page, problems=(*page.problems, damaged_content(ref, Reason("message_cut"))))
    return replace(page, title=title or None, url=_address(headers), record=_record(headers, parts))


def _unfolded(stored: bytes) -> bytes:
    """A message without what Babyl put between its own headers and its text: those that it shows of them."""
    own, mark, rest = stored.partition(_SHOWN_HEADERS)
    if not mark or b"\n\n" in own.rstrip():
        return stored
    return own.rstrip() + b"\n\n" + rest.partition(b"\n\n")[2] if own.strip() else rest


def _shown(page: RawPage, shown: list[_Shown], title: str, charset: str | None) -> RawPage:
    """A page of the parts that are its text; of several the first says what charset it is in. HTML gets the message's title."""
    from html import escape

    from tui.sources.parsing.http_message import charset_claims
    from tui.text.charset.decode import decode  # here, because scanning needs none of it

    first = shown[0] if shown else _Shown(b"", "text/plain", "")
    is_html = any(part.media == "text/html" for part in shown)
    page = replace(page, media=first.media, words=first.stored, claims=charset_claims(first.content_type))
    if len(shown) < 2 and not is_html:
        return page
    texts = [f"<title>{escape(title)}</title>"] if is_html and title else []
    settled: Charset | None = None
    problems: tuple[Problem, ...] = ()
    for part in shown:
        decoded = decode(part.stored, charset_claims(part.content_type), charset, part.media == "text/html")
        settled = settled or decoded.charset
        problems += decoded.problems if part is not first else ()
        bare = escape(decoded.text, quote=False).replace("\n", "<br>")
        texts.append(f"<p>{bare}</p>" if is_html and part.media != "text/html" else decoded.text)
    media = "text/html" if is_html else "text/plain"
    return replace(page, media=media, charset=settled, markup="\n".join(texts), problems=(*page.problems, *problems))


def _enclosed(part: "Message[str, str]") -> "list[Message[str, str]]":
    """The message that a part is; empty: it is none."""
    held = part.get_payload() if part.get_content_type() == "message/rfc822" else None
    return [each for each in held if not isinstance(each, str)] if isinstance(held, list) else []


def _subject(message: "Message[str, str]") -> str:
    return next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")


def _address(headers: dict[str, list[str]]) -> str | None:
    stated = (value.strip("<>") for name in _ADDRESSES for value in headers.get(name, []))
    return next((each for each in stated if each.lower().startswith(("http://", "https://"))), None)


def _record(headers: dict[str, list[str]], parts: _Parts) -> dict[str, Any]:
    """What the headers state, under the names that most records use where there are such, and what isn't shown."""
    from email.utils import getaddresses

    sender, date = (headers.get(name, [""])[0] for name in ("from", "date"))
    record: dict[str, Any] = {
        "date": header_date(date) or date,
        "author": [name or address for name, address in getaddresses([sender]) if name or address],
        "from": sender,
    }
    record |= {name: values[0] if len(values) == 1 else values for name, values in headers.items() if name not in _TOLD}
    record |= {"attachments": parts.others, "alternatives": parts.alternatives}
    return {key: value for key, value in record.items() if value}


FORMAT = Format("mail", 8, claims, scan, read, read_as=read)
