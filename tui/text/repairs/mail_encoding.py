"""What mail programs write for its way and others show as it is: =?GB2312?B?1tDOxA==?= and =E4=BD=A0=E5=A5=BD.

Encoded words (RFC 2047) say their charset, and what they say is checked. Quoted-printable (RFC 2045) does not: UTF-8
proves itself, other charsets are found as those of pages are. A page with other equal signs is no mail: there only
escapes of bytes beyond ASCII are read. A character that a soft line break cuts goes to the line in which it ends.
Encoded words that somebody quotes, or that make no word, are written about and stay.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.core.model import Certainty, Options
from tui.core.patterns import lazy
from tui.core.problems import Reason
from tui.text.charset.names import codec, find, to_text
from tui.text.repairs import Change, Outcome, Plan, Repair, is_explained, is_text, within

_WORD = r"=\?([A-Za-z0-9._:+-]{2,40})(?:\*[A-Za-z-]*)?\?([BbQq])\?([!->@-~ ]{1,400})\?="
_ENCODED = lazy(_WORD)
_ENCODED_RUN = lazy(f"{_WORD}(?:[ \t]*{_WORD})*")
_QUOTED = lazy(r"(?:=[2-9A-F][0-9A-F]|=\n)+")
_PAIRED = lazy(r"(?:=[2-9A-F][0-9A-F]|=\n|(?<==[89A-F][0-9A-F])[@-~])++")
"""The same in charsets in which the second byte of a character may be one of ASCII, which is written as it is."""
_QUOTED_BYTES = lazy(rb"(?:=[2-9A-F][0-9A-F])+")
_BEYOND_ASCII = lazy(r"=[89A-F][0-9A-F]")
_OTHER_SIGN = lazy(r"=(?![2-9A-F][0-9A-F]|0[0-9A-F]|\n|\Z)")
_SOFT_BREAK = lazy(r"^[^\n]{40,76}=$", re.MULTILINE)
_EQUALS = lazy("=")
_FIELD = lazy(r"[A-Za-z][A-Za-z-]{1,40}: ?")
"""The beginning of a line of a mail's header, in which names are quoted."""
_QUOTES = frozenset("\"'`\u201c\u2018\u00ab")
_BEYOND_LATIN = "\u0250"
_LINE_CHARS = 1000
"""Most of a line that is looked at before an encoded word."""
MOST_SIGNS = 50_000
"""Equal signs of a page that are looked at."""
_ENOUGH = 4
"""Escapes beyond ASCII from which on they can't be there by chance."""
_SURE = 0.5
"""Score from which on a charset other than UTF-8 is believed."""


class _Quoting(NamedTuple):
    """How a page is quoted-printable."""

    charset: str
    is_whole: bool
    """All of the page is: soft line breaks and escapes of ASCII are read, too."""
    certainty: Certainty


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find encoded words, and whether the page is quoted-printable."""
    if "=" not in text:
        return None
    until = within(text, _EQUALS, MOST_SIGNS)
    text = text[:until]
    quoting = _quoting(text) if len(_BEYOND_ASCII.findall(text)) >= _ENOUGH else None
    if quoting is None and ("=?" not in text or not any(True for _ in _words(text))):
        return None
    note = Reason("was_quoted_printable", {"charset": quoting.charset}) if quoting else Reason("were_mail_words")
    return Plan(lambda string: Outcome(tuple(_changes(string, quoting))), note, until)


def _quoting(text: str) -> _Quoting | None:
    without = _ENCODED.sub(" ", text)
    runs = [run[0] for run in _QUOTED.finditer(without) if _BEYOND_ASCII.search(run[0])]
    if sum(len(_BEYOND_ASCII.findall(run)) for run in runs) < _ENOUGH:
        return None
    is_whole = not _OTHER_SIGN.search(without)
    try:
        for run in runs:
            _payload(run).decode()
        quoting = _Quoting("utf-8", is_whole, "certain")
    except UnicodeDecodeError:
        charset = _old_charset(without) if is_whole and _SOFT_BREAK.search(without) else ""
        if not charset:
            return None
        quoting = _Quoting(charset, is_whole, "probable")
    beyond = (change for change in _quoted(text, quoting) if not change.after.isascii())
    return None if any(is_explained(text, change) for change in beyond) else quoting


def _old_charset(text: str) -> str:
    """The charset of before UTF-8 that the escapes are in; empty if that can't be told."""
    from tui.text.charset.legacy import choose

    chosen, _ = choose(_payload(text), ())
    return chosen.charset if (chosen.score or 0.0) >= _SURE else ""


