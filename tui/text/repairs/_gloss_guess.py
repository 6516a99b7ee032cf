"""Chooses characters whose bytes are lost, by a list of words, and says which `?` was half a character."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tui.text.repairs._gloss_inverse import MARKS, Unit, units
from tui.text.words import cost, in_word, pairs, words

_HIT = re.compile(r"\?(?=[" + re.escape(MARKS) + "])")
_CONTEXT = 4
"""Characters on each side that a guess is weighed with: no listed word is longer."""
_REACH = 16
"""Code points before a lost byte that are decoded for context; a reading takes up to eight of them."""
_BEAM = 200
_DEAREST = 12.0
"""Bits that a guessed character may add to what stands there; above it, it is no word. From pages of known damage."""
_RAREST = 22.0
"""Bits of the rarest character that a shifted run gives when it is read right."""
_OPENERS = {"“": "”", "《": "》", "（": "）"}
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that can't be known."""


def solve(line: str, is_halved: bool) -> list[Unit]:
    """Decode a damaged line anew, with the readings of its doubtful bytes that give words.

    >>> [unit.options for unit in solve("正?;?。", True)][0]
    ('正',)
    """
    lost = lost_leads(line)
    found = units(line, lost)
    if not is_halved:
        return found
    letters = [
        place
        for unit in found
        if unit.end - unit.start > 1 and not is_plausible(unit)
        for place in range(unit.start, min(unit.end + 1, len(line)))
        if line[place].isascii() and line[place].isalpha()
    ]
    if not letters:
        return found
    wide = units(line, lost, letters)
    return wide if sum(map(is_plausible, wide)) / len(wide) > sum(map(is_plausible, found)) / len(found) else found


def is_plausible(unit: Unit) -> bool:
    """Whether a unit that was shifted gives characters that people write."""
    if unit.options is None:
        return False
    known = (choice for choice in unit.options if len(choice) == 1)
    return not any(
        cost(char) > _RAREST or "\uff21" <= char <= "\uff5a" or "\ue000" <= char <= "\uf8ff" for char in known
    )


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
    start, end = max(0, lost[0] - _REACH), lost[-1] + 4 * _REACH
    window = units(line[start:end], [place - start for place in lost])
    number = next(i for i, unit in enumerate(window) if unit.start <= lost[0] - start < unit.end)
    unit = window[number]
    if unit.end + start <= lost[-1] or unit.is_swallowing:
        return False
    return guess(line[start:end], window, number) is not None


def guess(line: str, found: Sequence[Unit], number: int) -> str | None:
    """The likeliest text of a unit of the line with unknown bytes; None if nothing gives words. Its neighbours decide."""
    unit = found[number]
    if unit.options is None or not is_plausible(unit):
        return None
    before = "".join(near.after or "" for near in found[max(0, number - _CONTEXT) : number])
    after = "".join(near.after or "" for near in found[number + 1 : number + 1 + _CONTEXT])
    rest = line[unit.end :]
    options = tuple(_sign(choice, rest) if choice[0] in _SIGN_SETS else choice for choice in unit.options)
    return _likeliest(options, line[unit.start : unit.end], before[-_CONTEXT:], after[:_CONTEXT])


_SIGN_SETS = frozenset("。，")


def _sign(choice: str, after: str) -> str:
    """One of several punctuation marks: an opening one if it is closed later, else the commonest."""
    for opener, closer in _OPENERS.items():
        if opener in choice and closer in after and opener not in after[: after.index(closer)]:
            return opener
    return choice[0]


@lru_cache(maxsize=256)
def _likeliest(options: Sequence[str], seen: str, before: str, after: str) -> str | None:
    beam = [""]
    for number, choice in enumerate(options):
        following = options[number + 1] if number + 1 < len(options) else after[:1]
        beam = _extended(beam, choice, before, following)
        beam = sorted(beam, key=lambda text: cost(before + text))[:_BEAM]
    places = [number for number, choice in enumerate(options) if len(choice) > 1]
    found = [text for text in beam if all(in_word(before + text + after, len(before) + place) for place in places)]
    if not found:
        return None
    best = min(found, key=lambda text: cost(before + text + after))
    added = cost(before + best + after) - cost(before + seen + after)
    return best if added <= _DEAREST * len(places) else None


def _extended(beam: Sequence[str], choice: str, before: str, following: str) -> list[str]:
    """Each text of the beam with each character that stands in some word beside one of its neighbours."""
    if len(choice) == 1:
        return [text + choice for text in beam]
    simplified = words().simplified
    keys = choice.translate(simplified)
    last = {text: (before + text)[-1:].translate(simplified) for text in beam}
    left = pairs("".join(set(last.values())), keys)
    right = {pair[0] for pair in pairs(keys, following.translate(simplified))}
    return [
        text + char
        for text in beam
        for char, key in zip(choice, keys, strict=True)
        if key in right or last[text] + key in left
    ]
