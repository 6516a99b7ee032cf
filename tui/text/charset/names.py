"""Names of charsets: what labels mean, and which of Python's codecs reads them."""

import re
from functools import lru_cache
from importlib import import_module

from tui.core.errors import UsageError

# What WHATWG does not know or sends to `replacement`, Python's own spellings, which users know, and the most common names,
# for which webencodings need not be loaded.
_OWN = {
    "hz": "hz", "hz-gb-2312": "hz", "iso-2022-kr": "iso-2022-kr", "csiso2022kr": "iso-2022-kr", "utf-32": "utf-32le",
    "utf-32le": "utf-32le", "utf-32be": "utf-32be", "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8",
    "utf-16le": "utf-16le", "utf-16be": "utf-16be", "latin-1": "windows-1252", "cp936": "gb18030",
    "cp932": "shift_jis", "cp949": "euc-kr", "cp950": "big5", "cp874": "windows-874", "big5hkscs": "big5",
    "gb-18030": "gb18030", "iso-2022-jp-1": "iso-2022-jp", "iso-2022-jp-2": "iso-2022-jp",
    "iso-2022-jp-3": "iso-2022-jp", "iso-2022-jp-2004": "iso-2022-jp", "cp437": "ibm437", "ibm437": "ibm437",
    "cp850": "ibm850", "ibm850": "ibm850", "cp852": "ibm852", "ibm852": "ibm852", "cp855": "ibm855",
    "ibm855": "ibm855", "johab": "johab", "ms1361": "johab", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be",
    "utf-32-le": "utf-32le", "utf-32-be": "utf-32be", "euc-tw": "euc-tw", "euctw": "euc-tw", "cseuctw": "euc-tw",
    "x-euc-tw": "euc-tw", "eucjp": "euc-jp", "euckr": "euc-kr", "macroman": "macintosh", "utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7", "cesu-8": "cesu-8", "cscesu-8": "cesu-8", "viscii": "viscii", "csviscii": "viscii",
    **{f"{kind}{number}": f"ibm{number}" for kind in ("cp", "ibm", "ibm-") for number in (737, 857, 869)},
    **{
        f"{kind}{number}": f"ibm{number}"
        for kind in ("cp", "ibm", "ibm-")
        for number in ("037", "273", "424", "500", "875", "1026")
    },
}  # fmt: skip
_ISO = re.compile(r"^(?:iso)?-?(8859-|2022-)")
_WHATWG = {"gbk": "gb18030", "iso-8859-8-i": "iso-8859-8"}
_BEYOND_ASCII = bytes(range(0x80, 0x100))
EBCDIC = ("ibm037", "ibm500", "ibm273", "ibm1026", "ibm875", "ibm424")
"""Charsets of mainframes, in which no letter is the byte of ASCII."""
NAMES = (
    *("utf-8", "windows-1252", "gb18030", "shift_jis", "windows-1251", "euc-kr", "big5", "euc-jp", "windows-1250"),
    *("windows-1256", "windows-1254", "windows-1253", "windows-1255", "windows-874", "windows-1257", "windows-1258"),
    *("iso-8859-2", "iso-8859-15", "koi8-r", "koi8-u", "ibm866", "iso-8859-5", "iso-8859-7", "iso-8859-6"),
    *("iso-8859-8", "iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-16"),
    *("macintosh", "x-mac-cyrillic", "ibm437", "ibm850", "ibm852", "ibm855", "johab", "euc-tw"),
    *("ibm737", "ibm857", "ibm869", "viscii"),
    *EBCDIC,
    *("cesu-8", "utf-7"),
    *("utf-16le", "utf-16be", "utf-32le", "utf-32be", "iso-2022-jp", "iso-2022-kr", "hz"),
)
"""All charsets that can be read, the more common first."""
OTHER_UNITS = ("utf-", "cesu-", "iso-2022", "hz", *EBCDIC)
"""Beginnings of the names of charsets that are told by their shape: UTF-8, and those in which the byte of a character of
ASCII may be another's."""
PAIRS = frozenset({"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "euc-tw", "johab"})
"""Charsets of before Unicode in which a character may be of several bytes."""
_NO_CHARSET = frozenset({"replacement", "x-user-defined"})
_CODECS = {
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be",
    "big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949", "windows-874": "cp874", "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic", "iso-2022-kr": "iso2022_kr", "euc-tw": "euc_tw",
    "iso-2022-jp": "iso2022_jp_ext", "ibm437": "cp437", "ibm850": "cp850", "ibm852": "cp852", "ibm855": "cp855",
    "ibm737": "cp737", "ibm857": "cp857", "ibm869": "cp869", "cesu-8": "copydesk_cesu_8",
    **{name: name.replace("ibm", "cp") for name in EBCDIC},
}  # fmt: skip
_LACKING = {"euc-tw": "euc_tw", "viscii": "viscii", "cesu-8": "cesu8"}
"""Charsets of which Python has to be told, and our modules that have them: hardly a page needs one."""
_SURROGATE = re.compile("[\ud800-\udfff]")
# 0x80 by itself, which GBK as Windows writes it uses for the euro sign and Python's codec does not know.
_GBK_EURO = re.compile(
    rb"((?:[\x00-\x7f]++|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39])++)|\x80"
)


@lru_cache(256)
def find(label: str) -> str | None:
    """Return our name of a charset label, after the WHATWG standard; None if it names no charset that can be read.

    >>> find("GB2312"), find("latin-1"), find("unicode_escape")
    ('gb18030', 'windows-1252', None)
    """
    if not label.isascii():
        return None
    plain = _ISO.sub(r"iso-\1", label.strip().lower().replace("_", "-"))
    if plain in _OWN:
        return _OWN[plain]
    # Here, because pages in UTF-8 never need it.
    import webencodings

    encoding = webencodings.lookup(label) or webencodings.lookup(plain) or webencodings.lookup(f"x-{plain}")
    if encoding is None or encoding.name in _NO_CHARSET:
        return None
    return _WHATWG.get(encoding.name, str(encoding.name))


def canonical(label: str) -> str:
    """Return our name of a charset that the user names. Raises UsageError if there is none.

    >>> canonical("Shift-JIS")
    'shift_jis'
    """
    name = find(label)
    if name is None:
        raise UsageError(
            f"charset {label!r}: unknown; use a name such as utf-8, gb18030, big5, shift_jis, windows-1251"
        )
    return name


def codec(name: str) -> str:
    """Return the name of Python's codec for one of our names.

    >>> codec("big5")
    'big5hkscs'
    """
    if name in _LACKING:
        import_module(f"tui.text.charset.{_LACKING[name]}").register()
    return _CODECS.get(name, name)


def count_beyond_ascii(payload: bytes) -> int:
    """Return how many bytes are of no character of ASCII."""
    return len(payload) - len(payload.translate(None, _BEYOND_ASCII))


def to_text(payload: bytes, name: str) -> tuple[str, int | None]:
    """Decode with one of our charsets; return the text and the place of the first byte that is not of the charset.

    What the charset does not know becomes U+FFFD where Python's `errors="replace"` puts it.

    >>> to_text(b"\\xa3\\x80 \\x80 5", "gb18030")
    ('\\ue5c5 € 5', None)
    >>> to_text(b"a\\xffb", "utf-8")
    ('a\\ufffdb', 1)
    """
    try:
        text = payload.decode(codec(name))
        # Python's UTF-7 lets halves of characters through, its other codecs don't.
        halves = name == "utf-7" and _SURROGATE.search(text)
        return (_SURROGATE.sub("\ufffd", text), payload.find(b"+")) if halves else (text, None)
    except UnicodeDecodeError as error:
        first = error.start
    if name == "gb18030" and b"\x80" in payload:
        euro = "€".encode("gb18030")
        mended = _GBK_EURO.sub(lambda match: match[1] or euro, payload)
        if len(mended) > len(payload):
            text, other = to_text(mended, name)
            return text, None if other is None else max(first, other - mended[:other].count(euro))
    text = payload.decode(codec(name), "replace")
    return _SURROGATE.sub("\ufffd", text) if name == "utf-7" else text, first
