"""Bytes -> text. Never fails: marks and labels count, the bytes decide, and every claim is kept.

UTF-8 is tried tolerantly first, since one wrong byte must not turn a page into windows-1252. Between
the charsets of before it the character model judges; benchmarks/decode.py has the figures.
"""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from tui.core.model import Charset, Claim
from tui.core.problems import Problem, Reason, Values
from tui.core.values import dataclass
from tui.text.charset.cesu8 import PAIR, joined
from tui.text.charset.names import EBCDIC, codec, count_beyond_ascii, find, to_text

if TYPE_CHECKING:
    from tui.text.charset.split import CharsetRun

HEAD_BYTES = 4096
"""Bytes at the start of a page in which its labels are looked for."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
# Both forms: <meta charset=x> and <meta http-equiv=… content="…; charset=x">, in any order of attributes.
_META = re.compile(rb"<meta\b[^<>]{0,512}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,99}<\?xml\b[^<>?]{0,256}?\bencoding\s{0,9}=\s{0,9}[\"']([\w.:+-]{2,40})", re.IGNORECASE)
_HAS_REPLACEMENT = frozenset({"utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "gb18030"})
_SEVEN_BIT = re.compile(rb"\x1b\$|\x1b\(|~\{|\+[A-Za-z0-9+/]{3}")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\0\t\n\f\r\x1b")
_UNREAD_ESCAPE = re.compile(rb"\x1b\$\)[AEG]")
"""Of ISO-2022-CN."""
# Not behind a letter: aquí, a no-break space and » are such bytes too.
_LONE_SURROGATE = re.compile(rb"(?<![A-Za-z])\xed[\xa0-\xbf][\x80-\xbf]")
_OWN_WAYS = ("utf-16", "utf-32", "utf-7", "cesu-8", "iso-2022", "hz", *EBCDIC)
"""Beginnings of the names of charsets that are told by their shape, and never by a label alone."""
_ONE_PIECE = frozenset(
    {"utf-16le", "utf-16be", "utf-32le", "utf-32be", "utf-7", "cesu-8", "iso-2022-jp", "iso-2022-kr", "hz", *EBCDIC}
)
"""Charsets in which a part can't be told by its bytes."""
MARK_BITS = 20.0
"""What a byte order mark of UTF-16 speaks for it against bytes that are UTF-8 as well."""
WHOLE_SHARE = 2.0
"""Bytes in whole UTF-8 sequences for each byte that fits nowhere, from which on a page is UTF-8. Thai and GBK reach 1."""
SURE_SHARE = 8.0
"""The same, from which on no other charset is tried: a few words of Shift_JIS reach 2."""


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """The text of a page and the charset that made it."""

    text: str
    """Lines end in `\\n`; a byte order mark is left out."""
    charset: Charset
    problems: tuple[Problem, ...] = ()


def decode(
    payload: bytes,
    claims: Sequence[Claim] = (),
    override: str | None = None,
    is_html: bool = False,
    is_clipped: bool = False,
    settled: Charset | None = None,
) -> Decoded:
    """Decode a page. Bytes that the chosen charset does not know become U+FFFD and a problem.

    `claims` are what the container says, strongest first. `is_clipped`: the page was cut by our own limit, so that half a
    character at its end is no damage. `settled` is what the text around the page was read in, whatever others say.

    >>> page = decode(b"<meta charset=iso-8859-1><p>\\xbb\\xa6\\xc9\\xee", is_html=True)
    >>> page.text[-2:], page.charset.name, page.charset.by
    ('沪深', 'gb18030', 'guess')
    """
    if settled is not None:
        return _finish(payload, Claim(settled.by, settled.name), settled.claims, is_clipped)
    claims = [*claims, *declared(payload, is_html)]
    if override is not None and find(override):
        return _finish(payload, Claim("override", override), [Claim("override", override), *claims], is_clipped)
    name, length = mark(payload)
    if name and _is_marked(payload[length:], name):
        return _finish(payload, Claim("bom", name), [Claim("bom", name), *claims], is_clipped, length)
    if name:  # a mark that was put before bytes in another charset
        claims = [Claim("bom", name), *claims]
    kept = payload[length:]
    whole = _whole_utf8(kept)
    chosen, guess = _choose(kept, [claim for claim in claims if claim.by != "bom"], is_utf8=whole is not None)
    return _finish(payload, chosen, [*claims, *guess], is_clipped, length, whole)


