"""Content decoding in small steps, so that a bomb can be stopped wherever it goes off."""

import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from tui.core.errors import ReasonedError
from tui.core.problems import Reason

STEP_BYTES = 64 * 1024
"""Bytes that a decoder hands out at a time, at most; of zstd, some blocks of 128 kB at once."""
MAX_LAYERS = 4
"""Codings on top of each other that are undone."""
ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
"""What RFC 9659 lets a server ask for."""
_ZSTD_INPUT_BYTES = 256
"""Bytes that go into the zstd decoder at a time. Four make a block of up to 128 kB, so this is at most 8 MB out."""

Decoder = Callable[[Iterable[bytes]], Iterator[bytes]]


class BrokenStreamError(ReasonedError):
    """The stream can't be decoded any further."""


def unknown(codings: Sequence[str]) -> str:
    """Return the first coding that can't be undone; empty if all can.

    >>> unknown(["gzip", "br"]), unknown(["gzip", "rot13"])
    ('', 'rot13')
    """
    return next((coding for coding in codings if coding not in _DECODERS), "")


def belies(start: bytes, codings: Sequence[str]) -> str:
    """Return the coding that content says it has, where its first bytes show that it hasn't; empty if they don't.

    >>> belies(b"<html>", ["gzip"]), belies(b"\\x1f\\x8b\\x08", ["gzip"]), belies(b"<html>", ["br"])
    ('gzip', '', '')
    """
    marks = _MARKS.get(codings[-1]) if codings else None
    return "" if marks is None or len(start) < 4 or start.startswith(marks) else codings[-1]


def inflated(chunks: Iterable[bytes], codings: Sequence[str]) -> Iterator[bytes]:
    """Undo codings, given in the order in which they were applied, and yield the content piece by piece.

    Raises BrokenStreamError where a stream is broken or ends early; everything before it has been yielded by then.
    Raises KeyError for codings that are `unknown`.

    >>> b"".join(inflated([zlib.compress(b"page")], ["deflate"]))
    b'page'
    """
    pieces: Iterable[bytes] = chunks
    for coding in reversed(codings):
        pieces = _DECODERS[coding](pieces)
    return iter(pieces)


def unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip if the content is a gzip file. Raises BrokenStreamError as `inflated` does.

    >>> b"".join(unpacked(iter([b"<urlset/>"])))
    b'<urlset/>'
    """
    first = next(pieces, b"")
    coded = itertools.chain([first], pieces)
    return _gzip(coded) if first.startswith(b"\x1f\x8b\x08") else coded


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return _zlib(chunks, lambda _start: 16 + zlib.MAX_WBITS, "gzip")


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """zlib streams, and the bare deflate streams that some servers send instead."""
    return _zlib(chunks, _deflate_bits, "deflate")


def _deflate_bits(start: bytes) -> int:
    is_zlib = len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _zlib(chunks: Iterable[bytes], bits: Callable[[bytes], int], name: str) -> Iterator[bytes]:
    decoder = None
    for chunk in chunks:
        rest = chunk
        while rest:
            decoder = decoder or zlib.decompressobj(bits(rest))
            try:
                piece = decoder.decompress(rest, STEP_BYTES)
            except zlib.error as error:
                reason = str(error).rpartition(": ")[2]
                raise BrokenStreamError(Reason("stream_broken_by", {"coding": name, "error": reason})) from error
            if piece:
                yield piece
            rest = decoder.unconsumed_tail
            if decoder.eof:
                rest = decoder.unused_data.lstrip(b"\x00")  # another member, or padding
                decoder = None
    if decoder is not None:
        yield decoder.flush()
        raise BrokenStreamError(Reason("stream_ends_early", {"coding": name}))


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    for chunk in chunks:
        rest, is_drained = chunk, False
        while not is_drained and not decoder.is_finished():
            try:
                piece = decoder.process(rest, output_buffer_limit=STEP_BYTES)
            except brotli.error as error:
                raise BrokenStreamError(Reason("stream_broken", {"coding": "br"})) from error
            rest = b""
            if piece:
                yield piece
            # brotli 1.2 takes more input while output is still pending: only an empty answer says that none is.
            is_drained = not piece and decoder.can_accept_more_data()
    if not decoder.is_finished():
        raise BrokenStreamError(Reason("stream_ends_early", {"coding": "br"}))


def _zstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import zstandard

    factory = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
    decoder = None
    for chunk in chunks:
        for at in range(0, len(chunk), _ZSTD_INPUT_BYTES):
            rest = chunk[at : at + _ZSTD_INPUT_BYTES]
            while rest:
                decoder = decoder or factory.decompressobj()
                try:
                    piece = decoder.decompress(rest)
                except zstandard.ZstdError as error:
                    raise BrokenStreamError(
                        Reason("stream_broken_by", {"coding": "zstd", "error": str(error)})
                    ) from error
                if piece:
                    yield piece
                rest = decoder.unused_data if decoder.eof else b""
                if decoder.eof:
                    decoder = None
    if decoder is not None:
        raise BrokenStreamError(Reason("stream_ends_early", {"coding": "zstd"}))


_ZSTD_MARKS = (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + number, 0x2A, 0x4D, 0x18]) for number in range(16)))
"""A frame of zstd, and those that are to be skipped (RFC 8878, 3.1)."""
_MARKS: dict[str, tuple[bytes, ...]] = {"gzip": (b"\x1f\x8b",), "x-gzip": (b"\x1f\x8b",), "zstd": _ZSTD_MARKS}
"""How a stream of a coding begins, where it has a mark of its own."""
_DECODERS: dict[str, Decoder] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "identity": iter,
}
ACCEPTED = "gzip, deflate, br, zstd"
"""The value of Accept-Encoding."""
