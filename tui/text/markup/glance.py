"""A page's head and its first headings at a glance: from its first kilobytes, without a parser."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TITLE_CHARS = 200
_MAX_SCRIPT = 200_000
"""Code points of a script of facts that are read."""
_MAX_HEADING = 2000
"""Code points, with tags, of a heading; one that does not end before is none."""
_MAX_HEADINGS = 12

_SILENT = re.compile(r"<!--|<(script|style|svg|noscript|template)\b([^<>]*+)>", re.IGNORECASE)
_PIECE = re.compile(r">\s*+([^<>\s][^<>]{3,300}+)</")
_LEVEL = re.compile(r"<(?:h([1-6])\b|a\b|(title\b|/))", re.IGNORECASE)
_HEADS = re.compile(r"<h([1-6])\b[^<>]*+>\s*+\Z", re.IGNORECASE)
_ENDS = {
    tag: re.compile(f"</{tag}[^<>]*+>?", re.IGNORECASE) for tag in ("script", "style", "svg", "noscript", "template")
}
# Of a tag that is cut off, or that nothing closes, what stands before the next one belongs to it.
_COMMENT_END = re.compile("--!?>")
_QUOTED = r"(?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*+"
# Of a tag that is cut off, or whose quotes nothing closes, what stands before the next one belongs to it.
_TAG = re.compile(rf"<[a-zA-Z/!?]{_QUOTED}[^<>]*+>?")
_MARK = re.compile(rf"<(title|meta|h1|link)\b({_QUOTED})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s{0,9}=\s{0,9}(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_HEADLINE = re.compile(r"\bitemprop\s?=\s?[\"']?headline\b")
_BREAK = re.compile(r"<(?:br|/?(?:div|p|section|header|hgroup|li|ul|h[1-6]))\b[^<>]*+>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*+>(.*?)(?:</a|\Z)", re.IGNORECASE | re.DOTALL)
_HEADING_END = re.compile(r"</?h1\b", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_PUBLISHED = frozenset({"article:published_time", "datepublished", "pubdate", "publishdate", "dc.date"})
"""Fields of the head that say when a page was published."""
_STATED = re.compile(r"atePublished[^<>{}]{0,60}?((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
"""The same in JSON and as a property of an element."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.年])\s?(1[0-2]|0?[1-9])(?:[-/.月])\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_ISO_DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


_SPACE = re.compile(r"[ \t\n\r\f]{1,10000}")
_EDGE = " \t\n\r\f\v\u3000\N{NO-BREAK SPACE}"
_CLOSED = b"\n</script></style></svg></noscript></template>-->\n"
"""Ends what may be open where a page was cut."""
_FAR = ((b"<h1", b"</h1", _MAX_HEADING), (b"application/ld+json", b"</script", 50_000), (b"og:title", b">", 1000))
"""What a title is told by that may stand far from the start: how it begins and ends, and bytes that are looked at for its end."""
_MAX_FAR = 4
_FIRST = (b"og:title",)
"""Marks of which only the first one counts."""
_MAX_TAG = 400
"""Bytes before a mark among which its tag begins."""


class Glimpse(NamedTuple):
    """What is seen of a page without parsing it."""

    meta: list[tuple[str, str]]
    """As `markup.html.Markup.meta` has it."""
    headings: list[tuple[list[str], float]]
    """The lines of each heading of the first level, and the share of it that is linked."""
    rest: str
    """The source without what is not shown."""


class Piece(NamedTuple):
    """What stands between two tags."""

    text: str
    linked: float
    """1.0 where the tag before it is a link's, else 0.0."""
    level: int | None
    """Of a heading, its level."""


def shortened(payload: bytes, near: int) -> bytes:
    """Return the first bytes of a page, and what further down may tell its title: in styles and menus heads grow long.

    >>> shortened(b"<title>Rain</title>" + b" " * 99 + b"<p><h1>Rain again</h1>", 19).split()
    [b'<title>Rain</title>', b'</script></style></svg></noscript></template>-->', b'<h1>Rain', b'again</h1']
    """
    parts = [payload[:near]]
    for begins, ends, most in _FAR:
        if begins in _FIRST and begins in parts[0]:
            continue
        at = near
        for _ in range(_MAX_FAR):
            if (at := payload.find(begins, at)) < 0:
                break
            start = max(near, payload.rfind(b"<", max(0, at - _MAX_TAG), at + 1))
            if (end := payload.find(ends, at, at + most)) >= 0:
                parts.append(payload[start : end + len(ends)])
            at += len(begins)
    return _CLOSED.join(parts)


def read(source: str) -> Glimpse:
    """Look at the head and the first headings.

    >>> read("<title>Rain &amp; wind | The Gazette</title><h1><a href=/1>Rain<br>again</a></h1>")[:2]
    ([('title', 'Rain & wind | The Gazette')], [(['Rain', 'again'], 1.0)])
    """
    meta: list[tuple[str, str]] = []
    headings: list[tuple[list[str], float]] = []
    source = _without_silent(source, meta)
    for mark in _MARK.finditer(source):
        tag = mark[1].lower()
        if tag == "title":
            if all(key != "title" for key, _value in meta):
                end = _TITLE_END.search(source, mark.end())
                _add(meta, "title", source[mark.end() : end.start() if end else len(source)][:_MAX_HEADING])
        elif tag == "h1":
            if len(headings) < _MAX_HEADINGS and (heading := _heading(source, mark.end())):
                headings.append(heading)
                if _HEADLINE.search(mark[2]):
                    _add(meta, "headline", " ".join(heading[0]))
        elif tag == "meta" or "canonical" in mark[2]:
            _note(meta, tag, {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(mark[2])})
    return Glimpse(meta, headings, source)


