"""A codec for VISCII, which Python lacks: a byte for each letter of Vietnamese, after RFC 1456."""

import codecs
from functools import cache

_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
"""From 0x80 on."""
_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
"""Letters for which there was no more room."""
_TABLE = "".join(_CONTROLS.get(code, chr(code)) for code in range(0x80)) + _UPPER
_ENCODINGS = codecs.charmap_build(_TABLE)


class _Decoder(codecs.IncrementalDecoder):
    def decode(self, payload: bytes, final: bool = False) -> str:  # type: ignore[override] # noqa: ARG002
        return codecs.charmap_decode(payload, self.errors, _TABLE)[0]


def _decode(payload: bytes, errors: str = "strict") -> tuple[str, int]:
    return codecs.charmap_decode(payload, errors, _TABLE)


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return codecs.charmap_encode(text, errors, _ENCODINGS)


@cache
def register() -> None:
    """Let Python know the codec under the name `viscii`."""
    info = codecs.CodecInfo(_encode, _decode, incrementaldecoder=_Decoder, name="viscii")  # type: ignore[arg-type]
    codecs.register(lambda name: info if name == "viscii" else None)
