"""Cuts the name of its site off a title."""

import re
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

_MAX_BARS = 12
_MAX_SITE = 40
"""Code points of what is cut off a title where nobody says how the site is called."""
_MOST_ADDRESS = 200
"""Code points of an address that a page is called by."""
_MIN_HOST = 5
"""Letters of a host from which on it is no word that a title has by chance."""
_MAX_SECTION = 20
"""Code points of a section's name that stands before the site's."""
_STRONG = frozenset("|｜_")
"""Bars that stand in no title but before a name."""
_LEAST = 0.6
"""Share of what is cut off that must be left where nobody says how the site is called."""
_LEAST_STRONG = 0.4
"""The same before a strong bar."""
_LONG_STRONG = 60
"""Code points of what is cut off behind a strong bar."""
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL = bytes(range(256)).lower()


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
    if text.isascii():  # most are, and bytes are folded many times faster
        return text.encode().translate(_SMALL, _SIGNS).decode()
    return "".join(filter(str.isalnum, text)).lower()


def cut_site(title: str, site: str = "") -> str:
    """Take the site's name, and whatever stands between it and the title, off the end.

    >>> cut_site("大雨来了_国内_某某网"), cut_site("Rain again - The News", "The News"), cut_site("A - B")
    ('大雨来了', 'Rain again', 'A - B')
    """
    if fold(title) == fold(site):
        return title
    whole = title
    title, kind = cut_name(title, site)
    # Behind a name in front stands no other one behind a dash.
    kinds = {kind} if kind else _STRONG if len(title) < len(whole) else None
    parted = [parts for parts in split(title) if kinds is None or parts.kind in kinds]
    # Where both stand, dashes part a title, and what is stronger parts it from the site.
    for parts in sorted(parted, key=lambda parts: parts.kind not in _STRONG):
        enough = 4 if parts.head > "\u3000" else 9
        is_strong = parts.kind in _STRONG
        least = _LEAST_STRONG if is_strong else _LEAST
        longest = _MAX_SECTION if kind else _LONG_STRONG if is_strong else _MAX_SITE
        is_title = len(fold(parts.head)) >= max(enough, least * len(fold(parts.tail)))
        if is_title and len(parts.tail) <= longest and (is_strong or not _goes_on(parts.tail)):
            return parts.head
    return title


def _goes_on(tail: str) -> bool:
    """Words that begin with a small letter are the rest of a sentence: `ferries sail again - and then they don't`.

    One word may be a host or a brand, if its letters are those of hosts.
    """
    return tail[:1].islower() and (" " in tail or not tail.isascii())


def cut_name(title: str, site: str) -> tuple[str, str]:
    """Return a title without the site's name at its start, and from where it stands at its end; and the bar before it there.

    >>> cut_name("Rain - and wind | Mill | Mill", "Mill"), cut_name("Mill | Rain", "Mill"), cut_name("Rain", "Mill")
    (('Rain - and wind', '|'), ('Rain', ''), ('Rain', ''))
    """
    named = fold(site)
    parted = [parts for parts in split(title) if fold(parts.head) and fold(parts.tail)] if named else []
    for parts in parted:
        if _is_named(parts.tail, site, named):
            return cut_name(parts.head, site)[0], parts.kind
    for parts in parted:
        if fold(parts.head) == named:
            return parts.tail, ""
    return title, ""


def cut_behind(title: str, name: str) -> str:
    """Return a title that begins with a name, as far as a strong bar behind that: what follows it is no part of either.

    >>> cut_behind("Mill | Bread and flour", "Mill"), cut_behind("Mill - Bread | Flour", "Mill")
    ('Mill', 'Mill - Bread | Flour')
    """
    parts = next(iter(split(title)), None)
    return parts.head if parts and parts.kind in _STRONG and fold(parts.head) == fold(name) else title


def _is_named(tail: str, site: str, named: str) -> bool:
    """Says the site's name, and what it adds to it stands behind a word's end."""
    return fold(tail) == named or (
        len(named) >= _MIN_HOST
        and tail.lower().startswith(site.lower())
        and not tail[len(site) : len(site) + 1].isalnum()
    )


def by_host(title: str, host: str) -> str:
    """Return the part of a title that spells the name of its host, more or less; empty if none does, or if there is but one part.

    >>> by_host("Rain again - The Harbour News", "www.harbournews.example"), by_host("Rain - again", "rain.example")
    ('The Harbour News', '')
    """
    names = [name for name in map(fold, host.lower().split(".")[:-1]) if len(name) >= _MIN_HOST]
    parts = _bars().split(title)
    for part in parts[::-1] if names and 1 < len(parts) <= _MAX_BARS else ():
        folded = fold(part)
        if any(_spells(folded, name) for name in names):
            return part.strip()
    return ""


def _spells(part: str, name: str) -> bool:
    """Whether a part of a title holds a host's name and as much again at most, or most of the name is the part."""
    return (name in part and 2 * len(name) >= len(part)) or (part in name and 2 * len(part) > len(name))


class Parts(NamedTuple):
    """What stands before and behind a bar in a title, and the bar's first character."""

    head: str
    tail: str
    kind: str


def opening(title: str) -> str:
    """Return what stands before the first bar of a title, or all of it.

    >>> opening("新闻动态--某某学会官网"), opening("Rain again")
    ('新闻动态', 'Rain again')
    """
    return next((parts.head for parts in split(title)), title)


def split(title: str) -> list[Parts]:
    """Return what stands before and behind each bar."""
    return [
        Parts(title[: bar.start()].strip(), title[bar.end() :].strip(), bar[0].strip()[:1])
        for bar in islice(_bars().finditer(title), _MAX_BARS)
    ]


def by_address(url: str | None) -> str:
    """Return what a page without a title may be called: its host and path; empty without an address.

    >>> by_address("https://a.example/2021/%E9%9B%A8.html?from=rss"), by_address("https://a.example/"), by_address(None)
    ('a.example/2021/雨.html', 'a.example', '')
    """
    place = (url or "").partition("://")[2] or url or ""
    return unquote(re.split(r"[?#]", place, maxsplit=1)[0].rstrip("/"))[:_MOST_ADDRESS]
