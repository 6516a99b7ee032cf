"""Where the links of a saved page lead among the files beside it, and by which letters links are chosen."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
_INDEXES = ("index.html", "index.htm")
_NOWHERE = frozenset({"", "javascript", "mailto", "tel", "data", "about", "blob", "sms", "whatsapp", "file", "ftp"})
"""Schemes under which there is no page to be read."""


def leads_somewhere(link: str) -> bool:
    """Whether a link names another page that can be read.

    >>> leads_somewhere("a/b.html"), leads_somewhere("#top"), leads_somewhere("mailto:a@example.org")
    (True, False, False)
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.path or parts.query or parts.netloc) and (not parts.scheme or parts.scheme not in _NOWHERE)


def candidates(page: str, link: str) -> list[str]:
    """Return the paths of the files that a link of a saved page may mean, likeliest first.

    `page` is the page's path, with `/` between its parts. A link from the root is looked for below each folder above
    the page, one with a host below the folder that is named like it, as mirroring tools save sites.

    >>> candidates("/site/a/p1.html", "p%202.html?id=3#top")
    ['/site/a/p 2.html?id=3', '/site/a/p 2.html']
    >>> candidates("/saved/example.org/a/p1.html", "https://example.org/b.html")
    ['/saved/example.org/b.html']
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return []
    folder = posixpath.dirname(page)
    path = unquote(parts.path)
    if parts.netloc:
        above = f"/{folder}/".find(f"/{parts.netloc}/")
        roots = [folder[: above + len(parts.netloc)]] if above >= 0 else []
    elif parts.scheme or not (path or parts.query):
        return []
    elif path.startswith("/"):
        roots = list(_folders(folder))
    else:
        roots = [folder]
        path = path or posixpath.basename(page)
    found: dict[str, None] = {}
    for root in roots:
        base = posixpath.normpath(posixpath.join(root, path.lstrip("/")))
        found |= dict.fromkeys(_spellings(base, parts.query, is_folder=path.endswith("/") or not path))
    return list(found)


def _folders(folder: str) -> Iterator[str]:
    """A folder and those above it."""
    while True:
        yield folder
        above = posixpath.dirname(folder)
        if above == folder:
            return
        folder = above


def _spellings(path: str, query: str, *, is_folder: bool) -> Iterator[str]:
    if query:
        yield f"{path}?{query}"
    if not is_folder:
        yield path
    if is_folder or "." not in posixpath.basename(path):
        yield from (posixpath.join(path, name) for name in _INDEXES)
        yield f"{path}.html"


def labels(count: int) -> list[str]:
    """Return short names for so many links, of one letter each or, if there are more than letters, of two.

    >>> labels(3), labels(27)[-2:]
    (['a', 's', 'd'], ['am', 'sa'])
    """
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]
