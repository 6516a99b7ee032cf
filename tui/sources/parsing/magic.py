"""Tells what a file is by its first bytes: HTML, a feed, other text, or a binary, which is named."""

import re
from collections import Counter

from tui.sources.base import Head

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png_image"),
    (b"\xff\xd8\xff", "jpeg_image"),
    (b"GIF87a", "gif_image"),
    (b"GIF89a", "gif_image"),
    (b"%PDF-", "pdf_document"),
    (b"\x1f\x8b", "gzip_file"),
    (b"\x1f\x9d\x90", "compress_file"),
    (b"\x28\xb5\x2f\xfd", "zstandard_file"),
    (b"BZh", "bzip2_file"),
    (b"\xfd7zXZ\x00", "xz_file"),
    (b"7z\xbc\xaf\x27\x1c", "seven_zip_archive"),
    (b"Rar!\x1a\x07", "rar_archive"),
    (b"PK\x03\x04", "zip_archive"),
    (b"PK\x05\x06", "zip_archive"),
    (b"\x7fELF", "elf_program"),
    (b"\xcf\xfa\xed\xfe", "mach_o_program"),
    (b"\xca\xfe\xba\xbe", "mach_o_or_java"),
    (b"MZ\x90\x00", "windows_program"),
    (b"SQLite format 3\x00", "sqlite_database"),
    (b"PAR1", "parquet_file"),
    (b"\x04\x22\x4d\x18", "lz4_file"),
    (b"Obj\x01", "avro_file"),
    (b"ZIM\x04", "zim_archive"),
    (b"bplist00", "property_list"),
    (b"OggS", "ogg_file"),
    (b"ID3\x03", "mp3_file"),
    (b"ID3\x04", "mp3_file"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"wOFF", "web_font"),
    (b"wOF2", "web_font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_document"),
    (b"{\\rtf1", "rtf_document"),
    (b"AT&TFORM", "djvu_document"),
    (b"\xff\x06\x00\x00sNaPpY", "snappy_file"),
    *(
        (b"\x5d\x00\x00" + size, "lzma_file")
        for size in (b"\x10\x00", b"\x40\x00", b"\x80\x00", b"\x00\x01", b"\x00\x02", b"\x00\x04")
    ),
    *(
        (b"\x80" + version, "python_pickle")
        for version in (b"\x02]", b"\x02}", b"\x03]", b"\x03}", b"\x04\x95", b"\x05\x95")
    ),
    (b"II*\x00", "tiff_image"),
    (b"MM\x00*", "tiff_image"),
)
_MEMBER_BYTES = 30
"""Of what stands before the name of a member of a zip archive."""
_OFFICE_FOLDERS = (b"word/", b"xl/", b"ppt/", b"docProps/", b"customXml/")
_WORD_MEMBER = re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL)
_SPELLED = ((b"ORC", "orc_file"), (b"PARE", "encrypted_parquet"), (b"FEA1", "old_feather"))
"""Signatures that words could begin with: there is a control among the next bytes of these files."""
_SPELLED_BYTES = 16
_INSIDE = ((8, b"DUCK", "duckdb_database"), (60, b"BOOKMOBI", "kindle_book"))
"""Signatures that stand behind other bytes."""
_NOTEBOOK = re.compile(rb'\s{0,99}\{\s{0,99}"(?:cells|metadata|nbformat|nbformat_minor|worksheets)"\s{0,99}:')
_FIRST_BYTES = tuple(signature for signature, _ in _SIGNATURES)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Tab, line feed, vertical tab, form feed, carriage return, backspace, SO, SI, SUB and ESC stand in text files and
# legacy charsets; hostile pages hold more, but not at every turn. NULs pad text: those in a row count once.
_CONTROLS = re.compile(rb"[\x00-\x07\x10-\x19\x1c-\x1f]")
_PADDING = re.compile(rb"\x00\x00++")
_NO_HIGH_BYTE = re.compile(rb"[^\x00\x20\x30\x4e-\x9f\xff]")
SHORT_BYTES = 256
CONTROLS_PER_BYTE, CONTROLS_PER_UTF8_BYTE = 1 / 16, 1 / 7
"""Share of other control bytes from which on a file counts as binary: random bytes have 1/10, and are no UTF-8; random
bytes below 0x80, which are, have 1/6."""
FEWEST_CHARS = 4
PRINTED_SHARE = 0.9
"""Characters of UTF-16 and UTF-32 from which on they are text, and how much of it must be printable, and of one script
beside Latin."""
_HAN_ROWS = range(0x34, 0xA0)
"""Any two bytes of three are Han: `is_utf16` asks for more."""
BINARY = "binary"
"""Name of the format of whole files that are no text and of no other format."""


