"""What wikiextractor makes of MediaWiki's exports: files of `<doc>` elements, each an article as bare text."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import BinaryIO

from tui.core.model import Item, Limits, Options, Ref
from tui.core.page import WIKI_MEDIA, RawPage
from tui.core.shelf import Run
from tui.sources.base import Format, Head
from tui.sources.parsing.blocks import block_runs
from tui.sources.parsing.pages import bounds
from tui.sources.streams.opening import read_span

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<doc id=\"[^\"<>]*+\"[^<>]*?\btitle=\"")
_ATTRIBUTE = re.compile(r"\b(\w++)=\"([^\"]*+)\"")
_BEHIND_TITLE = re.compile(r"\" (language=.*+)")
_TAG = re.compile(r"</?(?:a|b|i|br|h[1-6]|li|ol|ul|dl|dd|dt|p)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_DEFAULT = Options()


def claims(head: Head) -> bool:
    """Say whether the file starts with such an element."""
    return bool(_START.match(head.start))


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield a reference to each article, and a row for what is missing at the end. Raises SourceError."""
    return block_runs(file, below, FORMAT.name, b"<doc id=", b"</doc>")


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one article. Raises SourceError if the file can't be read."""
    from tui.text.charset.decode import decode  # here, because scanning needs none of it

    stored, size = read_span(ref, limits.page_bytes)
    decoded = decode(stored, override=options.charset, is_clipped=size > len(stored))
    opening, _, content = decoded.text.lstrip("\ufeff\n").partition("\n")
    before, _, title = opening.rstrip().removesuffix(">").removesuffix('"').partition(' title="')
    if more := _BEHIND_TITLE.search(title):  # quotation marks in a title stand there as they are
        title = title[: more.start()]
    facts = {name: unescape(value) for name, value in _ATTRIBUTE.findall(f'{before} {more[1] if more else ""}"')}
    title = unescape(title)
    content = content.rstrip().removesuffix("</doc>").strip("\n")
    return RawPage(
        ref,
        stored,
        WIKI_MEDIA,
        size,
        size - len(stored),
        charset=decoded.charset,
        url=facts.pop("url", None) or None,
        title=title or None,
        record=facts,
        markup=_html(title, unescape(content)),
        problems=bounds(ref, len(stored), size),
    )


def _html(title: str, text: str) -> str:
    """Lines as paragraphs, but for the first if it is the title; of tags, those that --links and --html write."""
    first, _, rest = text.partition("\n")
    made = (
        line if _TAG.match(line) and not line.startswith("<a") else f"<p>{_escaped(line)}</p>"
        for line in (rest if first.strip() == title else text).split("\n")
    )
    return f'<article><h1 class="title">{escape(title)}</h1>{"".join(made)}</article>'


def _escaped(line: str) -> str:
    parts, at = [], 0
    for tag in _TAG.finditer(line):
        parts += [escape(line[at : tag.start()], quote=False), tag[0]]
        at = tag.end()
    return "".join((*parts, escape(line[at:], quote=False)))


FORMAT = Format("wikiextractor", 8, claims, scan, read, read_as=read)