def lines(source: str) -> Iterator[Piece]:
    """What stands between tags, but for the page's title and what is long.

    >>> [*lines("<h2>Rain &amp; wind</h2><p>It <a href=/1>rained</a>.</p>")]
    [Piece(text='Rain & wind', linked=0.0, level=2), Piece(text='rained', linked=1.0, level=None)]
    >>> [*lines("<h2><a href=/2>Wind again</a></h2>")]
    [Piece(text='Wind again', linked=1.0, level=2)]
    """
    for piece in _PIECE.finditer(source):
        at = source.rfind("<", 0, piece.start())
        tag = _LEVEL.match(source, max(0, at))
        if tag and tag[2]:
            continue
        is_linked = tag is not None and not tag[1]
        if is_linked:  # a heading may be one link
            tag = _HEADS.match(source, max(0, source.rfind("<", 0, at)), at)
        yield Piece(_tidy(unescape(piece[1])), float(is_linked), int(tag[1]) if tag and tag[1] else None)


def _without_silent(source: str, meta: list[tuple[str, str]]) -> str:
    """The source without scripts, styles, drawings and comments; facts that scripts hold are noted."""
    parts, at = [], 0
    while mark := _SILENT.search(source, at):
        parts += [source[at : mark.start()], "\n"]
        tag = (mark[1] or "").lower()
        close = (_ENDS[tag] if tag else _COMMENT_END).search(source, mark.end())
        end = close.start() if close else len(source)
        if "application/ld+json" in (mark[2] or "").lower() and close and end <= mark.end() + _MAX_SCRIPT:
            meta.append(("json-ld", source[mark.end() : end].strip()))
        at = close.end() if close else end
    return "".join([*parts, source[at:]])


def _add(meta: list[tuple[str, str]], key: str, value: str) -> None:
    if text := " ".join(unescape(value).split()):
        meta.append((key.strip().lower(), text))


def _note(meta: list[tuple[str, str]], tag: str, values: dict[str, str]) -> None:
    if tag == "meta":
        for name in values.get("property", "").split() or filter(None, (values.get("name"),)):
            _add(meta, name, values.get("content", ""))
    elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
        _add(meta, "canonical", values.get("href", ""))


def _heading(source: str, start: int) -> tuple[list[str], float] | None:
    """A heading that starts at a place; None if it is empty or does not end before long."""
    end = _HEADING_END.search(source, start, start + _MAX_HEADING + len("</h1"))
    if end is None and len(source) > start + _MAX_HEADING:
        return None
    whole = source[start : end.start() if end else len(source)]
    parts = [_tidy(unescape(_TAG.sub("", part))) for part in _BREAK.sub("\x00", whole).split("\x00")]
    linked = "".join(_tidy(unescape(_TAG.sub("", link[1]))) for link in _LINK.finditer(whole))
    lines = [part for part in parts if part]
    return (lines, min(1.0, len(linked) / len("".join(lines)))) if lines else None


def published(seen: Glimpse) -> str | None:
    """Return the day that the head of a page states, as ISO 8601; None without one: the first day of the text may be a list's.

    >>> published(read('<meta property="article:published_time" content="2021-03-05T00:00:00+02:00">'))
    '2021-03-05'
    >>> published(read('<meta property="article:published_time" content="-0001-11-30T00:00:00+02:00">'))
    """
    for key, value in seen.meta:
        if key in _PUBLISHED and (day := _ISO_DAY.match(value)):
            return day[0]
        if key == "json-ld" and (stated := _STATED.search(value)):
            return stated[1]
    stated = _STATED.search(seen.rest)
    return stated[1] if stated else None


def date(text: str) -> str | None:
    """Return the day that the first lines of bare text give, as ISO 8601; None without one.

    >>> date("Rain\\n2021年3月5日 It rained.")
    '2021-03-05'
    """
    if day := _ISO_DAY.match(text):
        return day[0]
    match = _DATE.search(text, 0, 4000)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def bare(source: str) -> str:
    """Return the text between the tags, roughly.

    >>> bare("<style>p{}</style><p>Rain &amp; wind").split()
    ['Rain', '&', 'wind']
    """
    return unescape(_TAG.sub("\n", _without_silent(source, [])))


def first_line(text: str) -> str:
    """Return the first line that is not empty, as a list shows it."""
    return next((_tidy(line) for line in text.split("\n") if line.strip()), "")


def _tidy(text: str) -> str:
    """A line as a whole reading has it: spaces that no source is laid out by stay what they are."""
    return _SPACE.sub(" ", text).strip(_EDGE)[:TITLE_CHARS]
