"""Charset detection on messages of the programs installed here, beside other detectors where they are installed.

    python benchmarks/charsets_short.py [ROUNDS]

Takes GNU message catalogs (/usr/share/locale), writes pieces of them in the charsets of their languages, damages some, and
counts how often the text comes back: short (15 to 25 characters), a paragraph, a page that is mostly markup, under a wrong
label, with one and with three bad bytes, cut. None of this text went into the character model. For the peers:
`pip install chardet charset-normalizer chardetng-py`.
"""

import gettext
import importlib
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui.text.charset.decode import decode
from tui.text.charset.names import find, to_text

CATALOGS = Path("/usr/share/locale")
LANGUAGES = {
    "zh_CN": ("gb18030", "hz"),
    "zh_TW": ("big5hkscs",),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ko": ("cp949", "iso2022_kr"),
    "ru": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"),
    "uk": ("cp1251", "koi8_u"),
    "el": ("cp1253", "iso8859_7"),
    "ar": ("cp1256", "iso8859_6"),
    "he": ("cp1255", "iso8859_8"),
    "th": ("cp874",),
    "vi": ("cp1258",),
    "tr": ("cp1254",),
    "pl": ("cp1250", "iso8859_2"),
    "cs": ("cp1250", "iso8859_2"),
    "hu": ("cp1250", "iso8859_2"),
    "lt": ("cp1257",),
    "de": ("cp1252", "mac_roman"),
    "fr": ("cp1252", "mac_roman"),
    "es": ("cp1252", "cp850"),
}
ESCAPED = ("hz", "iso2022_jp", "iso2022_kr")
_NOISE = re.compile(r"%[-\w.$]*|[{}<>_&\\]|--[\w-]+|\S*[/=@]\S*")


class Row(NamedTuple):
    """Bytes, and every text that is a right answer."""

    condition: str
    payload: bytes
    right: tuple[str, ...]


def messages(language: str) -> list[str]:
    """The messages of all catalogs of a language that have enough beyond ASCII."""
    found = set()
    for path in sorted((CATALOGS / language / "LC_MESSAGES").glob("*.mo")):
        try:
            with path.open("rb") as file:
                translations = gettext.GNUTranslations(file)
        except UnicodeDecodeError:
            continue  # a catalog that belies its own charset
        for message in translations._catalog.values():  # type: ignore[attr-defined]  # noqa: SLF001 - no other way in
            text = " ".join(_NOISE.sub(" ", message).split())
            if sum(char > "\x7f" for char in text) >= max(2, len(text) // 40):
                found.add(text)
    return sorted(found)


def rows(rounds: int) -> Iterator[Row]:
    """Every condition for each language and charset, `rounds` times."""
    chance = random.Random(1)
    for language, names in LANGUAGES.items():
        all_texts = messages(language)
        for name in names:
            texts = [text for text in all_texts if is_written(text, name)]
            if texts:
                for _ in range(rounds):
                    yield from made(texts, name, chance)


def is_written(text: str, name: str) -> bool:
    """Say whether a charset can write the text and reads it back."""
    try:
        return text.encode(name).decode(name) == text
    except UnicodeError:
        return False


def made(texts: list[str], name: str, chance: random.Random) -> Iterator[Row]:
    """One row of each condition."""
    text = ""
    while len(text) < 110:
        text += chance.choice(texts) + ". "
    text = text[:150].strip()
    long = [each for each in texts if len(each) >= 25] or texts
    start = (piece := chance.choice(long)).rfind(" ", 0, max(1, len(piece) - 25)) + 1
    short = piece[start : start + chance.randint(15, 25)].strip()
    page = f"<title>{short}</title>" + '<p class="c">Text and markup</p>\n' * 30 + f"<p>{text}</p>"
    labelled = f"<meta charset={chance.choice(['utf-8', 'iso-8859-1', 'gb2312', 'windows-1251'])}><p>{text}</p>"
    for condition, whole in (("short", short), ("paragraph", text), ("markup", page), ("wrong label", labelled)):
        if any(char > "\x7f" for char in whole):
            yield Row(condition, whole.encode(name), (whole,))
    if name in ESCAPED:
        return
    parts = [text[at : at + 40].encode(name) for at in range(0, len(text), 40)]
    for condition, bad in (("one bad byte", 1), ("three bad bytes", 3)):
        payload = b"".join(part + (b"\xff " if at < bad else b"") for at, part in enumerate(parts))
        yield Row(condition, payload, readings(payload, name))
    cut = text.encode(name)[:-1]
    yield Row("cut", cut, readings(cut, name))


def readings(payload: bytes, name: str) -> tuple[str, ...]:
    """Damaged bytes as Python's codec and as the charset's own name here read them."""
    ours = find(name)
    return (payload.decode(name, "replace"), *((to_text(payload, ours)[0],) if ours else ()))


def ours(payload: bytes) -> str:
    """What copydesk makes of it."""
    return decode(payload, is_html=True).text


def peers() -> Iterator[tuple[str, Callable[[bytes], str]]]:
    """The detectors that are installed."""
    makers = {"chardet": _chardet, "charset_normalizer": _normalizer, "chardetng_py": _chardetng}
    for module, make in makers.items():
        try:
            yield module, make(importlib.import_module(module))
        except ImportError:
            print(f"{module}: not installed, left out", file=sys.stderr)


def _chardet(module: object) -> Callable[[bytes], str]:
    return lambda payload: read(payload, module.detect(payload)["encoding"])  # type: ignore[attr-defined]


def _normalizer(module: object) -> Callable[[bytes], str]:
    return lambda payload: str(module.from_bytes(payload).best() or "")  # type: ignore[attr-defined]


def _chardetng(module: object) -> Callable[[bytes], str]:
    def detect(payload: bytes) -> str:
        detector = module.EncodingDetector()  # type: ignore[attr-defined]
        detector.feed(payload, last=False)
        return read(payload, detector.guess(tld=None, allow_utf8=True))

    return detect


def read(payload: bytes, name: str | None) -> str:
    """Decode under the name that a detector gives, with our codecs, so that only its choice counts."""
    charset = find(name or "")
    return to_text(payload, charset)[0] if charset else ""


def main() -> None:
    """Print a row a detector, a column a condition."""
    cases = list(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
    if not cases:
        sys.exit(f"{CATALOGS}: no message catalogs; install programs with their translations")
    conditions = list(dict.fromkeys(row.condition for row in cases))
    print(f"{len(cases)} rows{'':12}" + "".join(f"{name:>16}" for name in ("all", *conditions)) + f"{'MB/s':>8}")
    for name, detect in [("copydesk", ours), *peers()]:
        right: dict[str, list[bool]] = defaultdict(list)
        start = time.perf_counter()
        answers = [detect(row.payload) for row in cases]
        spent = time.perf_counter() - start
        for row, answer in zip(cases, answers, strict=True):
            is_right = answer.strip() in {text.strip() for text in row.right}
            right["all"].append(is_right)
            right[row.condition].append(is_right)
        shares = "".join(f"{sum(right[key]) / len(right[key]):16.3f}" for key in ("all", *conditions))
        print(f"{name:22}{shares}{sum(len(row.payload) for row in cases) / spent / 1e6:8.2f}")


if __name__ == "__main__":
    main()
