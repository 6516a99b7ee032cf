"""A codec for CESU-8, which Python lacks: UTF-8 but for characters beyond the first plane, which are two surrogates.

Java, Oracle and MySQL write it where they say UTF-8. Surrogates without a second half are lost.
"""

import codecs
import re
from functools import cache

from tui.text.charset import added

PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_BEGINNING = re.compile(rb"\xed(?:[\xa0-\xaf](?:[\x80-\xbf](?:\xed(?:[\xb0-\xbf])?)?)?)?\Z")
_LONGEST = 5
_ASTRAL = re.compile("([\U00010000-\U0010ffff])")


def joined(payload: bytes) -> bytes:
    """Return the same in UTF-8; what is no pair stays.

    >>> joined(b"\\xed\\xa0\\xbd\\xed\\xb8\\x80!").decode()
    '😀!'
    """
    return PAIR.sub(lambda pair: _both(pair[0].decode("utf-8", "surrogatepass")).encode(), payload)


def _both(surrogates: str) -> str:
    return surrogates.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def decode(payload: bytes, errors: str = "strict", final: bool = True) -> tuple[str, int]:
    """Return the text, and how many bytes it stands for, as a codec does. Half a character at the end waits unless `final`.

    >>> decode(b"\\xed\\xa0\\xbd\\xed\\xb8\\x80!")
    ('😀!', 7)
    """
    half = None if final else _BEGINNING.search(payload, max(0, len(payload) - _LONGEST))
    kept = payload[: half.start()] if half else payload
    made: list[str] = []
    at = 0
    for pair in (*PAIR.finditer(kept), None):
        end = pair.start() if pair else len(kept)
        try:
            text, size = codecs.utf_8_decode(kept[at:end], errors, pair is not None or final)
        except UnicodeDecodeError as error:
            raise UnicodeDecodeError(
                "copydesk_cesu_8", payload, at + error.start, at + error.end, error.reason
            ) from None
        made.append(text)
        at += size
        if pair:
            made.append(_both(pair[0].decode("utf-8", "surrogatepass")))
            at = pair.end()
    return "".join(made), at


def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    """Return the bytes of a text, and its length, as a codec does.

    >>> encode("😀!")[0] == b"\\xed\\xa0\\xbd\\xed\\xb8\\x80!"
    True
    """
    pieces = _ASTRAL.split(text)
    made = [_written(piece) if number % 2 else piece.encode("utf-8", errors) for number, piece in enumerate(pieces)]
    return b"".join(made), len(text)


def _written(char: str) -> bytes:
    number = ord(char) - 0x10000
    surrogates = chr(0xD800 + (number >> 10)) + chr(0xDC00 + (number & 0x3FF))
    return surrogates.encode("utf-8", "surrogatepass")


@cache
def register() -> None:
    """Let Python know the codec under a name of ours: ftfy has a codec `cesu-8` that reads more."""
    added.register("copydesk_cesu_8", encode, decode)
