"""Chooses characters whose bytes are lost, by a list of words, and says which `?` was half a character."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tui.text.repairs._gloss_inverse import MARKS, Unit, units
from tui.text.words import cost, in_word, pairs, words

_HIT = re.compile(r"\?(?=[" + re.escape("".join(MARKS)) + "])")
_CONTEXT = 4
"""Characters on each side that a guess is weighed with: no listed word is longer."""
_BEAM = 200
_DEAREST = 14.0
"""Bits that a guessed character may add; above it, a real question mark is likelier. From pages of known damage."""


def lost_leads(line: str) -> list[int]:
    """Places of a `?` that was half a character, before punctuation that something invisible was put in front of.

    The other half became part of the punctuation, and everything up to the next `?` of this kind, or the next byte that
    can't be misread, was shifted. A real `?` gives no words when it is read so.

    >>> lost_leads("雙邊關係實現正?;?。"), lost_leads("誰來?。他問:真的?!")
    ([7, 9], [])
    """
    found: list[int] = []
    hits = [match.start() for match in _HIT.finditer(line)]
    for number, place in enumerate(hits):
        if found and place <= found[-1]:
            continue
        for lost in ([place, *hits[number + 1 : number + 2]], [place]):
            if _explains(line, lost):
                found += lost
                break
    return found


def _explains(line: str, lost: list[int]) -> bool:
    """Whether all of `lost` fall into one run that gives words without them."""
    start, end = max(0, lost[0] - _CONTEXT), lost[-1] + 64
    window = units(line[start:end], [place - start for place in lost])
    number = next(i for i, unit in enumerate(window) if unit.start <= lost[0] - start < unit.end)
    unit = window[number]
    if unit.end + start <= lost[-1] or unit.options is None:
        return False
    return guess(unit, line[:start] + line[start : start + unit.start], line[start + unit.end :]) is not None


def guess(unit: Unit, before: str, after: str) -> str | None:
    """The likeliest text of a unit with unknown bytes, between `before` and `after`; None if nothing gives words."""
    if unit.options is None:
        return None
    return _likeliest(unit.options, before[-_CONTEXT:], after[:_CONTEXT])


@lru_cache(maxsize=256)
def _likeliest(options: Sequence[str], before: str, after: str) -> str | None:
    beam = [""]
    for number, choice in enumerate(options):
        following = options[number + 1] if number + 1 < len(options) else after[:1]
        beam = [text + char for text in beam for char in _fitting(choice, (before + text)[-1:], following)]
        beam = sorted(beam, key=lambda text: cost(before + text))[:_BEAM]
    places = [number for number, choice in enumerate(options) if len(choice) > 1]
    found = [text for text in beam if all(in_word(before + text + after, len(before) + place) for place in places)]
    if not found:
        return None
    best = min(found, key=lambda text: cost(before + text + after))
    plain = cost(before) + cost(after)
    return best if cost(before + best + after) - plain <= _DEAREST * len(options) else None


def _fitting(choice: str, before: str, following: str) -> list[str]:
    """Of several characters, those that stand in some word beside one of their neighbours."""
    if len(choice) == 1:
        return [choice]
    known, simplified = pairs(), words().simplified
    before, following = before.translate(simplified), following.translate(simplified)
    simple = ((char, char.translate(simplified)) for char in choice)
    return [char for char, key in simple if before + key in known or any(key + other in known for other in following)]