def _payload(written: str) -> bytes:
    joined = written.replace("=\n", "").encode("ascii", "replace")
    return _QUOTED_BYTES.sub(lambda run: bytes.fromhex(run[0].replace(b"=", b"").decode()), joined)


def _changes(text: str, quoting: _Quoting | None) -> list[Change]:
    quoted = _quoted(text, quoting) if quoting else ()
    return sorted([*_words(text), *quoted], key=lambda change: change.start)


def _words(text: str) -> Iterator[Change]:
    """Encoded words; white space between two of them belongs to neither."""
    for run in _ENCODED_RUN.finditer(text):
        after = "".join(_word(*word.groups()) for word in _ENCODED.finditer(run[0]))
        change = Change(*run.span(), after)
        if after and _is_sound(after) and _is_meant(text, change) and not is_explained(text, change):
            yield change


def _is_meant(text: str, change: Change) -> bool:
    """Whether an encoded word stands for what it says: it makes a word, or is all of its line, and nobody quotes it."""
    before = text[max(0, change.start - _LINE_CHARS) : change.start]
    before = before[before.rfind("\n") + 1 :]
    behind = text[change.end : change.end + 3]
    if before[-1:] in _QUOTES and not _FIELD.match(before) and not behind[1:].startswith(" <"):
        return False
    letters = [char for char in change.after if char.isalpha()]
    return len(letters) > 1 or any(char >= _BEYOND_LATIN for char in letters) or not (before + behind[:1]).strip()


def _word(label: str, kind: str, written: str) -> str:
    """The text of one word; a replacement character if it is none."""
    from binascii import Error, a2b_base64, a2b_qp

    name = find(label)
    try:
        payload = a2b_base64(written, strict_mode=True) if kind in "Bb" else a2b_qp(written, header=True)
    except Error:
        return "\N{REPLACEMENT CHARACTER}"
    text, first = to_text(payload, name) if name else ("", 0)
    return text if first is None else "\N{REPLACEMENT CHARACTER}"


def _quoted(text: str, quoting: _Quoting) -> Iterator[Change]:
    """Escapes, each line's for itself: what a line break cuts is put where it ends."""
    without = _ENCODED.sub(lambda word: " " * len(word[0]), text)
    for run in (_QUOTED if quoting.charset == "utf-8" else _PAIRED).finditer(without):
        if not quoting.is_whole and not _BEYOND_ASCII.search(run[0]):
            continue
        changes = list(_pieces(run, quoting))
        if all(_is_sound(change.after) for change in changes):
            yield from changes


def _pieces(run: re.Match[str], quoting: _Quoting) -> Iterator[Change]:
    decoder = codecs.getincrementaldecoder(codec(quoting.charset))("replace")
    at = run.start()
    pieces = run[0].split("\n")
    for number, piece in enumerate(pieces):
        after = decoder.decode(_payload(piece.removesuffix("=")), number == len(pieces) - 1)
        if piece:
            yield Change(at, at + len(piece), after, quoting.certainty)
        at += len(piece) + 1


def _is_sound(after: str) -> bool:
    return "\N{REPLACEMENT CHARACTER}" not in after and is_text(after)


REPAIR = Repair(
    name="mail_encoding",
    order=2,
    about="decodes mail encodings: =?UTF-8?B?5L2g5aW9?= and quoted-printable =E4=BD=A0",
    diagnose=diagnose,
)
