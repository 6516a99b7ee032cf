"""Where elements of XML start and end in a file, found in one pass with bounded memory, whatever is broken in it."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tui.sources.parsing.lines import chunks

_LONGEST_NAME = 128
"""Bytes of the start of a tag that may lie on both sides of the end of a chunk."""


def elements(stream: BinaryIO, *names: bytes) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each element of one of these names, in any namespace, in bytes. They don't lie in each other.

    One without an end goes up to the next one, or to the end of the file. What comments and CDATA hold is text.

    >>> import io
    >>> list(elements(io.BytesIO(b"<a><item>1</item><!-- <item> --><item>2<item/>"), b"item"))
    [(3, 14), (32, 7), (39, 7)]
    """
    mark = _mark(*names)
    buffer, base = b"", 0  # what was read and is not done with, and where it starts in the file
    start, closer, is_end = -1, b"", False
    for chunk in chunks(stream):
        buffer += chunk
        at = 0
        while True:
            if closer:
                end = buffer.find(closer, at)
                if end < 0:
                    at = max(at, len(buffer) - len(closer))
                    break
                at, ended = end + len(closer), closer
                closer = b""
                if ended == b">" and start >= 0 and (is_end or buffer[at - 2 : at - 1] == b"/"):
                    yield start, base + at - start
                    start = -1
                continue
            match = mark.search(buffer, at)
            if match is None:
                at = max(at, len(buffer) - _LONGEST_NAME)
                break
            if match["cdata"] or match["comment"]:
                at, closer = match.end(), b"]]>" if match["cdata"] else b"-->"
                continue
            is_end = bool(match["close"])
            if not is_end:
                if start >= 0:
                    yield start, base + match.start() - start
                start = base + match.start()
            at, closer = match.end(), b">"
        buffer, base = buffer[at:], base + at
    if start >= 0:
        yield start, base + len(buffer) - start


def _mark(*names: bytes) -> re.Pattern[bytes]:
    """What finds the tags of these elements, and where comments and CDATA start."""
    return re.compile(
        rb"(?P<cdata><!\[CDATA\[)|(?P<comment><!--)|<(?P<close>/?)(?:[\w.-]{1,40}+:)?(?:"
        + b"|".join(names)
        + rb")(?=[\s/>])",
        re.IGNORECASE,
    )
