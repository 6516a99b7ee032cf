"""A codec for VISCII, which Python lacks: a byte for each letter of Vietnamese, after RFC 1456."""

import codecs
from functools import cache

from tui.text.charset import added

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


def _decode(payload: bytes, errors: str, _is_final: bool) -> tuple[str, int]:
    return codecs.charmap_decode(payload, errors, _TABLE)


def _encode(text: str, errors: str) -> tuple[bytes, int]:
    return codecs.charmap_encode(text, errors, _ENCODINGS)


@cache
def register() -> None:
    """Let Python know the codec under the name `viscii`."""
    added.register("viscii", _encode, _decode)
