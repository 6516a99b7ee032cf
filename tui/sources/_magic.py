"""Tells text from binaries by the first bytes, and names the binary."""

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png_image"),
    (b"\xff\xd8\xff", "jpeg_image"),
    (b"GIF87a", "gif_image"),
    (b"GIF89a", "gif_image"),
    (b"%PDF-", "pdf_document"),
    (b"\x1f\x8b", "gzip_file"),
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
    (b"OggS", "ogg_file"),
    (b"ID3\x03", "mp3_file"),
    (b"ID3\x04", "mp3_file"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"wOFF", "web_font"),
    (b"wOF2", "web_font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_document"),
    (b"II*\x00", "tiff_image"),
    (b"MM\x00*", "tiff_image"),
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
    """Name the binary format that `start` begins, as the table of reasons does; empty if it looks like text in some charset.

    >>> binary_kind(b"GIF89a...")
    'gif_image'
    >>> binary_kind("text".encode("utf-16-le"))
    ''
    """
    if start.startswith(_FIRST_BYTES):
        return next(kind for signature, kind in _SIGNATURES if start.startswith(signature))
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
    return "binary_data" if len(_CONTROLS.findall(start)) > len(start) * CONTROLS_PER_BYTE else ""


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
