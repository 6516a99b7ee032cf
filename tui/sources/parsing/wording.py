"""Text that a container holds as bytes, read as a page is: what it says of its charset counts, and the bytes decide.

It is needed as text before it can be parted, and its parts as the bytes that they were: those go on as pages.
"""

import re
from collections.abc import Sequence
from functools import partial, reduce
from operator import or_
from typing import BinaryIO, cast

from tui.core.model import Charset, Claim, Ref
from tui.core.problems import Problem
from tui.core.values import dataclass
from tui.sources.base import HEAD_BYTES
from tui.sources.parsing.magic import is_utf16
from tui.sources.streams.opening import kept_content, once_a_stream
from tui.sources.streams.route import read_fully

SAMPLE_BYTES = 64 * 1024
"""Bytes at the start of a file by which its records are judged, each of them along with its own."""
_UTF_8 = "utf-8"
_SEVEN_BITS = ("iso-2022", "csiso2022", "hz", "utf-7", "unicode-1-1-utf-7")
"""Start of the names of charsets in which bytes of ASCII, which are UTF-8 as well, are other characters."""
_WIDE = ("utf-16", "utf-32")
_SHIFT, _HZ = b"\x1b$", b"~{"
"""What ISO-2022 and HZ begin such bytes with."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The text of some bytes, and their charset."""

    text: str
    """A byte that the charset doesn't know is a lone surrogate (U+DC80 to U+DCFF), so that it can be written as it was."""
    charset: Charset | None = None
    """None: UTF-8, without a byte that is not."""
    problems: tuple[Problem, ...] = ()
    """What was lost already."""

    def bytes_of(self, part: str) -> bytes | None:
        """Return the bytes of a part of the text; None: they can't be told, as it holds what the charset doesn't have."""
        try:
            return part.encode(_codec(self.charset), "surrogateescape")
        except UnicodeError:
            return None


def wording(stored: bytes, charset: str | None = None, claims: Sequence[Claim] = ()) -> Wording:
    """Return bytes as text. `charset` is the user's word, `claims` what the container says, strongest first. Never fails."""
    wide = next(
        (Charset(claim.charset, claim.by, (claim,)) for claim in claims if claim.charset.startswith(_WIDE)), None
    )
    is_shifted = (
        _SHIFT in stored or _HZ in stored or any(claim.charset.lower().startswith(_SEVEN_BITS) for claim in claims)
    )
    if charset is None and wide is None and not is_shifted and (text := _text(stored, _UTF_8)) is not None:
        return Wording(text)
    from tui.text.charset.decode import decode, mark  # here, because records in UTF-8 need none of it

    decoded = decode(stored, claims, charset, settled=None if charset else wide)
    name, length = mark(stored)
    kept = stored[length:] if name == decoded.charset.name else stored
    try:
        return Wording(kept.decode(_codec(decoded.charset), "surrogateescape"), decoded.charset)
    except UnicodeError:  # half a pair of UTF-16
        return Wording(decoded.text, decoded.charset, decoded.problems)


def record_wording(ref: Ref, stored: bytes, charset: str | None) -> Wording:
    """Return a record as text; the file that it stands in says of its charset what it can. Raises SourceError."""
    text = plain_text(stored, charset)
    return wording(stored, charset, _sampled(kept_content(ref))) if text is None else Wording(text)


def plain_text(stored: bytes, charset: str | None) -> str | None:
    """Return a record in UTF-8 as text; None if it is none, or the user has named a `charset`."""
    # A byte is looked for ten times as fast as two are.
    is_shifted = (b"\x1b" in stored and _SHIFT in stored) or (b"~" in stored and _HZ in stored)
    is_plain = charset is None and b"\0" not in stored and not is_shifted
    return _text(stored, _UTF_8) if is_plain else None


def in_pairs(stream: BinaryIO) -> bool:
    """Say whether a file is in a charset in which a backslash may be the second byte of a character."""
    is_so = any(claim.charset in _BACKSLASHED for claim in _sampled(stream))
    stream.seek(0)
    return is_so


_BACKSLASHED = ("gb18030", "big5", "shift_jis", "johab")


@once_a_stream
def _sampled(stream: BinaryIO) -> tuple[Claim, ...]:
    """What the start of a file says of the charset of its records: nothing of UTF-8."""
    if order := byte_order(stream):
        return (Claim("file", order),)
    sample = read_fully(stream, SAMPLE_BYTES)
    whole = sample if len(sample) < SAMPLE_BYTES else sample.rpartition(b"\n")[0] or sample
    charset = wording(whole).charset
    return () if charset is None else (Claim("file", charset.name),)


def words(values: Sequence[bytes], page: bytes, charset: str | None = None) -> list[str | None]:
    """Return bytes that stand beside a page as text; None for those that are no words.

    What isn't UTF-8 is in the charset of the page, or in the user's: a few bytes alone say nothing.
    """
    texts = [_text(value, _UTF_8) if charset is None else None for value in values]
    if None not in texts or (charset is None and not page):
        return texts
    from tui.text.charset.decode import declared  # as above

    codec = _codec(wording(page[:SAMPLE_BYTES], charset, declared(page, is_html=True)).charset)
    return [_text(value, codec) if text is None else text for text, value in zip(texts, values, strict=True)]


