"""Names of members that are stored in an unknown charset: those of an archive are judged together."""

from collections.abc import Iterable

from tui.core.model import Claim

SAMPLE_BYTES = 64 * 1024
"""Bytes of names by which their charset is found out."""


def codec_of(names: Iterable[bytes], claimed: str) -> str:
    """Return Python's codec for names; the charset that is claimed goes where nothing speaks for another.

    >>> codec_of(["新闻/第一篇.txt".encode("gbk")], "ibm437"), codec_of([b"readme"], "ibm437")
    ('gb18030', 'ascii')
    """
    size = 0
    sample: list[bytes] = []
    for stored in names:
        if not stored.isascii() and size < SAMPLE_BYTES:
            sample.append(stored)
            size += len(stored)
    if not sample:
        return "ascii"
    from tui.text.charset.decode import decode  # here, because most names are ASCII
    from tui.text.charset.names import codec

    return codec(decode(b"\n".join(sample), [Claim("archive", claimed)]).charset.name)
