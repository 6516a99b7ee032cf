"""Cuts the name of its site off a title."""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

_MAX_BARS = 12
_MAX_SITE = 40
"""Code points of what is cut off a title where nobody says how the site is called."""
_MIN_HOST = 5
"""Letters of a host from which on it is no word that a title has by chance."""
_MAX_SECTION = 20
"""Code points of a section's name that stands before the site's."""
_STRONG = frozenset("|｜_")
"""Bars that stand in no title but before a name."""
_BARE = re.compile(r"[\W_]+")


@cache
def _bars() -> re.Pattern[str]:
    """What stands between a title and a site's name; costly to compile, and bare text has none."""
    return re.compile(
        r"\s{1,20}[-–—|·•»«:/]\s+|\s?[|｜_]+\s?|(?<=[\u3400-\u9fff）)】”])\s?[-–—]{1,2}\s?(?=[\u3400-\u9fffA-Z])|\s?(?:——|::)\s?"
    )


def fold(text: str) -> str:
    """Letters and digits only, lower case: what titles are compared by.

    >>> fold("Rain -- again!"), fold("雨、又下了。")
    ('rainagain', '雨又下了')
    """
    return _BARE.sub("", text).lower()


def cut_site(title: str, site: str = "") -> str:
    """Take the site's name, and whatever stands between it and the title, off the end.

    >>> cut_site("大雨来了_国内_某某网"), cut_site("Rain again - The News", "The News"), cut_site("A - B")
    ('大雨来了', 'Rain again', 'A - B')
    """
    title, kind = cut_name(title, site)
    parted = [parts for parts in _split(title) if not kind or parts.kind == kind]
    # Where both stand, dashes part a title, and what is stronger parts it from the site.
    for parts in sorted(parted, key=lambda parts: parts.kind not in _STRONG):
        enough = 4 if parts.head > "\u3000" else 9
        longest = _MAX_SECTION if kind else _MAX_SITE
        if len(fold(parts.head)) >= max(enough, 0.6 * len(fold(parts.tail))) and len(parts.tail) <= longest:
            return parts.head
    return title


def cut_name(title: str, site: str) -> tuple[str, str]:
    """Return a title without the site's name at its end, once or several times, and the bar before it; empty if there is none.

    >>> cut_name("Rain - and wind | Mill | Mill", "Mill"), cut_name("Rain", "Mill")
    (('Rain - and wind', '|'), ('Rain', ''))
    """
    named, kind = fold(site), ""
    while named:
        parts = next((parts for parts in _split(title) if fold(parts.tail) == named and fold(parts.head)), None)
        if parts is None:
            break
        title, kind = parts.head, parts.kind
    return title, kind


def by_host(title: str, host: str) -> str:
    """Return the part of a title that spells the name of its host, more or less; empty if none does, or if there is but one part.

    >>> by_host("Rain again - The Harbour News", "www.harbournews.example"), by_host("Rain - again", "rain.example")
    ('The Harbour News', '')
    """
    name = fold(max(host.lower().split(".")[:-1], key=len, default=""))
    parts = _bars().split(title)
    for part in parts[::-1] if 1 < len(parts) <= _MAX_BARS and len(name) >= _MIN_HOST else ():
        folded = fold(part)
        if (name in folded or folded in name) and 2 * min(len(name), len(folded)) > max(len(name), len(folded)):
            return part.strip()
    return ""


class _Parts(NamedTuple):
    """What stands before and behind a bar in a title, and the bar's first character."""

    head: str
    tail: str
    kind: str


def opening(title: str) -> str:
    """Return what stands before the first bar of a title, or all of it.

    >>> opening("新闻动态--某某学会官网"), opening("Rain again")
    ('新闻动态', 'Rain again')
    """
    return next((parts.head for parts in _split(title)), title)


def _split(title: str) -> list[_Parts]:
    return [
        _Parts(title[: bar.start()].strip(), title[bar.end() :].strip(), bar[0].strip()[:1])
        for bar in islice(_bars().finditer(title), _MAX_BARS)
    ]
