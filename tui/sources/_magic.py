"""Tells text from binaries by the first bytes, and names the binary."""

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x7fELF", "an ELF program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\xca\xfe\xba\xbe", "a Mach-O program or Java class"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "an Ogg file"),
    (b"ID3\x03", "an MP3 file"),
    (b"ID3\x04", "an MP3 file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
)
_FIRST_BYTES = tuple(signature for signature, _ in _SIGNATURES)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Tab, line feed, vertical tab, form feed, carriage return, backspace, SO, SI, SUB and ESC stand in text files and
# legacy charsets; hostile pages hold more, but not at every turn.
_CONTROLS = re.compile(rb"[\x00-\x07\x10-\x19\x1c-\x1f]")
_NO_HIGH_BYTE = re.compile(rb"[^\x00\x20\x30\x4e-\x9f\xff]")
SHORT_BYTES = 256
CONTROLS_PER_BYTE = 1 / 16
"""Share of other control bytes from which on a file counts as binary; random bytes have 1/10."""


def binary_kind(start: bytes) -> str:
    """Name the binary format that `start` begins; empty if it looks like text in some charset.

    >>> binary_kind(b"GIF89a...")
    'a GIF image'
    >>> binary_kind("text".encode("utf-16-le"))
    ''
    """
    if start.startswith(_FIRST_BYTES):
        return next(kind for signature, kind in _SIGNATURES if start.startswith(signature))
    if start[:4] == b"RIFF" and start[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "a WebP image", b"WAVE": "a WAV file", b"AVI ": "an AVI film"}[start[8:12]]
    if start[4:8] == b"ftyp":
        return "an MP4 film or HEIF image"
    if start[257:262] == b"ustar":
        return "a tar archive"
    # A byte lost further down shifts the columns, but only from there on.
    if start.startswith(_BOMS) or is_utf16(start) or is_utf16(start[:SHORT_BYTES]):
        return ""
    if not start.strip(b"\x00"):
        return "nothing but NUL bytes" if start else ""
    return "binary data" if len(_CONTROLS.findall(start)) > len(start) * CONTROLS_PER_BYTE else ""


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
