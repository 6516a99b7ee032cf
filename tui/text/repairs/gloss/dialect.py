"""What a page's damage looks like, and whether that damage makes what stands there."""

import re
from collections import Counter
from itertools import product

from tui.core.values import dataclass
from tui.text.repairs.gloss.bytes_around import GLOSS, MARKS, SWALLOWED, keys_of, widened
from tui.text.repairs.gloss.forward import (
    COMMA,
    HIT_MARKS,
    INVISIBLE,
    RANKS,
    READINGS,
    damage,
    decoded,
    encoded,
    halved,
    is_private,
)
from tui.text.repairs.gloss.likelihood import SIGN

_MIN_HITS, _MIN_CHARACTERS = 3, 2
_MAX_BARE = 0.1
"""Share of a glossed character's uses that may stand without a gloss; people gloss the first use only."""
_MAX_FOREIGN = 0.2
"""Share of readings behind characters that no site glosses; people gloss any character."""
_MIN_COMMAS = 3
_WIDTH = re.compile(f"[\u4e00-\u9fff](?:,(?=[，,]))?([，,])(?![{MARKS}])")
"""A comma, behind one that was put in or not: in its width."""
_TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a page's damage looks like, as far as it matters for undoing it."""

    characters: tuple[str, ...]
    """The characters that are glossed, in the order in which they were."""
    level: int
    """They are the first so many of the ranking; 0: another subset."""
    is_halved: bool
    """Fullwidth ASCII was made halfwidth after the damage."""
    has_private: bool
    """Pairs that nothing maps are there, as private-use characters; else they may have vanished."""
    has_commas: bool
    """What was put in before punctuation is a visible comma."""
    is_sure: bool
    """Some readings stand between two halves of a character, as no person puts them."""

    def makes(self, clean: str, seen: str, hits: tuple[int, ...] = ()) -> bool:
        """Whether this damage makes `seen` of a text; `hits` are the bytes before which something was put in."""
        clean, seen = clean.replace(SIGN, "1"), _SPACED.sub(")", seen).replace("\N{EURO SIGN}", "\x80")
        clean, hits = _widened(clean, hits)
        places = frozenset(_number(clean, place) for place in hits)
        texts = [clean]
        if self.is_halved and not hits:
            texts.append("".join(widened(char) if char in MARKS else char for char in clean))
        for text, keep in product(texts, (True, False)):
            made = damage(
                text,
                characters=self.characters,
                keep_private=keep,
                is_halved=self.is_halved,
                hits=places.__contains__ if places else None,
                put_in=COMMA if self.has_commas else INVISIBLE,
            )
            if made == (halved(seen) if self.is_halved else seen):
                return True
        return False


_SPACED = re.compile("[ \u00a0]\\)")


def _widened(text: str, hits: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """A text with the marks that were hit in their fullwidth form, and where those hits are then."""
    out, size = "", 0
    shifts = {place: place for place in hits}
    for char in text:
        wide = widened(char) if size in shifts and char in MARKS else char
        if wide != char:
            shifts = {place: now + (place > size) for place, now in shifts.items()}
        out += wide
        size += len(encoded(char)) or 1
    return out, tuple(sorted(shifts.values()))


def _number(text: str, place: int) -> int:
    """How many marks stand before a byte of a text."""
    content = b"".join(encoded(char) or b"?" for char in text)
    marks = [encoded(mark) for mark in HIT_MARKS]
    return sum(content[at : at + 2] in marks for at in range(place))


def recognise(text: str) -> Dialect | None:
    """Find out how a page was glossed; None: not by machine.

    >>> dialect = recognise("總統(tǒng)府網(wǎng)站發(fā)布經(jīng)濟數(shù)據")
    >>> dialect.level if dialect else None
    18
    """
    hits: Counter[str] = Counter()
    across: Counter[str] = Counter()
    decisive = foreign = 0
    for match in re.finditer(f"(?s)(.)(?:{GLOSS.pattern}|{SWALLOWED.pattern})", text):
        char, reading, swallowed = match.groups()
        if swallowed:
            keys = [key for key in keys_of(swallowed) if key[:1] == encoded(char)[-1:]]
            decisive += bool(keys)
            across.update(decoded(*keys[0]) for _ in keys if len(keys) == 1)
        elif READINGS.get(char) == reading:
            hits[char] += 1
        else:
            foreign += (
                "\u3400" <= char <= "\u9fff" and not _TONES.isdisjoint(reading) and not _is_shifted(char, reading)
            )
    if not decisive and (hits.total() < _MIN_HITS or len(hits) < _MIN_CHARACTERS):
        return None
    if foreign > _MAX_FOREIGN * (foreign + hits.total() + decisive):
        return None
    glossed = _glossed(hits + across, Counter(char for char in text if char in READINGS) + across, decisive)
    if glossed is None:
        return None
    characters, level = glossed
    widths = Counter(_WIDTH.findall(text))
    return Dialect(
        characters,
        level,
        is_halved=widths[","] > widths["，"],
        has_private=any(map(is_private, text)),
        has_commas=bool(_SURE_COMMA.search(text)) or len(_COMMA_HIT.findall(text)) >= _MIN_COMMAS,
        is_sure=decisive > 0,
    )


_COMMA_HIT = re.compile(f",(?=[{MARKS}])")
_SURE_COMMA = re.compile(",(?=[。；！])")
"""What nobody writes, be it only once."""


def _is_shifted(char: str, reading: str) -> bool:
    """Whether a character ends with a byte that a reading's character ends with, so that its lead may have vanished."""
    return any(key[1:] == encoded(char)[-1:] for key in keys_of(reading))


def _glossed(hits: Counter[str], uses: Counter[str], decisive: int) -> tuple[tuple[str, ...], int] | None:
    """The characters that are glossed and the level; None if too many of them stand bare."""
    level = _level(hits, uses)
    ranked = [char for char, rank in RANKS.items() if rank <= level]
    others = [char for char in hits if char not in ranked]
    bare = sum(uses[char] - hits[char] for char in [*ranked, *others])
    if bare > _MAX_BARE * (bare + hits.total()) and not (decisive and bare <= decisive):
        ranked, others, level = [], list(hits), 0
        bare = sum(uses[char] - hits[char] for char in others)
        if bare > _MAX_BARE * (bare + hits.total()):
            return None
    return (*ranked, *others), level


def _level(hits: Counter[str], uses: Counter[str]) -> int:
    """How much of the ranking is glossed: where glossed uses outweigh bare ones the most."""
    best = level = total = 0
    for char, rank in RANKS.items():
        total += 2 * hits[char] - uses[char]
        if hits[char] and total >= best:
            best, level = total, rank
    return level
