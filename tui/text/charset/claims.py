"""What a page says about its own charset: byte order marks, meta elements, XML declarations."""

import re

from tui.core.model import Claim

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
    found = [("meta", label) for label in metas[:4]] + ([("xml", xml[1])] if xml else [])
    return tuple(Claim(by, label.decode("ascii", "replace").lower()) for by, label in dict.fromkeys(found))
