"""MediaWiki's XML exports: a page an article, its wikitext as a wiki would show it. Of several revisions the last is read."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.core.page import WIKI_MEDIA, RawPage
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing.blocks import block_runs
from tui.sources.parsing.pages import bounds
from tui.sources.streams.opening import display_name, kept_content, once_a_stream, open_content, read_span
from tui.sources.streams.route import read_fully

if TYPE_CHECKING:
    from tui.text.markup.wikitext import Wiki

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?[^>]*+>\s*+)?(?:<mediawiki[\s>]|<page>\s*+<title>)")
_NEXT_PAGE = re.compile(rb"</revision>\s{0,99}+</page>\s{0,99}+<page>\s{0,99}+<title>")
"""Between two pages."""
_OTHER = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}+(?:\{\s{0,99}+\"|\[\s{0,99}+[{\"]|<!doctype|<html)", re.IGNORECASE)
"""How JSON and HTML start."""
SETTING_BYTES = 64 * 1024
"""Bytes at the start of an export in which the wiki is described."""
_NAMESPACE = re.compile(r"<namespace key=\"(-?\d{1,9})\"[^<>]{0,100}>([^<]{1,200})</namespace>")
_FILE, _CATEGORY = "6", "14"
_REDIRECT = re.compile(r"<redirect title=\"([^\"<>]{0,2000})\"")
_LANGUAGE = re.compile(r" xml:lang=\"([\w-]{1,40})\"")
_MARKED_UP = ("", "wikitext")
_DEFAULT = Options()


def claims(head: Head) -> bool:
    """Say whether the file starts as an export does, with a page of one, as parts of multistream files do, or within one."""
    if _ROOT.match(head.start):
        return True
    # What is told of an export may stand in records, tables, pages and programs too.
    suffix = PurePath(head.name).suffix.lower()
    is_part = suffix in ("", ".part") or suffix.startswith(".xml") or suffix[1:].isdigit()
    return is_part and _NEXT_PAGE.search(head.start) is not None and not _OTHER.match(head.start)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield a reference to each page, and a row for what is missing at either end. Raises SourceError."""
    with open_content(file, below) as stream:
        head = read_fully(stream, HEAD_BYTES)
    if not _ROOT.match(head):
        place = replace(file, length=head.find(b"<page>"))
        reason = Reason("at_byte", {"byte": file.offset, "reason": Reason("wiki_part")})
        yield Trouble.at(place, unreadable(reason, display_name(file)))
        file = replace(file, ordinal=file.ordinal + 1)
    yield from block_runs(file, below, FORMAT.name, b"<page>", b"</page>", b"mediawiki")


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one page, its last revision. Raises SourceError if the file can't be read."""
    from tui.text.charset.decode import decode  # here, because scanning needs none of it
    from tui.text.markup.wikitext import page_of

    stored, size = read_span(ref, limits.page_bytes)
    decoded = decode(stored, override=options.charset, is_clipped=size > len(stored))
    wiki, site = _setting(kept_content(ref))
    head, *revisions = decoded.text.split("<revision>")
    title = _value(head, "title")
    revision = _main(revisions[-1]) if revisions else ""
    content, model = _value(revision, "text"), _value(revision, "model")
    redirect = _REDIRECT.search(head)
    if model in _MARKED_UP:
        # What begins a redirect would begin a list elsewhere.
        markup, categories = page_of(title, content.replace("#", "&#35;", 1) if redirect else content, wiki)
    else:
        markup, categories = content, []
    author = next(filter(None, map(partial(_value, revision), ("username", "ip"))), "")
    record: dict[str, Any] = {
        "id": _value(head, "id"),
        "ns": _value(head, "ns"),
        "redirect": unescape(redirect[1]) if redirect else "",
        "date": _value(revision, "timestamp"),
        "author": [author] if author else [],
        "revision": _value(revision, "id"),
        "revisions": len(revisions) if len(revisions) > 1 else "",
        "comment": _value(revision, "comment"),
        "model": model if model not in _MARKED_UP else "",
        "tags": categories,
        "site": site,
    }
    return RawPage(
        ref,
        stored,
        WIKI_MEDIA if model in _MARKED_UP else "text/plain",
        size,
        size - len(stored),
        charset=decoded.charset,
        url=wiki.url(title) if wiki.path and title else None,
        title=title or None,
        record={key: value for key, value in record.items() if value},
        markup=markup,
        problems=bounds(ref, len(stored), size),
    )


def _main(revision: str) -> str:
    """A revision without what it holds beside its text."""
    first, *others = revision.split("<content>")
    return first + "".join(other.partition("</content>")[2] for other in others)


def _value(source: str, name: str) -> str:
    """What the first element of this name holds; empty: there is none, or nothing in it."""
    start = source.find(f"<{name}")
    while start >= 0 and source[start + len(name) + 1 : start + len(name) + 2] not in (" ", ">", "/"):
        start = source.find(f"<{name}", start + 1)
    inside = source.find(">", start) + 1
    if start < 0 or not inside or source[inside - 2] == "/":
        return ""
    end = source.find(f"</{name}>", inside)
    return unescape(source[inside : end if end >= 0 else None]).strip("\n")


@once_a_stream
def _setting(stream: BinaryIO) -> "tuple[Wiki, str]":
    """What an export says of its wiki, and the wiki's name."""
    from tui.text.markup.wikitext import Wiki

    stream.seek(0)
    head = read_fully(stream, SETTING_BYTES).decode("utf-8", "replace").partition("<page>")[0]
    base = _value(head, "base")
    query = base.find("title=")
    path = base[: query + len("title=")] if query >= 0 else base[: base.rfind("/") + 1]
    spaces: dict[str, set[str]] = {}
    for key, name in _NAMESPACE.findall(head):
        spaces.setdefault(key, set()).add(unescape(name).lower())
    language = _LANGUAGE.search(head.partition("<mediawiki")[2].partition(">")[0])
    own = Wiki(path, language[1] if language else "")
    named = replace(
        own,
        files=own.files | spaces.get(_FILE, set()),
        categories=own.categories | spaces.get(_CATEGORY, set()),
    )
    return named, _value(head, "sitename")


FORMAT = Format("mediawiki", 8, claims, scan, read, read_as=read)
