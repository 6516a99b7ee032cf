"""In which script each paragraph of a page is written, as far as it is Chinese: simplified, traditional or both.

Japanese is told by kana and by characters of its own, Korean by Hangul; the page helps with lines that have neither.
"""

import re
from collections.abc import Iterator, Sequence

from tui.core.model import Writing, WrittenIn
from tui.core.problems import Problem, Reason
from tui.text.words.naive import Naive, find
from tui.text.words.sided import EVERYDAY_JAPANESE, JAPANESE, SIMPLIFIED, TRADITIONAL

CLEAR = 4
"""How many times the other script's characters a script needs to stand for itself."""
KANA_SHARE = 0.2
"""Kana for each Han above which a line is Japanese; a shop's の is less."""
MOSTLY = 3
"""How many times more there must be of Japanese or Korean than of Chinese, for a page to be in it."""

MOST_WORDS = 20

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_ONLY_CHINESE = SIMPLIFIED - EVERYDAY_JAPANESE
_NO_JAPANESE = (SIMPLIFIED | TRADITIONAL) - EVERYDAY_JAPANESE
_SAMPLE = 20_000
"""Code points of a page that tell whether it is Japanese or Korean."""


def is_other(text: str) -> bool:
    """Say whether a page is Japanese or Korean, so that a line of it which has only Han is no Chinese.

    >>> is_other("図書館は開いている。"), is_other("圖書館開放中。")
    (True, False)
    """
    other = chinese = 0
    for line in text[:_SAMPLE].split("\n"):
        if is_chinese(line):
            chinese += 0 if _NO_JAPANESE.isdisjoint(line) else len(line)
        elif _KANA.search(line) or _HANGUL.search(line) or not JAPANESE.isdisjoint(line):
            other += len(line)
    return other > MOSTLY * chinese


def is_chinese(line: str, page_is_other: bool = False) -> bool:
    """Say whether a line is Chinese: it has Han, and no sign of Japanese or Korean.

    In a page in another language it has to have simplified characters that only Chinese uses.

    >>> is_chinese("國會解散"), is_chinese("国会解散、総選挙へ"), is_chinese("優の良品專賣店"), is_chinese("변화 漢字")
    (True, False, True, False)
    """
    if not _HAN.search(line) or _HANGUL.search(line):
        return False
    if _KANA.search(line) and len(_KANA.findall(line)) > KANA_SHARE * len(_HAN.findall(line)):
        return False
    if not JAPANESE.isdisjoint(line):
        return False
    return not page_is_other or len(_ONLY_CHINESE.intersection(line)) > 1


def written(line: str) -> WrittenIn:
    """Return the script of a line that is Chinese; none: nothing in it is of one script alone.

    >>> written("总统发表谈话"), written("總統發表談話"), written("总统發表談話"), written("山水人")
    ('hans', 'hant', 'mixed', 'none')
    """
    simple, full = _sides(line)
    if not simple and not full:
        return "none"
    if simple >= CLEAR * full:
        return "hans"
    return "hant" if full >= CLEAR * simple else "mixed"


def stretches(text: str) -> Iterator[Writing]:
    """Yield the Chinese lines of a page with their script, those that follow each other in the same one together.

    Lines in which nothing is of one script alone belong to no stretch.
    """
    if not _HAN.search(text):
        return
    # Without a sign of another language, which most pages are, lines need not be asked one by one.
    is_plain = not _KANA.search(text) and not _HANGUL.search(text) and JAPANESE.isdisjoint(text)
    other = not is_plain and is_other(text)
    last: Writing | None = None
    at = 0
    for line in text.split("\n"):
        is_ours = _HAN.search(line) if is_plain else is_chinese(line, other)
        script: WrittenIn = written(line) if is_ours else "none"
        if last is not None and line.strip() and script != last.script:
            yield last
            last = None
        if script != "none":
            last = Writing(last.start if last else at, at + len(line), script)
        at += len(line) + 1
    if last is not None:
        yield last


def _sides(line: str) -> tuple[int, int]:
    """How many different characters that only simplified and only traditional Chinese uses."""
    chars = frozenset(line)
    return len(SIMPLIFIED & chars), len(TRADITIONAL & chars)


def naive_words(text: str, page: str = "", writings: Sequence[Writing] | None = None) -> Iterator[Naive]:
    """Yield the words that a naive conversion left in the lines that are traditional Chinese.

    `page` is the whole text of the page if `text` is another string of it: a title alone says little. `writings` are the
    stretches of the page, if they are known.

    >>> [found.word for found in naive_words("兩國關系很好\\n音楽制作の関係者\\n两国关系,最后")]
    ['關系']
    """
    page = page or text
    if writings is not None and all(each.script == "hans" for each in writings):
        return
    found = list(find(text))
    if not found:
        return
    other, usual = is_other(page), most(page) if writings is None else _usual(writings)
    for each in found:
        line = _line_at(text, each.start)
        script = written(line)
        if is_chinese(line, other) and (usual if script == "none" else script) in ("hant", "mixed"):
            yield each


def _line_at(text: str, place: int) -> str:
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def naive_problems(text: str, writings: Sequence[Writing] | None = None) -> tuple[Problem, ...]:
    """Return a problem for each different word that a naive conversion left, at its first place; at most MOST_WORDS."""
    found: dict[str, list[Naive]] = {}
    for each in naive_words(text, writings=writings):
        found.setdefault(each.word, []).append(each)
    return tuple(_problem(places[0], len(places)) for places in list(found.values())[:MOST_WORDS])


def _problem(first: Naive, count: int) -> Problem:
    word = Reason("word_times", {"word": first.word, "count": count}) if count > 1 else first.word
    return Problem("naive_conversion", "", {"found": word, "meant": first.meant}, first.start, first.end)


def mix(writings: Sequence[Writing]) -> float:
    """Return the share of a page's Chinese, by length, that is not in the script of most of it; 0 to 1."""
    sizes = _sizes(writings)
    whole = sum(sizes.values())
    return round(1 - max(sizes.values()) / whole, 4) if whole else 0.0


def most(text: str) -> WrittenIn:
    """Return the script of most of a page's Chinese lines."""
    return _usual(list(stretches(text)))


def _usual(writings: Sequence[Writing]) -> WrittenIn:
    sizes = _sizes(writings)
    return max(sizes, key=lambda script: sizes[script]) if sizes else "none"


def _sizes(writings: Sequence[Writing]) -> dict[WrittenIn, int]:
    sizes: dict[WrittenIn, int] = {}
    for each in writings:
        sizes[each.script] = sizes.get(each.script, 0) + each.end - each.start
    return sizes
