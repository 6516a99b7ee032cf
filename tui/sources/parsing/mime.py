"""What headers of messages hold: encoded words and dates."""

import re
from collections.abc import Sequence

from tui.core.model import Claim
from tui.sources.parsing.wording import wording, words

_STRAY = re.compile("[\udc80-\udcff]")
MOST_WORDS_CHARS = 8192
"""Code points of a header up to which encoded words in it are undone: looking for their ends takes the square of that."""


def header_text(text: str, charset: str | None = None, page: bytes = b"") -> str:
    """Undo the encoded words of a header, such as =?utf-8?B?...?=, each as bytes that claim a charset; broken ones stay.

    Bytes that stand there as they are (surrogates) are in the charset of the `page`, or in the user's.

    >>> header_text("Re: =?gb2312?B?1tDOxA==?= =?gb2312?Q?=A3=A1?= (2)"), header_text("=?x?B?1?=")
    ('Re: 中文！ (2)', '=?x?B?1?=')
    """
    is_shifted = "\x1b$" in text  # into ISO-2022, as mail of the nineties is
    if is_shifted or not text.isascii():
        stored = text.encode("utf-8", "surrogateescape")
        text = (None if is_shifted else words([stored], page, charset)[0]) or wording(stored, charset).text
    if "=?" not in text or len(text) > MOST_WORDS_CHARS:
        return text
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        parts: Sequence[tuple[bytes | str, str | None]] = decode_header(text)
    except (ValueError, HeaderParseError):
        return text
    return "".join(part if isinstance(part, str) else _part(part, name, charset) for part, name in parts)


def _part(part: bytes, name: str | None, charset: str | None) -> str:
    if name is None:
        return part.decode("raw-unicode-escape" if part.isascii() else "utf-8", "replace")
    return _STRAY.sub("\ufffd", wording(part, charset, (Claim("http", name),)).text)


def header_date(text: str) -> str | None:
    """Return the date of a header as ISO 8601, with its zone if that is told; None: it is none.

    >>> header_date("Fri, 05 Mar 2021 06:07:08 +0100"), header_date("Fri, 05 Mar 2021 06:07:08 -0000"), header_date("x")
    ('2021-03-05T06:07:08+01:00', '2021-03-05T06:07:08', None)
    """
    from email.utils import parsedate_to_datetime  # 4 ms

    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
