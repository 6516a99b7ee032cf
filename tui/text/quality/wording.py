"""Words and sentences as public corpora count them: signs count as words, and stand apart from those that they hang on.

The bounds of `rules` were set for what spaCy's tokenizers make of text. This comes so close to it that the same pages fail,
in a tenth of the time: `benchmarks/fails.py`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tui.core.patterns import lazy

_ENDS = ".?!‼‽⁇⁈⁉。．！？｡﹒﹖﹗։؞؟۔܀܁܂߹।॥၊။።፧፨᙮᠃᠉។៕៖꓿꘎꘏⸮⸼"
ENDS = tuple(_ENDS)
"""With which sentences end."""
_QUOTES = "'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉⟦⟧"
_SIGNS = "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪—–"
_ICONS = "¦©®°\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ufffc\ufffd\U0001f000-\U0001faff"
_LEADING = lazy(rf"(?:\.\.+|[{re.escape(_QUOTES + _SIGNS)}§%=$£€¥₽₴₹₩{_ICONS}]|\+(?!\d))++")
_ONE = lazy(r"\.\.+|''|``|.", re.DOTALL)
_TRAILING = frozenset(_QUOTES + _SIGNS)
_ICON = lazy(f"[{_ICONS}]")
_BEFORE_STOP = frozenset(_QUOTES + _SIGNS + "%²-+")
_UNIT = lazy(
    r"(?<=\d)(?:[kcdm]?m[²³]?|ha|nm|yd|in|ft|[km]?g|lb|oz|t|km/h|kmh|mph|[kmgt]b|[KMGT]B?|[%+$£€¥₽₴₹₩]|"
    r"км|[см]?м|кг|г|км/ч|[КМГТ]б)$"
)
_LONGEST_UNIT = 4
_JOINTS = str.maketrans("", "", "_+-")
_LONGEST_TOP = 63
"""Letters of what a host ends with, such as com."""
_LOWER, _UPPER = "a-zß-öø-ÿα-ωά-ώа-яё", "A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ"
_LETTER = r"[^\W\d_]"
_BETWEEN = (
    rf"\.\.+|…|[{_ICONS}]|(?<=\d)[+*^-](?=[\d-])|(?<=[{_LOWER}{re.escape(_QUOTES)}])\.(?=[{_UPPER}{re.escape(_QUOTES)}])"
    rf"|(?<={_LETTER}),(?={_LETTER})|(?<=[^\W_])[:<>=/](?={_LETTER})"
)
_HYPHENS = rf"(?:---?|[-–—~]|——)(?={_LETTER})"
_INNER = lazy(rf"{_BETWEEN}|(?<={_LETTER}){_HYPHENS}")
_INNER_OF = {
    "en": lazy(rf"{_BETWEEN}|(?<=[^\W_]){_HYPHENS}"),
    "pl": lazy(rf"\.(?=\w)|(?<={_LETTER})[-–—](?=\d)|{_BETWEEN}|(?<={_LETTER}){_HYPHENS}"),
    # Their compounds keep their hyphens.
    **dict.fromkeys(("de", "el", "es", "fr", "it"), lazy(rf"{_BETWEEN}|(?<={_LETTER})--(?={_LETTER})")),
}
"""The signs at which a word falls apart, where a language has other ones."""
_ELISION = lazy(rf"(?i:qu|lorsqu|puisqu|jusqu|all|dell|nell|sull|dall|un|quest|quell|[a-z])['’](?={_LETTER})")
_ELIDING = frozenset({"fr", "it"})
_ORDINALS = frozenset({"de", "el"})
"""Languages in which a full stop makes a number an ordinal one."""
_SHORT = lazy(
    r"(?i:ca|wo|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need|ai|sha)(?=n['’]?t$)|"
    r"(?i:i|you|he|she|it|we|they|who|what|when|where|why|how|there|that|this)(?=['’](?:ll|d|ve|m|re)$)|"
    r"(?i:can)(?=not$)|(?i:gon)(?=na$)|(?i:got)(?=ta$)"
)
"""What English contracts with another word."""
_LETTERS_ALONE = "cannot gonna gotta dont didnt doesnt isnt wasnt wont cant Cannot Gonna Gotta Dont Cant"
_CONTRACTED = frozenset(_LETTERS_ALONE.split())
"""Two words of English that are written as one, without an apostrophe."""
_STOPPED = (
    "a.m. p.m. e.g. E.g. i.e. I.e. vs. v.s. co. Co. Corp. Inc. Ltd. Bros. Dr. Mr. Mrs. Ms. Messrs. Prof. Ph.D. Jr. St. Mt. "
    "Rev. Gen. Gov. Rep. Sen. Adm. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Ala. Ariz. Ark. Calif. "
    "Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Mich. Minn. Miss. Mo. Mont. Md. Neb. Nev. Okla. Ore. Pa. Tenn. "
    "Va. Wash. Wis. г. гг. обл. тыс. руб. др. ул. т.е. т.д. т.п. см. д. Αγ. π.χ. κ.ά. δισ."
)
_UNDIVIDED = "and/or w/o ma'am o'clock O'clock :) :( ;) ): (: [: :] :D :P :* 8) :-) :-( ;-) (;"
_ABBREVIATIONS, _WHOLE = frozenset(_STOPPED.split()), frozenset((_STOPPED + " " + _UNDIVIDED).split())
_LONGEST_ABBREVIATION = 7


class Splitter:
    """Parts text of a language that has spaces between words."""

    def __init__(self, language: str | None = None) -> None:
        """`language` without its script or country."""
        self._language = language
        self._contracted = _CONTRACTED if language == "en" else frozenset[str]()
        self._known: dict[str, Sequence[str]] = {}

    def words(self, text: str) -> list[str]:
        """Return words and signs, in order.

        >>> Splitter("en").words("Don't go (yet), it's 5km to St. Ives...")
        ['Do', "n't", 'go', '(', 'yet', ')', ',', 'it', "'s", '5', 'km', 'to', 'St.', 'Ives', '...']
        """
        known, parted = self._known, list[str]()
        for chunk in text.split():
            if chunk.isalpha() and chunk not in self._contracted:
                parted.append(chunk)
                continue
            parts = known.get(chunk)
            if parts is None:
                parts = known[chunk] = self._with_sign(chunk) or list(_parts(chunk, self._language))
            parted += parts
        return parted

    def _with_sign(self, chunk: str) -> tuple[str, ...]:
        """What most chunks are that are no word, a word of ASCII and one sign, as `_parts` would part it; empty: it is none."""
        word, last = chunk[:-1], chunk[-1]
        if not (last in _TRAILING or last == ".") or not (word.isascii() and word.isalpha()):
            return ()
        if (last == "." and not _stops(chunk, 0, len(chunk), self._language)) or chunk in _WHOLE:
            return ()
        # All that English contracts ends so where it has no apostrophe.
        is_short = self._language == "en" and word[-1] in "at" and _SHORT.match(word) is not None
        return () if is_short else (word, last)

    def sentences(self, line: str) -> int:
        """Count the sentences of a line: one, and one more where a word follows a sign that ends one.

        >>> Splitter("en").sentences("It rained. (A lot!) We stayed with Mr. Gray.")
        3
        """
        count, is_ended = 1, False
        for word in self.words(line):
            if word in ENDS:
                is_ended = True
            elif is_ended and not all(map(_is_sign, word)):
                count, is_ended = count + 1, False
        return count


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter).startswith("P")


def _parts(chunk: str, language: str | None) -> Iterator[str]:
    """Words and signs of what stands between two spaces."""
    if chunk in _WHOLE:
        yield chunk
        return
    lead = _LEADING.match(chunk)
    start = lead.end() if lead else 0
    yield from _ONE.findall(chunk, 0, start)
    ends = _trailing(chunk, start, language)
    yield from _inner(chunk[start : ends[-1]], language)
    for at in range(len(ends) - 1, 0, -1):
        yield chunk[ends[at] : ends[at - 1]]


def _trailing(chunk: str, start: int, language: str | None) -> list[int]:
    """Where the signs begin and end with which a word ends, from its end on."""
    ends = [len(chunk)]
    while (end := ends[-1]) > start and (cut := _last_sign(chunk, start, end, language)) < end:
        ends.append(cut)
    return ends


def _last_sign(chunk: str, start: int, end: int, language: str | None) -> int:
    """Where the sign or unit begins with which a word ends, or where the word ends without one."""
    last, before = chunk[end - 1], chunk[end - 2] if end - 2 >= start else ""
    if last == ".":
        return end - _stops(chunk, start, end, language)
    if (last in "sS" and before and before in "'’") or (last == before and last in "'`"):
        return end - 2
    if last in _TRAILING or _ICON.match(last):
        return end - 1
    unit = _UNIT.search(chunk, max(start, end - _LONGEST_UNIT), end)
    return unit.start() if unit else end


def _stops(chunk: str, start: int, end: int, language: str | None) -> int:
    """How many full stops at the end of a word are no part of it."""
    if language == "pl":
        return 1
    if end - start <= _LONGEST_ABBREVIATION and chunk[start:end] in _ABBREVIATIONS:
        return 0
    first = end - 1
    while first > start and chunk[first - 1] == ".":
        first -= 1
    if first < end - 1:
        return end - first
    before = chunk[first - 1] if first > start else ""
    if before.isdigit():
        return int(language not in _ORDINALS)
    is_capital = before.isupper() and not (first - 1 > start and chunk[first - 2].isupper())
    return int(before in _BEFORE_STOP or (before.isalpha() and not is_capital)) if before else 0


def _inner(core: str, language: str | None) -> Iterator[str]:
    """The words of what neither begins nor ends with a sign."""
    if not core:
        return
    if language == "en" and (short := _SHORT.match(core)):
        yield from (core[: short.end()], core[short.end() :])
        return
    at = 0
    while language in _ELIDING and (elided := _ELISION.match(core, at)):
        yield elided[0]
        at = elided.end()
    if core[at:].isalnum() or _is_address(core[at:]):
        yield core[at:]
        return
    for sign in _INNER_OF.get(language or "", _INNER).finditer(core, at):
        if sign.start() > at:
            yield core[at : sign.start()]
        yield sign[0]
        at = sign.end()
    if at < len(core):
        yield core[at:]


def _is_address(word: str) -> bool:
    """Whether it is one of the web, of mail, or a host."""
    scheme, colon, _ = word.partition("://")
    if colon:
        return scheme.isalnum() and scheme.endswith(("http", "https", "ftp"))
    host = word.partition("/")[0].partition("?")[0].partition("#")[0]
    name, dot, top = host.partition(":")[0].rpartition(".")
    is_top = 2 <= len(top) <= _LONGEST_TOP and top.isalpha() and top == top.lower()
    return bool(dot) and is_top and all(part.translate(_JOINTS).isalnum() for part in name.replace("@", ".").split("."))