def _is_marked(payload: bytes, name: str) -> bool:
    """Say whether bytes are in the charset of the mark before them, which some put before any bytes."""
    if name == "utf-8":
        return _utf8_share(payload) >= WHOLE_SHARE
    if b"\x00" in payload[:HEAD_BYTES] or not payload or not is_whole_utf8(payload):
        return True
    from tui.text.words.likely import cost  # here, because hardly a mark is wrong

    head = payload[:HEAD_BYTES]
    return cost(to_text(head, name)[0]) < cost(to_text(head, "utf-8")[0]) + MARK_BITS


def mark(payload: bytes) -> tuple[str, int]:
    """Return the charset that a byte order mark names, and the mark's length in bytes; ("", 0) without one.

    >>> mark(b"\\xef\\xbb\\xbftext")
    ('utf-8', 3)
    """
    return next(((name, len(bom)) for bom, name in _BOMS if payload.startswith(bom)), ("", 0))


def declared(payload: bytes, is_html: bool) -> tuple[Claim, ...]:
    """Return what the page's head says, meta elements (in HTML only) before the XML declaration.

    >>> declared(b'<meta content="text/html; charset=gb2312" http-equiv=Content-Type>', True)
    (Claim(by='meta', charset='gb2312', score=None),)
    """
    head = payload[:HEAD_BYTES].replace(b"\x00", b"")  # UTF-16 is read as well
    metas = _META.findall(head) if is_html else []
    xml = _XML.match(head.removeprefix(b"\xef\xbb\xbf"))
    labels = [("meta", label) for label in metas[:4]] + ([("xml", xml[1])] if xml else [])
    return tuple(Claim(by, label.decode("ascii", "replace").lower()) for by, label in dict.fromkeys(labels))


