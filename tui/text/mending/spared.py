"""Which titles no repair changes, told without running one: a list has hundreds of thousands of them."""

from collections.abc import Sequence
from functools import cache

from tui.core.model import Options
from tui.core.patterns import lazy

_SIGN = lazy(r"[&%\\=?()]|,(?=[^\w\s])")
"""The signs of ASCII that repairs go by, whatever they have found out about the page."""
_SELF_EVIDENT = lazy(
    r"[0-9A-Za-z ,.:;!'\"/_\-\u2014\u2018-\u201d\u2026\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01\uff0c\uff1a\uff1b\uff1f]*+"
)
"""Titles that are judged by themselves: of letters and characters alone. Accents, brackets and odd signs may be damage
that only the page around them explains, and judging that takes 50 times as long."""
_CHINESE = lazy(
    r"[0-9A-Z ,.:;!'\"/_\-\u2014\u2018-\u201d\u2026\u3000-\u3040\u4e00-\u9fff\uff01\uff0c\uff1a\uff1b\uff1f]*+"
)
"""Of these, what only a rare character makes a suspect: signs of misread text stand beside small letters, kana and Hangul."""


def is_self_evident(title: str, options: Options) -> bool:
    """Whether a title says by itself what has to be repaired in it, whatever stands on its page."""
    return not options.also and _SELF_EVIDENT.fullmatch(title) is not None


def is_spared(title: str, options: Options) -> bool:
    """Whether the repairs that `options` ask for leave a title as it is; False: they have to be asked.

    >>> [is_spared(title, Options()) for title in ("Rain | The Gazette", "總統 said", "caf&eacute;", "鏄ヨ妭鏈変粈涔")]
    [True, True, False, False]
    """
    return not doubtful([title], options)


def doubtful(titles: Sequence[str], options: Options) -> set[int]:
    """Return the indexes of the titles that `is_spared` does not hold for; many at once cost less."""
    found: set[int] = set()
    rare: list[int] = []
    for index, title in enumerate(titles):
        if title.isascii():
            if _SIGN.search(title):
                is_plain = options.script == "keep" and is_self_evident(title, options)
                found.update(() if is_plain else (index,))
        elif options.script != "keep" or options.also:
            found.add(index)
        elif _CHINESE.fullmatch(title):
            if not _everyday().issuperset(title):
                rare.append(index)
        elif not is_self_evident(title, options) or _has_signs(title):
            found.add(index)
    if rare:
        from tui.text.repairs.misread.rare import misread_among  # with the character model

        among = misread_among([titles[index] for index in rare])
        found |= {index for place, index in enumerate(rare) if place in among and _has_signs(titles[index])}
    return found


def _has_signs(title: str) -> bool:
    """Whether misread text may stand in a title."""
    from tui.text.repairs import mojibake
    from tui.text.repairs.misread.gate import suspects

    return mojibake.is_suspicious(title) or next(suspects(title), None) is not None


@cache
def _everyday() -> frozenset[str]:
    """Characters that are no sign of anything beside each other; small letters, kana and Hangul are beside Chinese ones."""
    from tui.text.repairs.misread.gate import everyday

    return frozenset(filter(_CHINESE.fullmatch, {*everyday(), *map(chr, (*range(0x80), *_SIGNS))}))


_SIGNS = (*range(0x2014, 0x2027), *range(0x3000, 0x3041), *range(0xFF01, 0xFF20))
