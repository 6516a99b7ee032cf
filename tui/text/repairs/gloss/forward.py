"""The forward model of glossed readings: what mirror and spam sites do to a text, byte for byte.

A site converts simplified Chinese to traditional, encodes it as GBK and then replaces the two bytes of a character
from a fixed ranking by the same bytes with its reading in parentheses, one character of the ranking after the other,
blind to where characters begin. The bytes are decoded again by a lenient decoder. It reproduces every damaged span
that was examined in 44 real pages; the ranking was read off them (3,319 ordered pairs, no conflict).
"""

from collections.abc import Callable, Sequence
from functools import cache

_RANKING = """
    發fā 業yè 統tǒng 現xiàn 產chǎn 協xié 經jīng 網wǎng 態tài 續xù 區qū 戰zhàn
    規guī 聯lián 驅qū 內nèi 調diào 數shù 穩wěn 優yōu 創chuàng 質zhì 據jù 轉zhuǎn
    醫yī 養yǎng 環huán 節jié 構gòu 應yīng 執zhí 側cè 術shù 務wù 農nóng 鄉xiāng
    關guān 監jiān 設shè 導dǎo 領lǐng 結jié 絡luò 權quán 風fēng 擔dān 當dāng 礎chǔ
    細xì 獻xiàn 預yù 復fù 標biāo 學xué 揚yáng 準zhǔn 達dá 衛wèi 藍lán 責zé
    鎮zhèn 認rèn 負fù 機jī 訓xùn 驗yàn 費fèi 獨dú 紀jì 習xí 門mén 項xiàng
    嚴yán 運yùn 遠yuǎn 擴kuò 補bǔ 強qiáng 護hù 財cái 進jìn 實shí 隊duì 濟jì
    險xiǎn 價jià 團tuán 堅jiān 點diǎn 臺tái 計jì 評píng 報bào 滿mǎn 簡jiǎn 請qǐng
    戶hù 測cè 時shí 沒méi 號hào 動dòng 場chǎng 勢shì 見jiàn 稱chēng 專zhuān 識shí
    說shuō 會huì 萬wàn 對duì 長zhǎng 個gè 國guó 問wèn 無wú 線xiàn 開kāi 過guò
    車chē 來lái
"""
_UNRANKED = """
    著zhù 觀guān 話huà 道dào 類lèi
"""
"""Seen only in pages that gloss another subset, so that their rank is unknown."""

READINGS: dict[str, str] = {item[0]: item[1:] for item in (_RANKING + _UNRANKED).split()}
"""Character -> the reading that is written behind it; the first 122 in the order in which they are replaced."""
RANKS: dict[str, int] = {item[0]: rank for rank, item in enumerate(_RANKING.split(), 1)}
LEVELS = len(RANKS)
"""Number of ranked characters; a page uses the first N of them."""

HIT_MARKS = "；！。，"
"""Punctuation before whose bytes some sites put something, again blind to where characters begin; taken in this order."""
INVISIBLE, COMMA = 0x01, 0x2C
"""What sites put in: a byte that their decoder drops, or a visible comma."""
_FIRST_LEAD, _LAST_LEAD = 0x81, 0xFE


@cache
def encoded(char: str) -> bytes:
    """The GBK bytes of a character, one or two; empty if GBK (with the private-use pairs of GB 18030) has none.

    >>> encoded("發").hex(), encoded("a").hex(), encoded("\N{GRINNING FACE}")
    ('b06c', '61', b'')
    """
    try:
        content = char.encode("gb18030")
    except UnicodeEncodeError:  # a lone surrogate
        return b""
    return content if len(content) <= 2 else b""


@cache
def decoded(lead: int, trail: int) -> str:
    """The character of a pair of bytes, private-use ones included; empty if the pair means nothing."""
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 else ""


def is_lead(byte: int) -> bool:
    """Whether a byte opens a pair."""
    return _FIRST_LEAD <= byte <= _LAST_LEAD


def is_trail(byte: int) -> bool:
    """Whether a byte can close a pair."""
    return 0x40 <= byte <= 0x7E or 0x80 <= byte <= 0xFE


def is_private(char: str) -> bool:
    """Whether a character is of the private use area, where GB 18030 puts pairs that GBK does not map."""
    return "\ue000" <= char <= "\uf8ff"


def halved(text: str) -> str:
    """Fullwidth ASCII as halfwidth, the way some sites normalise their text afterwards.

    >>> halved("，！Ａ")
    ',!A'
    """
    return text.translate(_HALVES)


_HALVES = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def damage(
    text: str,
    level: int = LEVELS,
    *,
    characters: Sequence[str] = (),
    keep_private: bool = True,
    is_halved: bool = False,
    hits: Callable[[int], bool] | None = None,
    put_in: int = INVISIBLE,
) -> str:
    """Gloss a text as the sites do. Text that GBK lacks becomes `?`. `level` counts characters of the ranking, 0 to 122.

    `characters` names the ones that are glossed instead, in their order. `keep_private` False drops pairs that GBK does
    not map; `is_halved` writes fullwidth ASCII halfwidth at the end. `hits` is asked, with the number of each place where
    the bytes of one of `；！。，` stand, whether `put_in` is put in before it.

    >>> damage("當地時間", 22), damage("領域實現", 22), damage("日報", 122)
    ('當?shù)貢r間', '領域?qū)崿F(xiàn)', '日?qǐng)?bào)')
    """
    data = b"".join(encoded(char) or b"?" for char in text)
    for char in characters or list(RANKS)[:level]:
        key = encoded(char)
        data = data.replace(key, key + f"({READINGS[char]})".encode("gb18030"))
    if hits:
        data = _hit(data, hits, put_in)
    seen = _read(data)
    if not keep_private:
        seen = "".join(char for char in seen if not is_private(char))
    return halved(seen) if is_halved else seen


def _hit(data: bytes, hits: Callable[[int], bool], put_in: int) -> bytes:
    marks = [encoded(mark) for mark in HIT_MARKS]
    # They overlap: in 。化 (A1A3 BBAF) a ； (A3BB) begins with the second byte.
    places = {at: marks.index(data[at : at + 2]) for at in range(len(data)) if data[at : at + 2] in marks}
    hit = {at: mark for number, (at, mark) in enumerate(places.items()) if hits(number)}
    out = bytearray()
    for at, byte in enumerate(data):
        # One mark after the other, as with readings: one that another one has parted is no mark any more.
        if at in hit and hit.get(at + 1, len(marks)) >= hit[at]:
            out.append(put_in)
        out.append(byte)
    return bytes(out)


def _read(data: bytes) -> str:
    """Decode as the sites do: a lead byte before a byte that is no trail gives one `?`, and both bytes are gone."""
    out, at = [], 0
    while at < len(data):
        byte = data[at]
        if not is_lead(byte):
            if byte != INVISIBLE:
                out.append(chr(byte))
            at += 1
            continue
        trail = data[at + 1] if at + 1 < len(data) else 0
        out.append(decoded(byte, trail) if is_trail(trail) else "?")
        at += 2
    return "".join(out)
