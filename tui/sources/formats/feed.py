"""Feeds, RSS, Atom and JSON Feed: a page that lists the entries, and each entry as a page. Sitemaps and OPML: that one page.

An entry's bytes are its element; what stands before the first one (charset, namespaces, base) counts for all of them.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from tui.core.files import is_address
from tui.core.model import Charset, Item, Limits, Options, Ref
from tui.core.page import ENTRY_MEDIA, FEED_MEDIA, RawPage
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing.json_spans import listed
from tui.sources.parsing.lines import in_columns, runs
from tui.sources.parsing.magic import MARKDOWN_NAMES, is_feed
from tui.sources.parsing.pages import bounds, damaged_content, problem_in, read_file
from tui.sources.parsing.wording import ascii_of, byte_order, characters
from tui.sources.parsing.xml_spans import elements
from tui.sources.streams.opening import damaged_rows, kept_content, once_a_stream, open_content, read_span
from tui.sources.streams.route import read_fully

if TYPE_CHECKING:
    from tui.text.markup.feeds import FeedEntry, Setting

SETTING_BYTES = 64 * 1024
"""Bytes at the start of a feed that tell what counts for its entries."""
_NO_ENTRIES = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex|opml)[\s>]", re.IGNORECASE)
_NEXT_ENTRY = re.compile(
    rb"</((?:[\w.-]{1,40}+:)?(?:item|entry))>\s{0,99}+<\1[\s>][^<]{0,99}+<(?:[\w.-]{1,40}+:)?(?:title|link|guid|id)\b",
    re.IGNORECASE,
)
"""Between two entries."""
_DEFAULT = Options()


def claims(head: Head) -> bool:
    """Say whether the file starts like a feed, a sitemap or OPML, or within an entry before others."""
    is_prose = head.name.lower().endswith((*MARKDOWN_NAMES, ".txt", ".rst"))
    return is_feed(head.start) or (not is_prose and _NEXT_ENTRY.search(ascii_of(head.start)) is not None)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield the feed's own page, and a reference to each of its entries. Raises SourceError if the file can't be read."""
    yield replace(file, format=FORMAT.name)
    with open_content(file, below) as stream:
        text, width = characters(stream, byte_order(stream))
        head = text.read(SETTING_BYTES // width)
        if _NO_ENTRIES.search(head):
            return
        text.seek(0)
        is_json = head.lstrip(b"\xef\xbb\xbf\xff \t\r\n").startswith(b"{")
        spans = listed(text, b"items") if is_json else elements(text, b"item", b"entry")
        behind = replace(file, ordinal=file.ordinal + 1)
        ordinal = yield from runs(behind, FORMAT.name, in_columns(spans), width)
        yield from damaged_rows(stream, file, ordinal)


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read the feed as a page, or one entry of it. Raises SourceError if it can't be read."""
    if ref.length < 0:
        page = read_file(ref, limits, FEED_MEDIA)
        is_part = page.payload and not is_feed(page.payload[:HEAD_BYTES])
        within = (damaged_content(ref, Reason("feed_part")),) if is_part else ()
        return replace(page, problems=(*page.problems, *within))
    from tui.text.charset.decode import decode  # here, because scanning needs none of it
    from tui.text.markup.feeds import entry, page_of

    stored, size = read_span(ref, limits.page_bytes)
    charset, here = _settled(ref, options.charset)
    said = entry(decode(stored, settled=charset).text, here)
    return RawPage(
        ref,
        stored,
        ENTRY_MEDIA,
        size,
        size - len(stored),
        charset=charset,
        url=_url(ref, said.link),
        title=said.title or None,
        record=_record(said),
        markup=page_of(said, here.language),
        problems=(*bounds(ref, len(stored), size), *_shortcomings(ref, said, is_clipped=len(stored) < size)),
    )


def _url(ref: Ref, link: str) -> str | None:
    """Where an entry's link leads from its feed, where that has an address."""
    if not (link and is_address(ref.source)):
        return link or None
    from tui.text.markup.head import joined  # files need none of it

    return joined(ref.source, link)


def _settled(ref: Ref, charset: str | None) -> "tuple[Charset, Setting]":
    """The charset of a feed, and what counts for its entries. Raises SourceError."""
    from tui.text.charset.decode import decode  # as above
    from tui.text.markup.feeds import setting

    sample, known = _sampled(kept_content(ref))
    if charset not in known:
        decoded = decode(sample, override=charset, is_clipped=len(sample) == SETTING_BYTES)
        known[charset] = decoded.charset, setting(decoded.text)
    return known[charset]


@once_a_stream
def _sampled(stream: BinaryIO) -> "tuple[bytes, dict[str | None, tuple[Charset, Setting]]]":
    """The start of a feed, and what is known of it by the charset that the user names."""
    stream.seek(0)
    return read_fully(stream, SETTING_BYTES), {}


def _record(said: "FeedEntry") -> dict[str, Any]:
    """What an entry states, under the names that most records use."""
    record = {
        "date": said.date,
        "updated": said.updated if said.updated != said.date else "",
        "author": list(said.authors),
        "tags": list(said.tags),
        **said.more,
    }
    return {key: value for key, value in record.items() if value}


def _shortcomings(ref: Ref, said: "FeedEntry", *, is_clipped: bool) -> Iterator[Problem]:
    if not said.has_end and not is_clipped:
        yield damaged_content(ref, Reason("entry_cut"))
    if not said.is_whole:
        yield problem_in(ref, "summary_only", url=said.link or "-")


FORMAT = Format("feed", 8, claims, scan, read, read_as=read)
