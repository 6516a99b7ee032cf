"""What the rules of public corpora measure of a body, and which of them it fails.

Measures are those of datatrove, which made FineWeb; `benchmarks/fails.py` counts the texts on which the two agree.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial

from tui.core.model import Failure, RuleBounds
from tui.core.patterns import lazy
from tui.text.quality.rules import RULES, Rule, Spacing
from tui.text.quality.wording import ENDS, Splitter

MAX_BODY = 1_000_000
"""Code points of a body that are held against rules."""
_WIDE = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_KANA = lazy(r"[\u3041-\u30ff]")
_HAN = lazy(r"[\u4e00-\u9fa5]+")
_UNSPACED = frozenset({"ja", "th", "lo", "km", "my"})
_SYMBOLS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~—–“”„’´«»…►━∶％〈〉、【】「」，；《》．（）？！：～。")
"""Signs of which a word that is none is not made up alone."""
_STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})
_ENDS_OF_C4 = (".", "?", "!", '"', "'")
_CITATION = lazy(r"\[(?:\d*|edit|citation needed)\]")
_POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_LEAST_WORDS_OF_LINE = 3
_LONGEST_WORD = 1_000
_SHORT_LINE = 30
_RUN = 13
"""Characters of a run that ChineseWebText counts."""
_FOUR_BYTES = 8
"""Of four characters in UTF-16."""

_SHORTEST_COPY = 5


class Body:
    """What can be counted in a body, once each; lines stand between line feeds."""

    def __init__(self, text: str, language: str | None = None) -> None:
        self.text = text[:MAX_BODY]
        self.language = language.partition("-")[0] if language else None

    @cached_property
    def spacing(self) -> Spacing:
        """As the language has it; of no known language, as most of its characters have."""
        if self.language == "zh":
            return "Chinese"
        if self.language is not None or self.text.isascii():
            return "unspaced" if self.language in _UNSPACED else "spaced"
        wide = sum(map(len, _WIDE.findall(self.text)))
        if wide * 3 <= sum(map(len, self.text.split())):
            return "spaced"
        return "unspaced" if _KANA.search(self.text) else "Chinese"

    def is_meant(self, rule: Rule) -> bool:
        """Return whether a rule says something of it."""
        return self.spacing in rule.of and (self.language == "en" or not rule.is_english)

    @cached_property
    def splitter(self) -> Splitter:
        """What parts its words."""
        return Splitter(self.language)

    @cached_property
    def words(self) -> list[str]:
        """Words and signs."""
        return self.splitter.words(self.text)

    @cached_property
    def word_counts(self) -> Mapping[str, int]:
        """How often each of the words stands there."""
        return Counter(self.words)

    @cached_property
    def whole_words(self) -> Mapping[str, int]:
        """Those that are more than signs."""
        counts = self.word_counts.items()
        return {word: count for word, count in counts if word.isalpha() or not _SYMBOLS.issuperset(word)}

    @cached_property
    def lines(self) -> list[str]:
        """Those that are not blank."""
        return [line for line in self.text.split("\n") if line.strip()]

    @cached_property
    def copies(self) -> tuple[int, int]:
        """Lines that stand there before, and their code points."""
        seen: set[str] = set()
        again = [line for line in self.lines if line in seen or seen.add(line)]  # type: ignore[func-returns-value]
        return len(again), sum(map(len, again))

    @cached_property
    def characters(self) -> str:
        """All without spaces, in small letters."""
        return "".join(self.text.lower().split())

    @cached_property
    def kept_by_c4(self) -> "_KeptLines":
        """What C4 keeps of it."""
        return _KeptLines(self)

    @cached_property
    def recurring(self) -> set[int]:
        """Where runs of five words begin that stand there more than once."""
        first: dict[tuple[str, ...], int] = {}
        starts: set[int] = set()
        for at, run in enumerate(self._runs(_SHORTEST_COPY)):
            before = first.setdefault(run, at)
            if before < at:
                starts.update((before, at))
        return starts

    @cached_property
    def most_copied(self) -> float:
        """What no share of `copied_runs` is above: that of the words in runs of five that stand there more than once."""
        copied = set[int]().union(*(range(at, at + _SHORTEST_COPY) for at in self.recurring))
        return sum(len(self.words[at]) for at in copied) / (len(self.text) or 1)

    def copied_runs(self, size: int) -> float:
        """Return what share of the text lies in runs of so many words that stand there before; none overlaps another."""
        seen: set[tuple[str, ...]] = set()
        count = free = 0
        for at in sorted(self.recurring):
            # What stands there more than once is made of fives that do.
            if at < free or not self.recurring.issuperset(range(at, at + size - _SHORTEST_COPY + 1)):
                continue
            run = tuple(self.words[at : at + size])
            if run in seen:
                count += sum(map(len, run))
                free = at + size
            seen.add(run)
        return count / (len(self.text) or 1)

    def top_run(self, size: int) -> float | None:
        """Return what share of the text the commonest run of so many words makes up, with spaces between them."""
        commonest = Counter(self._runs(size)).most_common(1)
        if not commonest:
            return None
        run, count = commonest[0]
        return count * (sum(map(len, run)) + size - 1) / len(self.text)

    def most_in_top_run(self, size: int) -> float:
        """Return what `top_run` is not above: no run comes more often than any of its words, and its words make up no more than each of them does."""
        letters, count = self._most
        return (size * letters + (size - 1) * count) / (len(self.text) or 1)

    @cached_property
    def _most(self) -> tuple[int, int]:
        """The letters of the word that makes up most of the text, and how often the commonest word stands there."""
        counts = self.word_counts
        return max((len(word) * count for word, count in counts.items()), default=0), max(counts.values(), default=0)

    def most_by_pairs(self, size: int) -> float:
        """Return what `top_run` is not above either, of few words that come often: no run comes more often than a pair in it."""
        longest = max(map(len, self.word_counts), default=0)
        return self._most_pairs * (size * longest + size - 1) / (len(self.text) or 1)

    @cached_property
    def _most_pairs(self) -> int:
        return max(Counter(self._runs(2)).values(), default=0)

    def _runs(self, size: int) -> Iterable[tuple[str, ...]]:
        return zip(*(self.words[start:] for start in range(size)), strict=False)

    def lines_that(self, holds: Callable[[str], bool]) -> float | None:
        """Return for what share of the lines it holds."""
        return _share(sum(map(holds, self.lines)), len(self.lines))


def _share(part: float, total: float) -> float | None:
    """Return None of nothing, of which no rule says anything."""
    return part / total if total else None


class _KeptLines:
    """The lines that C4 keeps, before it asks whether there are enough of them."""

    def __init__(self, body: Body) -> None:
        self.placeholders = self.braces = 0
        self.lines: list[str] = []
        for line in body.text.splitlines():
            self._take(line.strip())

    def _take(self, line: str) -> None:
        parted = line.split()
        line = _CITATION.sub("", line)
        if len(parted) < _LEAST_WORDS_OF_LINE or not line.endswith(_ENDS_OF_C4) or line.endswith("..."):
            return
        lowered = line.lower()
        if max(map(len, parted)) > _LONGEST_WORD:
            return
        self.placeholders += "lorem ipsum" in lowered
        if "javascript" in lowered:
            return
        self.braces += "{" in line
        if not any(words in lowered for words in _POLICIES):
            self.lines.append(line)


def _mean_length(body: Body) -> float | None:
    counts = body.whole_words
    return _share(sum(len(word) * count for word, count in counts.items()), sum(counts.values()))


def _lettered(body: Body) -> float | None:
    others = (each for each in body.word_counts.items() if not each[0].isalpha())
    without = sum(count for word, count in others if not any(map(str.isalpha, word)))
    return _share(len(body.words) - without, len(body.words))


def _count(*signs: str) -> Callable[[Body], float | None]:
    return lambda body: _share(sum(map(body.text.count, signs)), len(body.words))


def _begins_with_bullet(line: str) -> bool:
    return line.lstrip().startswith(("•", "-"))


def _ends_with_ellipsis(line: str) -> bool:
    return line.rstrip().endswith(("...", "…"))


def _ends_sentence(line: str) -> bool:
    return line.endswith(ENDS)


def _copied_lines(body: Body) -> float | None:
    return _share(body.copies[0], len(body.lines))


def _copied_letters(body: Body) -> float | None:
    """Share of the text without its line feeds."""
    return _share(body.copies[1], len(body.text) - body.text.count("\n"))


def _repeated_characters(body: Body) -> float:
    """Share of the runs of 13 characters that stand there more than once."""
    text = body.characters
    counts = Counter([text[at : at + _RUN] for at in range(len(text) - _RUN + 1)])
    return sum(count for count in counts.values() if count > 1) / max(1, counts.total())


def _most_repeated_characters(body: Body) -> float:
    """What that is not above: the share of the runs whose first four characters, a number in UTF-16, recur.

    Each four that stand there again may make one more recur, the first of their kind.
    """
    units = memoryview(body.characters.encode("utf-16-le", "surrogatepass"))
    starts = (units[shift:] for shift in range(0, _FOUR_BYTES, _FOUR_BYTES // 4))
    fours = [part[: len(part) // _FOUR_BYTES * _FOUR_BYTES].cast("Q") for part in starts]
    again = sum(map(len, fours)) - len(set[int]().union(*fours))
    return 2 * again / max(1, len(body.characters) - _RUN + 1)


_MEASURES: Mapping[str, Callable[[Body], float | None]] = {
    "gopher_duplicate_lines": _copied_lines,
    "gopher_duplicate_characters": lambda body: _share(body.copies[1], len(body.text)),
    **{f"gopher_top_{size}_grams": partial(Body.top_run, size=size) for size in (2, 3, 4)},
    **{f"gopher_duplicate_{size}_grams": partial(Body.copied_runs, size=size) for size in range(_SHORTEST_COPY, 11)},
    "gopher_few_words": lambda body: sum(body.whole_words.values()),
    "gopher_many_words": lambda body: sum(body.whole_words.values()),
    "gopher_short_words": _mean_length,
    "gopher_long_words": _mean_length,
    "gopher_hashes": _count("#"),
    "gopher_ellipses": _count("...", "…"),
    "gopher_bullet_lines": lambda body: body.lines_that(_begins_with_bullet),
    "gopher_ellipsis_lines": lambda body: body.lines_that(_ends_with_ellipsis),
    "gopher_letters": _lettered,
    "gopher_stop_words": lambda body: len(_STOP_WORDS & body.word_counts.keys()),
    "c4_lorem_ipsum": lambda body: body.kept_by_c4.placeholders,
    "c4_braces": lambda body: body.kept_by_c4.braces,
    "c4_sentences": lambda body: sum(map(body.splitter.sentences, body.kept_by_c4.lines)),
    "fineweb_ended_lines": lambda body: body.lines_that(_ends_sentence),
    "fineweb_short_lines": lambda body: body.lines_that(lambda line: len(line) <= _SHORT_LINE),
    "fineweb_duplicate_characters": _copied_letters,
    "fineweb_newlines": _count("\n"),
    "zh_characters": lambda body: len(body.text),
    "zh_line_length": lambda body: len(body.text) / (body.text.count("\n") + 1),
    "zh_han": lambda body: _share(sum(map(len, _HAN.findall(body.text))), len(body.text)),
    "zh_13_grams": _repeated_characters,
    "zh_duplicate_lines": _copied_lines,
    "zh_ended_lines": lambda body: body.lines_that(_ends_sentence),
    "zh_duplicate_characters": _copied_letters,
}
"""What each rule measures; None: there is nothing to measure, and the rule doesn't fail."""
_LIMITS: Mapping[str, Sequence[Callable[[Body], float]]] = {
    "gopher_top_2_grams": [partial(Body.most_in_top_run, size=2)],
    **{
        f"gopher_top_{size}_grams": [partial(most, size=size) for most in (Body.most_in_top_run, Body.most_by_pairs)]
        for size in (3, 4)
    },
    **{f"gopher_duplicate_{size}_grams": [lambda body: body.most_copied] for size in range(_SHORTEST_COPY, 11)},
    "c4_sentences": [lambda body: len(body.kept_by_c4.lines)],
    "zh_13_grams": [_most_repeated_characters],
}
"""What a measure is at least, or at most, on the side that its rule bounds, where that is found out sooner than the measure."""


def failed(text: str, language: str | None = None, bounds: RuleBounds = ()) -> dict[str, Failure]:
    """Return for each rule that a body fails the figure that does, and the bound; `bounds` stand before the corpora's own.

    >>> failed("It rained.", "en")["gopher_few_words"]
    Failure(value=2, bound=50)
    """
    body, others = Body(text, language), dict(bounds)
    found: dict[str, Failure] = {}
    for name, rule in RULES.items():
        bound = others.get(name, rule.bound)
        limits = _LIMITS.get(name, ())
        if not body.is_meant(rule) or not all(rule.is_beyond(limit(body), bound) for limit in limits):
            continue
        figure = _MEASURES[name](body)
        if figure is not None and rule.is_beyond(figure, bound):
            found[name] = Failure(round(figure, 4), bound)
    return found