def binary_kind(start: bytes) -> str:
    """Name the binary format that `start` begins, as the table of reasons does; empty if it looks like text in some charset.

    >>> binary_kind(b"GIF89a...")
    'gif_image'
    >>> binary_kind("text".encode("utf-16-le"))
    ''
    """
    if start.startswith(_FIRST_BYTES):
        named = next(kind for signature, kind in _SIGNATURES if start.startswith(signature))
        return _zip_kind(start) if start.startswith(b"PK\x03\x04") else named
    for mark, kind in _SPELLED:
        if start.startswith(mark) and _CONTROLS.search(start, len(mark), _SPELLED_BYTES):
            return kind
    for at, mark, kind in _INSIDE:
        if start.startswith(mark, at) and b"\0" in start[:64]:
            return kind
    if _NOTEBOOK.match(start) and (b'"nbformat"' in start or b'"cell_type"' in start):
        return "notebook"
    if start[:4] == b"RIFF" and start[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "webp_image", b"WAVE": "wav_file", b"AVI ": "avi_film"}[start[8:12]]
    if start[4:8] == b"ftyp":
        return "mp4_film"
    if start[257:262] == b"ustar":
        return "tar_archive"
    # A byte lost further down shifts the columns, but only from there on.
    if start.startswith(_BOMS) or is_utf16(start) or is_utf16(start[:SHORT_BYTES]):
        return ""
    if not start.strip(b"\x00"):
        return "nul_bytes" if start else ""
    text = _PADDING.sub(b"\0", start)
    most = CONTROLS_PER_UTF8_BYTE if _is_utf8(text) else CONTROLS_PER_BYTE
    is_full = len(_CONTROLS.findall(text)) > len(text) * most
    return "binary_data" if is_full and not is_html(Head("", start)) and not _is_wide_text(start) else ""


def _zip_kind(start: bytes) -> str:
    """Tell by its first members what a zip archive is, if it is a document or program."""
    size = int.from_bytes(start[26:28], "little")
    name, content = start[_MEMBER_BYTES : _MEMBER_BYTES + size], start[_MEMBER_BYTES + size :][:64]
    if name == b"mimetype" or name.startswith(b"META-INF/"):
        if b"application/epub+zip" in content or name == b"META-INF/container.xml":
            return "epub_book"
        return (
            "opendocument_text"
            if b"opendocument.text" in content
            else "office_file"
            if b"/vnd." in content
            else "program_archive"
        )
    if name == b"AndroidManifest.xml":
        return "program_archive"
    is_part = name.startswith(_OFFICE_FOLDERS) and name.endswith((b".xml", b".rels"))
    if not is_part and name not in (b"[Content_Types].xml", b"_rels/.rels"):
        return "zip_archive"
    return "word_document" if _WORD_MEMBER.search(start) else "office_file"


def _is_utf8(start: bytes) -> bool:
    """Say whether bytes are UTF-8, but for a character that may be cut at their end."""
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def is_utf16(start: bytes) -> bool:
    """Say whether the bytes look like UTF-16 without a mark: one column of bytes holds little but the NULs of ASCII
    and the high bytes of kana, Han and fullwidth forms.

    >>> is_utf16(b"<\\x00h\\x00t\\x00m\\x00l\\x00")
    True
    """
    pairs = len(start) // 2
    if pairs < 2:
        return False
    columns = start[0 : pairs * 2 : 2], start[1 : pairs * 2 : 2]
    nuls = sorted(column.count(0) for column in columns)
    if nuls[1] * 10 > pairs and nuls[0] * 20 < nuls[1]:
        return True
    others = sorted(len(_NO_HIGH_BYTE.findall(column)) for column in columns)
    return others[0] * 30 < pairs and others[1] * 5 > pairs


def _is_wide_text(start: bytes) -> bool:
    """Say whether bytes are UTF-16 or UTF-32 without a mark in some alphabet: of numbers and by chance come characters of
    many scripts, or none.
    """
    return any(
        _is_one_script(start[:end], name)
        for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
        for end in (None, SHORT_BYTES)
    )