def _text(value: bytes, name: str) -> str | None:
    try:
        text = value.decode(name).removeprefix("\ufeff")
    except UnicodeError:
        return None
    return text if name == _UTF_8 or text.isprintable() else None


def _codec(charset: Charset | None) -> str:
    if charset is None:
        return _UTF_8
    from tui.text.charset.names import codec  # as above

    return codec(charset.name)


def characters(stream: BinaryIO, order: str) -> tuple[BinaryIO, int]:
    """Return a stream with one byte for each character of ASCII, and how many bytes of the given one that is: 2 in UTF-16.

    `order` is what `coding` or `byte_order` says.

    >>> import io
    >>> characters(io.BytesIO("{上\\n".encode("utf-16-le")), "utf-16le")[0].read(3)
    b'{\\xff\\n'
    """
    if order in _SHIFTS:
        return cast(BinaryIO, _Unshifted(stream, order)), 1
    return (cast(BinaryIO, _Units(stream, order)), _width(order)) if order else (stream, 1)


def coding(stream: BinaryIO) -> str:
    """Return what bytes of ASCII don't stand for themselves in, at the start of a stream: as `byte_order`, or ISO-2022, or HZ."""
    if order := byte_order(stream):
        return order
    claims = _sampled(stream)
    stream.seek(0)
    return next((name for name in _SHIFTS for claim in claims if claim.charset.startswith(name)), "")


def byte_order(stream: BinaryIO) -> str:
    """Return the name of UTF-16, with a mark or without, or UTF-32 by the start of a stream; empty: it is neither."""
    stream.seek(0)
    head = read_fully(stream, HEAD_BYTES)
    stream.seek(0)
    return _order(head)


def _order(head: bytes) -> str:
    if name := next((name for mark, name in _MARKS if head.startswith(mark)), ""):
        return name
    if b"\0" in head and (name := next(filter(partial(_is_wide, head), ("utf-32le", "utf-32be")), "")):
        return name
    if b"\0" not in head or not is_utf16(head):  # its commas and line ends have them
        return ""
    return "utf-16le" if head[1::2].count(0) > head[::2].count(0) else "utf-16be"


def _is_wide(head: bytes, name: str) -> bool:
    """Whether all of some bytes are characters of UTF-32, as nothing else is: each fourth byte has to be 0."""
    try:
        text = head[: len(head) // 4 * 4].decode(name)
    except UnicodeDecodeError:
        return False
    return len(text) >= _FEWEST_WIDE and "\0" not in text


_FEWEST_WIDE = 4
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)


def _width(order: str) -> int:
    return 4 if "32" in order else 2


def ascii_of(head: bytes) -> bytes:
    """Return a byte for each character of ASCII of the start of a file, be it UTF-16 or not, and bytes beyond it for others.

    >>> ascii_of("{上".encode("utf-16-le") + b"\\n\\0\\n\\0"), ascii_of(b"{\\n")
    (b'{\\xff\\n\\n', b'{\\n')
    """
    order = _order(head)
    return _narrow(head, order) if order else head


def _narrow(content: bytes, order: str) -> bytes:
    width = _width(order)
    columns = [content[number::width] for number in range(width)]
    size = min(map(len, columns))
    low = columns.pop(0 if order.endswith("le") else -1)[:size]
    high = [column[:size].translate(_BEYOND) for column in columns if column.strip(b"\0")]
    if not high:
        return low
    beyond = reduce(or_, (int.from_bytes(column, "big") for column in high))
    return (int.from_bytes(low, "big") | beyond).to_bytes(size, "big")


_BEYOND = bytes([0]) + b"\xff" * 255


class _Units:
    """UTF-16 or UTF-32 as a stream with a byte for each of its units: that of ASCII, or 0xFF."""

    def __init__(self, stream: BinaryIO, order: str) -> None:
        self._stream, self._order, self._width = stream, order, _width(order)

    def read(self, count: int) -> bytes:
        """Return `count` units, fewer only at the end."""
        return _narrow(read_fully(self._stream, self._width * count), self._order)

    def seek(self, at: int) -> int:
        """Go to a unit."""
        return self._stream.seek(self._width * at) // self._width


_SHIFTS = {"iso-2022": re.compile(rb"(\x1b\$|\x1b\(.|\n)"), "hz": re.compile(rb"(~[~{}]|\n)")}
"""What begins or ends a stretch of characters of two bytes each; a line end ends it too."""
_BEGINNINGS = (b"\x1b$", b"\x1b(I", b"~{")
_MOST_SHIFT = 2
"""Bytes of a shift that may stand at the end of what is read, without its last one."""


class _Unshifted:
    """A charset of seven bits as a stream of ASCII: what stands between its shifts are letters, not quotes or commas."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._shifts = stream, _SHIFTS[name]
        self._before, self._is_shifted = b"", False

    def read(self, count: int) -> bytes:
        """Return `count` bytes, fewer only at the end."""
        content = read_fully(self._stream, count)
        parts = self._shifts.split(self._before + content)
        for at, part in enumerate(parts):
            if at % 2:
                self._is_shifted = part in _BEGINNINGS
            elif self._is_shifted:
                parts[at] = b"x" * len(part)
        start = len(self._before)
        self._before = content[-_MOST_SHIFT:]
        return b"".join(parts)[start:]

    def seek(self, at: int) -> int:
        """Go to the start of a line."""
        self._before, self._is_shifted = b"", False
        return self._stream.seek(at)
