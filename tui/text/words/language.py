"""Tells the language of a text by its script, then by small words and letters of its own."""

import re
from collections import Counter
from collections.abc import Iterable

from tui.text.words.letters import Census, Letters
from tui.text.words.scripts import JAPANESE, SIMPLIFIED, TRADITIONAL

_SAMPLE = 20_000
"""Code points that are looked at."""
_FEW = 12
"""Letters below which a text says nothing."""
_SCRIPTS = {
    "kana": "\u3041-\u30ff",
    "han": "\u3400-\u9fff\uf900-\ufaff",
    "hangul": "\u1100-\u11ff\uac00-\ud7af",
    "cyrillic": "\u0400-\u04ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "th": "\u0e00-\u0e7f",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
_LETTERS = {name: Letters(letters) for name, letters in _SCRIPTS.items()}
_WORDS = {
    "en": "the of and to in is that for was with on are this by from have has it not be a i you my as at or we they he",
    "de": "der die das und ist nicht ein eine von mit den im für auf sich des dem auch als zu wird",
    "fr": "le la les et des est une dans pour que qui sur pas du au avec plus par ce il sont",
    "es": "el la los las de que y en un una por con para es del se no su al como más pero",
    "pt": "o os as de que e em um uma para com não do da dos das por mais no na se ao",
    "it": "il lo la gli di che e un una per con non del della è nel si sono da al più anche",
    "nl": "de het een en van is dat op te in voor met zijn niet aan er ook maar bij naar",
    "sv": "och att det som en på är av för den med till inte har ett om han de var jag",
    "da": "og at det en på er af for den med til ikke har som et de der han var jeg",
    "nb": "og at det en på er av for den med til ikke har som et de jeg han var ble",
    "fi": "ja on ei se että oli hän mutta kun niin joka ovat myös sen kuin tai mukaan",
    "pl": "w na z się że do nie jest to o jak za po od przez co dla był oraz są ale tak już tego jego ma go",
    "cs": "v na se že je s z za po jsem ve jako pro byl jeho které jsou není ale už",
    "ro": "și în la cu pe un o este care nu din pentru că mai au fost sau ale prin",
    "hu": "a az és hogy nem is egy van meg ez volt de csak már el még mint vagy",
    "tr": "ve bir bu için ile da de olarak çok daha en gibi olan kadar sonra ne ama var",
    "id": "yang dan di dari untuk dengan ini itu pada tidak dalam akan ke ada juga adalah",
    "vi": "và của là có trong được cho không một các những với người đã này khi để từ",
    "ca": "els les que i en un una per amb del és al com més no ha també aquest són",
    "hr": "i u je na se da su za od s kao koji nije ili će to bi što",
}
_CYRILLIC = {
    "ru": "и в не на что с по это как он для из его но от за был к у я все так бы же то а мы они она о до или при",
    "uk": "і в не на що з та як він для із його але від за був до це й у",
    "bg": "и в не на че с по това как той за от но се да са е ще към",
    "sr": "и у не на што с по то као он за од али је се да су ће",
    "be": "і ў не на што з як ён для яго але ад за быў да гэта",
}
_WORD = re.compile(r"[^\W\d_]+")
_WIDE_LETTER = re.compile(r"[^\W\d_\x00-\xff]")
_GAPS = bytes(code if _WORD.match(chr(code)) else 0x20 for code in range(0x100))
"""Makes spaces of what is no letter of Latin-1."""


def _by_word(words: dict[str, str]) -> dict[str, list[str]]:
    """Word -> the languages of which it is one."""
    languages: dict[str, list[str]] = {}
    for language, own in words.items():
        for word in dict.fromkeys(own.split()):
            languages.setdefault(word, []).append(language)
    return languages


_LATIN_WORDS, _CYRILLIC_WORDS = _by_word(_WORDS), _by_word(_CYRILLIC)


def identify(text: str) -> str | None:
    """Return the language as BCP 47, with the script for Chinese; None when the text says too little.

    >>> identify("當地時間七日,總統在新聞發布會上表示遺憾。"), identify("总统在新闻发布会上表示遗憾,当地时间七日。")
    ('zh-Hant', 'zh-Hans')
    >>> identify("It was the best of times, and it was the worst of times"), identify("12:30")
    ('en', None)
    """
    return judge(text)[0]


def judge(text: str) -> tuple[str | None, float]:
    """Return the language as `identify` does, and how sure that is: 0, where it is None, to 1.

    For scripts of one language it is the share of the letters that are of the script; between languages of one script, and
    between the scripts of Chinese, it counts as well how much less the next best explains.

    >>> judge("It was the best of times, and it was the worst of times"), judge("12:30")
    (('en', 1.0), (None, 0.0))
    """
    census = Census(text[:_SAMPLE])
    counts = {script: census.count(letters) for script, letters in _LETTERS.items()}
    total = sum(counts.values())
    if total < _FEW:
        return None, 0.0
    # One wide character says as much as two or three letters.
    east = {script: counts[script] * 2.5 for script in ("kana", "han", "hangul")}
    wide = sum(east.values())
    tag: str | None
    if wide > counts["latin"] and wide > 0.5 * total:
        tag, sure = _east_asian(census, counts)
        share = wide / (total - sum(counts[script] for script in east) + wide)
    else:
        script = max((name for name in counts if name not in east), key=lambda name: counts[name])
        share = counts[script] / total
        tag, sure = _of_script(census, script) if share >= 0.5 else (None, 0.0)
    return tag, round(share * sure, 3) if tag else 0.0


def _of_script(census: Census, script: str) -> tuple[str | None, float]:
    if script == "latin":
        return _by_words(census, _WORDS, _LATIN_WORDS, 0.08)
    if script == "cyrillic":
        return _by_words(census, _CYRILLIC, _CYRILLIC_WORDS, 0.05)
    return (_arabic(census.text) if script == "arabic" else script), 1.0


def _east_asian(census: Census, counts: dict[str, int]) -> tuple[str, float]:
    if counts["hangul"] > counts["han"] + counts["kana"]:
        return "ko", 1.0
    if counts["kana"] > 0.08 * (counts["han"] + counts["kana"]):
        return "ja", 1.0
    letters = Counter(census.text)
    japanese, simple, full = (
        sum(map(letters.__getitem__, own.intersection(letters))) for own in (JAPANESE, SIMPLIFIED, TRADITIONAL)
    )
    if japanese * 12 > counts["han"]:
        return "ja", 1.0  # headlines often do without kana
    if not simple and not full:
        return "zh", 1.0
    sure = abs(simple - full) / (simple + full)
    if simple > 2 * full:
        return "zh-Hans", sure
    return ("zh-Hant", sure) if full > 2 * simple else ("zh", 1.0)


def _by_words(
    census: Census, languages: Iterable[str], known: dict[str, list[str]], enough: float
) -> tuple[str | None, float]:
    words = list(_words(census))
    total = len(words)
    scores = dict.fromkeys(languages, 0)
    for word, count in Counter(filter(known.__contains__, words)).items():
        for language in known[word]:
            scores[language] += count
    best, next_best = sorted(scores, key=lambda language: -scores[language])[:2]
    if scores[best] < max(2.0, enough * total) or scores[best] == scores[next_best]:
        return None, 0.0
    return best, 1.0 - scores[next_best] / scores[best]


def _words(census: Census) -> Iterable[str]:
    """All words in small letters."""
    if not census.text.isascii() and _WIDE_LETTER.search(census.text):
        return map(str.lower, _WORD.findall(census.text))
    # Where Latin-1 has all letters, words are parted in a fifth of the time.
    return census.text.lower().encode("latin-1", "replace").translate(_GAPS).decode("latin-1").split()


def _arabic(sample: str) -> str:
    if any(letter in sample for letter in "ٹڈےہ"):
        return "ur"
    persian = sum(sample.count(letter) for letter in "گچپژی")
    return "fa" if persian > 0.02 * len(sample) else "ar"
