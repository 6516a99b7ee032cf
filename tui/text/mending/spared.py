"""Which titles no repair changes, told without running one: a list has hundreds of thousands of them."""

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
    if title.isascii() and not _SIGN.search(title):
        return True
    if options.script != "keep" or options.also:
        return False
    if not title.isascii() and _everyday().issuperset(title):
        return True
    if not is_self_evident(title, options):
        return False
    if title.isascii():
        return True
    if _CHINESE.fullmatch(title):
        from tui.text.repairs.misread.rare import may_be_misread  # with the character model

        if not may_be_misread(title):
            return True
    from tui.text.repairs import mojibake
    from tui.text.repairs.misread.gate import suspects

    return not mojibake.is_suspicious(title) and next(suspects(title), None) is None


@cache
def _everyday() -> frozenset[str]:
    """Characters that are no sign of anything beside each other; small letters, kana and Hangul are beside Chinese ones."""
    from tui.text.repairs.misread.gate import everyday

    return frozenset(filter(_CHINESE.fullmatch, {*everyday(), *map(chr, (*range(0x80), *_SIGNS))}))


_SIGNS = (*range(0x2014, 0x2027), *range(0x3000, 0x3041), *range(0xFF01, 0xFF20))