def _is_one_script(start: bytes, name: str) -> bool:
    try:
        text = start[: len(start) // 4 * 4].decode(name) if "32" in name else start[: len(start) // 2 * 2].decode(name)
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return False
        text = start[: error.start].decode(name)
    signs = sum(char.isprintable() or char.isspace() for char in text)
    rows = Counter(_row(char) for char in text if char.isalpha())
    latin = rows.pop(0, 0)
    (row, most), *_ = rows.most_common(1) or [(0, 0)]
    return (
        len(text) >= FEWEST_CHARS
        and signs >= PRINTED_SHARE * len(text)
        and latin + most >= PRINTED_SHARE * (latin + rows.total()) > 0
        and row not in _HAN_ROWS
    )


def _row(char: str) -> int:
    """The row of Unicode in which a letter stands; those of Hangul count as one."""
    row = ord(char) >> 8
    return 0xAC if 0xAC <= row <= 0xD7 else row


_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp")
MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_DOCUMENT = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_PREAMBLE = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--.*?-->)++", re.DOTALL)
_TAG = re.compile(rb"<[a-z!/][^<>]{0,400}>", re.IGNORECASE)
_CUT_TAG = re.compile(rb"<[a-z][a-z0-9]*\s[^<>]{400,}\Z", re.IGNORECASE)
"""A tag whose attributes go on beyond the bytes looked at."""
# Tags that a page or a fragment of one starts with.
_OPENING = re.compile(
    rb"</?(?:a|article|aside|b|base|blockquote|br|center|dd|div|dl|dt|em|figure|font|footer|form|h[1-6]|header|hr|i|iframe"
    rb"|img|input|li|link|main|meta|nav|ol|p|pre|script|section|span|strong|style|table|tbody|td|th|title|tr|u|ul)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def is_html(head: Head) -> bool:
    """Say whether a file is HTML: by doctype, root elements or a tag at its start, then by name if it holds any tag.

    >>> is_html(Head("page.txt", b"<!DOCTYPE html><title>x</title>"))
    True
    >>> is_html(Head("page.html", "標題\\n正文".encode())), is_html(Head("page.html", b"<p " + b"a=1 " * 999))
    (False, True)
    """
    name = head.name.lower()
    start = _ascii(head.start)
    preamble = _PREAMBLE.match(start)
    rest = start[preamble.end() :] if preamble else start
    if _DOCUMENT.match(rest):
        return True
    if name.endswith(_HTML_NAMES):
        return bool(_TAG.search(start) or _CUT_TAG.search(start))
    if name.endswith(MARKDOWN_NAMES):
        return False  # README files open with <p align="center">, and explain <html> further down
    return bool(_OPENING.match(rest)) or _holds_document(start)


_FEED = re.compile(
    rb"<(?:[\w.-]{1,40}+:)?(?:rss\b|(?:RDF|feed|channel)\b[^<>]*(?:version|xmlns|base|href)|(?:urlset|sitemapindex|opml)\b"
    rb"|(?:channel|item|entry)\b[^<>]*+>\s*+<(?:[\w.-]{1,40}+:)?(?:title|link|guid|id|pubDate|published|updated|description|creator|author|category"
    rb"|item|abstract)\b)",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    rb"(?:\s++|<\?[^>]*+>|<!--.*?-->|<!doctype\s++(?!html)[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)++", re.DOTALL | re.IGNORECASE
)
_JSON_FEED = re.compile(rb'"version"\s*+:\s*+"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_JSON_ENTRIES = re.compile(rb'"items"\s*+:\s*+\[\s*+\{')
_JSON_CONTENT = re.compile(rb'"content_(?:html|text)"\s*+:')


def is_feed(start: bytes) -> bool:
    """Say whether bytes begin a feed, a sitemap or OPML.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0"><channel>'), is_feed(b"<html><body><rss>")
    (True, False)
    """
    start = _ascii(start)
    declared = _DECLARED.match(start)
    rest = start[declared.end() :] if declared else start
    if not rest.lstrip().startswith(b"{"):
        return bool(_FEED.match(rest))
    entries = _JSON_ENTRIES.search(rest)  # some write the version behind them
    return bool(_JSON_FEED.search(rest) or (entries and _JSON_CONTENT.search(rest, entries.end())))


def _ascii(start: bytes) -> bytes:
    """Drop byte order marks and the NULs of UTF-16, so that tags can be seen."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"")


def _holds_document(start: bytes) -> bool:
    """A document that starts below something else, such as the header lines of a response."""
    match = _DOCUMENT.search(start, 0, 2048)
    return bool(match and (match.start() == 0 or start[match.start() - 1] in b"\n\r") and len(_TAG.findall(start)) >= 3)