def _choose(payload: bytes, claims: Sequence[Claim], *, is_utf8: bool) -> tuple[Claim, tuple[Claim, ...]]:
    """Return the claim that is believed, and guesses where the labels don't say it all."""
    labels = [Claim(claim.by, name) for claim in claims if (name := find(claim.charset))]

    def by(name: str, otherwise: str) -> Claim:
        return next((label for label in labels if label.charset == name), Claim(otherwise, name))

    # Thai and Russian in UTF-16 are bytes of ASCII, every other one a control.
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    is_whole = is_utf8 and controls * 3 < len(payload) + 3
    if is_whole and not payload.isascii():
        return by("utf-8", "utf-8"), ()
    is_certain = is_whole and b"\x00" not in payload
    # A page in which the label could be read as ASCII is in no wide charset, whatever it says: WHATWG takes it for UTF-8.
    narrow = [label for label in labels if not label.charset.startswith(_OWN_WAYS)]
    if is_certain and not _SEVEN_BIT.search(payload):
        return next(iter(narrow), Claim("utf-8", "utf-8")), ()
    # Here, because most pages are done by now.
    from tui.text.charset.legacy import choose, ebcdic, escaped, is_utf7, wide

    kind = wide(payload)
    if kind:
        return by(kind, "guess"), ()
    beyond = count_beyond_ascii(payload)
    if beyond <= max(2, len(payload) // 100) and _SEVEN_BIT.search(payload) and (kind := escaped(payload)):
        return by(kind, "guess"), ()
    if not beyond:
        if is_utf7(payload, any(label.charset == "utf-7" for label in labels)):
            return by("utf-7", "guess"), ()
        is_unread = b"\x0e" in payload and _UNREAD_ESCAPE.search(payload)
        return Claim("default", "utf-8") if is_unread else next(iter(narrow), Claim("utf-8", "utf-8")), ()
    if (share := _utf8_share(payload)) >= WHOLE_SHARE:
        rival = _rival(payload, narrow) if share < SURE_SHARE else None
        return rival or (by("cesu-8", "guess") if PAIR.search(payload) else by("utf-8", "utf-8"), ())
    if kind := ebcdic(payload):
        return by(kind, "guess"), ()
    return choose(payload, [label for label in narrow if label.charset != "utf-8"])


def _rival(payload: bytes, labels: Sequence[Claim]) -> tuple[Claim, tuple[Claim, ...]] | None:
    """Another charset that has all of the bytes and makes much likelier text of them than UTF-8; None if there is none."""
    from tui.text.charset.legacy import choose
    from tui.text.words.likely import cost

    chosen, guesses = choose(payload, labels)
    text, lost = to_text(payload[:HEAD_BYTES], chosen.charset)
    if lost is not None or cost(text) > cost(to_text(payload[:HEAD_BYTES], "utf-8")[0]) - MARK_BITS:
        return None
    return chosen, guesses


def is_whole_utf8(payload: bytes) -> bool:
    """Say whether bytes are UTF-8, to the last one."""
    return payload.isascii() or _whole_utf8(payload) is not None


def _whole_utf8(payload: bytes) -> str | None:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return None


def _utf8_share(payload: bytes) -> float:
    """Bytes beyond ASCII that are in whole UTF-8 sequences, surrogates as well, for each that is in none."""
    if b"\xed" in payload:
        payload = _LONE_SURROGATE.sub(b"", joined(payload))
    lost = _lost(payload, payload.decode("utf-8", "replace"), "utf-8")
    return (count_beyond_ascii(payload) - lost) / lost if lost else inf


def _lost(payload: bytes, text: str, name: str) -> int:
    """Count the bytes that U+FFFD stands for: exactly in UTF-8, else one for each."""
    if name == "cesu-8":
        payload, name = joined(payload), "utf-8"
    written = payload.count("\ufffd".encode(codec(name), "replace")) if name in _HAS_REPLACEMENT else 0
    inserted = text.count("\ufffd") - written
    if name != "utf-8":
        return max(0, inserted)
    return len(payload) - (len(text.encode()) - 3 * inserted)


def _finish(
    payload: bytes,
    chosen: Claim,
    claims: Sequence[Claim],
    is_clipped: bool,
    start: int = 0,
    whole: str | None = None,
) -> Decoded:
    """Decode what stands behind a mark; `whole` is that in UTF-8, if it is known and nothing of it is lost."""
    name = find(chosen.charset) or "utf-8"
    kept = payload[start:]
    if is_clipped:
        kept = _without_half_character(kept, name)
    is_read = whole is not None and name == "utf-8" and len(kept) == len(payload) - start
    text, first = (whole or "", None) if is_read else to_text(kept, name)
    lost = 0 if first is None else _lost(kept, text, name)
    problems = []
    if chosen.by != "override" and (runs := _parts(kept, name, lost)):
        return _pieced(kept, chosen, claims, runs, start)
    if first is not None:
        problems.append(_bytes_lost(start + first, lost, name))
    if chosen.by == "guess":
        problems += _unknown(claims, name)
    if chosen.by == "default":
        problems.append(Problem("no_charset", "", {"used": name}))
    if name in EBCDIC:
        text = text.replace("\x85", "\n")
    return Decoded(_with_line_ends(text), Charset(name, chosen.by, tuple(claims)), tuple(problems))


def _bytes_lost(place: int, lost: int, name: str) -> Problem:
    what = Reason("one_byte_is") if lost == 1 else Reason("bytes_are", {"count": lost})
    reason = Reason("bytes_not_in_charset", {"byte": place, "bytes": what, "charset": name})
    return Problem("bytes_lost", "", {"reason": reason}, byte=place, lost=lost)


def _with_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _parts(payload: bytes, name: str, lost: int) -> "Sequence[CharsetRun]":
    """The parts of a page that changes its charset; empty for nearly all pages."""
    if name in _ONE_PIECE or (name == "utf-8" and not lost):
        return ()
    from tui.text.charset.split import parts  # here, because whole UTF-8 never needs it

    return parts(payload, name, lost)


def _pieced(
    payload: bytes, chosen: Claim, claims: Sequence[Claim], runs: "Sequence[CharsetRun]", start: int
) -> Decoded:
    """Decode each part in its own charset; the page's is the one in which most of it stands."""
    texts = []
    problems = []
    sizes: Counter[str] = Counter()
    for part in runs:
        piece = payload[part.start : part.end]
        sizes[part.charset] += count_beyond_ascii(piece)
        text, first = to_text(piece, part.charset)
        texts.append(text)
        if first is not None:
            problems.append(_bytes_lost(start + part.start + first, _lost(piece, text, part.charset), part.charset))
    (name, _), *others = sizes.most_common()
    splits = [problem for part in runs if (problem := _foreign(part, name, start))]
    claims = (*claims, *(Claim("split", other) for other, _ in others))
    by = chosen.by if name == find(chosen.charset) else "guess"
    return Decoded(_with_line_ends("".join(texts)), Charset(name, by, claims), (*splits, *problems))


def _foreign(part: "CharsetRun", name: str, start: int) -> Problem | None:
    if part.charset == name:
        return None
    place = start + part.start
    end = start + part.end
    values: Values = {"byte": place, "end": end, "charset": part.charset, "other": name}
    return Problem("charset_split", "", values, byte=place)


def _without_half_character(payload: bytes, name: str) -> bytes:
    """Drop the bytes at the end that start a character which was cut."""
    decoder = codecs.getincrementaldecoder(codec(name))("replace")
    decoder.decode(payload)
    return payload[: len(payload) - len(decoder.getstate()[0])]


def _unknown(claims: Sequence[Claim], name: str) -> list[Problem]:
    """Name the labels that mean no charset we can read, where they might have been needed."""
    return [
        Problem("charset_unknown", claim.by, {"charset": claim.charset, "used": name})
        for claim in claims
        if find(claim.charset) is None
    ]
