"""How Python is told of a codec that it lacks, and whose characters may be of several bytes."""

import codecs
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def register(
    name: str,
    encode: Callable[[str, str], tuple[bytes, int]],
    decode: Callable[[bytes, str, bool], tuple[str, int]],
) -> None:
    """Let Python know a codec. `decode` is told whether no more bytes will come; both are as `codecs.Codec` has them."""

    class Decoder(codecs.BufferedIncrementalDecoder):
        def _buffer_decode(self, payload: "ReadableBuffer", errors: str, final: bool) -> tuple[str, int]:
            return decode(bytes(payload), errors, final)

    def decode_whole(payload: "ReadableBuffer", errors: str = "strict") -> tuple[str, int]:
        return decode(bytes(payload), errors, True)

    def encode_whole(text: str, errors: str = "strict") -> tuple[bytes, int]:
        return encode(text, errors)

    info = codecs.CodecInfo(encode_whole, decode_whole, incrementaldecoder=Decoder, name=name)
    codecs.register(lambda wanted: info if wanted == name else None)
