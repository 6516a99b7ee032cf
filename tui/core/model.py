"""Every value that crosses folders. Values only: nothing here reads, decodes, parses or draws.

Offsets are code points, `start` inclusive and `end` exclusive, unless a name ends in `_bytes`.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeGuard

from tui.core.late import with_late
from tui.core.problems import Problem as Problem  # documents are made of them
from tui.core.problems import Reason
from tui.core.rows import Rows as Rows  # as above
from tui.core.values import dataclass, field

Certainty = Literal["certain", "probable"]
"""certain: follows from the bytes. probable: chosen by likelihood."""

Script = Literal["keep", "hans", "hant", "tw", "hk"]
"""What Chinese is turned into: nothing, simplified, traditional, as in Taiwan, as in Hong Kong."""

Fields = tuple[tuple[str, str], ...]
"""(body, title, url or fetched; name of a field of a record, where dots lead into objects)."""
ROLES = ("body", "title", "url", "fetched")
"""What of a page fields may be named for."""

RuleBounds = tuple[tuple[str, float], ...]
"""(name of a rule of a public corpus, bound that stands instead of its own)."""

WrittenIn = Literal["hans", "hant", "mixed", "none"]
"""The script of Chinese text. none: nothing in it is of one script alone."""

PageType = Literal["article", "forum", "listing", "product", "documentation", "service", "collection", "other"]
BlockKind = Literal[
    "title", "heading", "body", "list", "table", "code", "quote", "caption", "byline", "headline", "post", "boiler"
]
BODY_KINDS = frozenset({"heading", "body", "list", "table", "code", "quote", "post"})
"""Kinds of block whose text makes up `Document.body`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are to be read: what the user chose on the command line, in the configuration or by a key."""

    charset: str | None = None
    """Overrides every claim; a WHATWG label or one of our own names. None: found out."""
    without: frozenset[str] = frozenset()
    """Names of repairs that are not run."""
    certain: bool = False
    """Leave out every edit that was chosen by likelihood."""
    script: Script = "keep"
    also: frozenset[str] = frozenset()
    """Names of optional repairs that are run as well."""
    fields: Fields = ()
    """Which field of a record is what; what is not named is found out."""
    bounds: RuleBounds = ()


BACKSTOP = 12
"""How many times the processor's seconds a page may take by the clock, on a machine that does other things as well."""


FETCH_S = 15.0
"""Seconds for one page of the network, from the first name that is resolved to the last byte."""
DELAY_S = 1.0
"""Seconds between two requests to one host while gathering."""


@dataclass(frozen=True, slots=True)
class Limits:
    """RuleBounds on one page; a page beyond one is shown clipped or plain, and says so."""

    page_bytes: int = 32 * 1024 * 1024
    """Bytes of a page that are read; what lies beyond is counted in `RawPage.clipped`."""
    page_s: float = 5.0
    """Seconds of the processor for one page, or for what a scan finds next: only a runaway gets there."""
    memory_bytes: int = 1024 * 1024 * 1024
    """Bytes of heap for the process that reads it."""
    record_bytes: int = 0
    """Bytes of a record in JSON or a table among whose fields the page's text is looked for; 0: as many as of a page."""

    @property
    def of_record(self) -> int:
        """Bytes of a record that are read."""
        return self.record_bytes or self.page_bytes

    @property
    def backstop_s(self) -> float:
        """Seconds by the clock after which a page is given up that uses no processor: whoever reads it was stopped."""
        return BACKSTOP * self.page_s


FETCHED = "web"
"""Name of the format whose sources are addresses."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a page lies, and what reads it: enough to read it again."""

    source: str
    """Path of the file, `-` for standard input, or a URL."""
    ordinal: int
    """Place among the pages of the SOURCE that the user named, from 0."""
    format: str = ""
    """Name of the format that reads it; empty: a whole file, or member of an archive, that nobody has recognised yet."""
    offset: int = 0
    """Byte at which the record starts in the file."""
    length: int = -1
    """Bytes to read from `offset`; -1: to the end."""
    member: str | None = None
    """Name inside an archive; of an archive in an archive, the names on the way with `!/` between them."""
    spool: str = ""
    """Path of the file that holds the bytes where `source` is no file (standard input, a URL); empty: `source` is the path."""
    via: str = ""
    """The page in which an address was found; empty: the user named it. What a page names may not reach private hosts."""
    route: str = ""
    """Where `member` lies, for `tui.sources.streams.route`; empty: offsets count in the file itself."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place where a page was looked for and nothing can be read; the fields are those of `Ref`."""

    source: str
    ordinal: int
    problem: Problem
    offset: int = 0
    length: int = -1
    member: str | None = None

    @classmethod
    def at(cls, place: Ref, problem: Problem) -> "Trouble":
        """Say what is wrong there."""
        return cls(place.source, place.ordinal, problem, place.offset, place.length, place.member)


Item = Ref | Trouble
"""What stands at one row of a collection."""


def is_fetched(row: Item) -> TypeGuard[Ref]:
    """Whether a page comes from the network: its source is an address."""
    return isinstance(row, Ref) and row.format == FETCHED


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says the charset is."""

    by: str
    """override, bom, http, meta, xml, utf-8 (the bytes are valid UTF-8), guess, split (a part of the page), file (the records
    around it), json (written by us), default."""
    charset: str
    score: float | None = None
    """0 to 1 where the one who claims it gives a score."""


@dataclass(frozen=True, slots=True)
class Charset:
    """The charset a page was decoded with, who said so, and all that was said."""

    name: str
    by: str
    claims: tuple[Claim, ...] = ()


CLAIMANTS = {
    "override": "you",
    "bom": "byte order mark",
    "http": "HTTP header",
    "xml": "XML declaration",
    "utf-8": "valid UTF-8",
    "guess": "detection",
    "split": "part of the page",
    "file": "rest of the file",
}
"""`Claim.by` -> who or what that is, for people, where they use another word."""
UNREAD_CHARSET = Charset("utf-8", "default")
"""Of a page of which nothing could be read."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A charset in which a page could be read, and how the page looks in it."""

    charset: str
    score: float
    """0 to 1: how much like text the page is in it. Scores of different charsets do not add up to anything."""
    by: str
    """Who names it, as in `Claim`; chosen: nobody, but the page is read in it; empty: nobody."""
    line: str
    """The line of the page that tells most, at most 80 cells wide, harmless on a terminal."""
    lost: int
    """U+FFFD in the part of the page that was looked at."""


@dataclass(frozen=True, slots=True)
class Http:
    """What a server said with a page, and how it came here; records of archives know the first fields only."""

    status: int
    """0: it said none."""
    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) as they were sent, in order."""
    reason: str = ""
    """The words behind the status, such as `Not Found`; HTTP/2 has none."""
    version: str = ""
    """HTTP/1.1, HTTP/2 or another; empty: unknown."""
    redirects: tuple[tuple[int, str], ...] = ()
    """(status, URL) of each answer that led on, from the URL that was asked for."""
    address: str = ""
    """The IP address that answered, or the proxy's."""
    tls: tuple[tuple[str, str], ...] = ()
    """(what, value): version, cipher, subject, issuer, expires; empty: not encrypted."""
    timing_s: tuple[tuple[str, float], ...] = ()
    """(what, seconds since the start): connected, first byte, done."""
    wire_bytes: int = -1
    """Bytes that came over the connection, headers included; -1: unknown."""
    decoded_bytes: int = -1
    """Bytes of the page after transfer and content decoding; -1: unknown."""
    age_s: float | None = None
    """Seconds since the server gave or confirmed the page, at the time of reading; None: unknown, as in archives."""


@dataclass(frozen=True, slots=True)
class Step:
    """One repair's share in an edit that several made."""

    repair: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `text[start:end] == after` in the repaired text, and `before` stood there before all repairs."""

    start: int
    end: int
    before: str
    after: str
    repair: str
    """The first repair that acted here."""
    certainty: Certainty = "certain"
    steps: tuple[Step, ...] = ()
    """In order, where more than one repair acted; else empty."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lies within one line of the text."""

    start: int
    end: int
    kind: str
    """link, image, time, code, bold, italic or author."""
    value: str
    """The link's address as written, the image's alternative text, or the time's datetime attribute; else empty."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How markup wants a line to stand, or one cell of a table row that is a line; other lines have none."""

    start: int
    end: int
    quotes: int = 0
    """Quotations around it."""
    indent: int = 0
    """Cells from the left at which it starts, within its quotations."""
    marker: str = ""
    """What hangs before the first line of an item: `•`, `◦` or `12.`."""
    table: int = -1
    """Number of the table of data in which it is a cell, or a line of one; -1: none."""
    row: int = 0
    column: int = 0
    columns: int = 1
    """How many of them the cell spans."""
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """Lines that follow each other and are Chinese in one script."""

    start: int
    end: int
    script: WrittenIn


@dataclass(frozen=True, slots=True)
class Headline:
    """One item of a list of headlines that stands in a page."""

    list: str
    """related, hot, latest, index, …; with a number behind it where a page has several of a kind."""
    title: str
    start: int
    end: int
    """Where the title stands in the text."""
    url: str | None = None
    date: str | None = None
    """ISO 8601, as precise as it was found; None for relative times without a time of fetching."""
    date_text: str | None = None
    tag: str | None = None
    comments: int | None = None
    summary: str | None = None
    image_alt: str | None = None
    twin: int | None = None
    """Number among the page's headlines, from 0, of the same one in a list before; None: it stands in none."""
    heading: str | None = None
    """What stands over the list on the page; None: nothing that says what list it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind."""

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    """1 to 6 for headings."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where a post of a forum's page begins, with what stands above it about who wrote it."""

    start: int
    author: str = ""
    """Empty: nobody is named."""
    date: str | None = None
    """ISO 8601, as precise as it was found, or as it is written where nobody can tell the day; None: nothing says when."""
    number: int | None = None
    """What the forum counts it as, in the thread or among all posts; None: it shows none."""


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that a page states about itself."""

    value: Any
    """str, int or a list of str, as the key wants."""
    origin: str
    """Where it came from: `json-ld`, `meta og:title`, `text: byline`, …"""
    certainty: Certainty = "certain"
    rivals: tuple[tuple[str, str], ...] = ()
    """(value, origin) of other statements that differ."""
    before: str | None = None
    """The value before repair, where it changed."""


@dataclass(frozen=True, slots=True)
class RepairCount:
    """How often a repair acted on a page."""

    name: str
    count: int
    certainty: Certainty
    """probable: one of them is."""
    note: Reason | None = None
    """What it found out about the whole page."""
    probable: int = 0
    """How many of `count` were chosen by likelihood."""


class Twin(NamedTuple):
    """A copy of a page."""

    ref: Item
    likeness: float
    """Share of the words that the two have in common."""
    title: str


@dataclass(frozen=True, slots=True)
class Twins:
    """What an index knows of the pages that are nearly the same as one."""

    others: int
    """How many there are, one at least."""
    kept: Item | None = None
    """The first of all, of which this page is a copy; None: this page is the first."""
    likeness: float = 1.0
    """Share of the words that it and the first one have in common."""
    copies: tuple[Twin, ...] = ()
    """Of the first one: the first of its copies, as many as were asked for."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The figure by which a page fails a rule of a public corpus."""

    value: float
    bound: float
    """Beyond which it lies."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """Everything the screen and the commands show of one page; what is not given is so where nothing could be read."""

    ref: Item
    sha256: str = ""
    media: str = "text/plain"
    size: int = 0
    clipped: int = 0
    url: str | None = None
    fetched: str | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    charset: Charset = UNREAD_CHARSET
    type: PageType = "other"
    title: str = ""
    title_before: str | None = None
    language: str | None = None
    """BCP 47 with script where it matters: zh-Hans, zh-Hant, ja, en; None: unknown."""
    text: str = ""
    blocks: Rows[Block] = field(default_factory=lambda: Rows(Block))
    headlines: Rows[Headline] = field(default_factory=lambda: Rows(Headline))
    spans: Rows[Span] = field(default_factory=lambda: Rows(Span))
    posts: Rows[Post] = field(default_factory=lambda: Rows(Post))
    metadata: Mapping[str, Field] = field(default_factory=dict)
    signals: Mapping[str, float] = field(default_factory=dict)
    """Measured when they are asked for, or sent to another process."""
    fails: Mapping[str, Failure] = field(default_factory=dict)
    """Rule of a public corpus -> how the body fails it; found out as `signals` are."""
    repairs: tuple[RepairCount, ...] = ()
    edits: Rows[Edit] = field(default_factory=lambda: Rows(Edit))
    problems: tuple[Problem, ...] = ()
    http: Http | None = None
    warc: tuple[tuple[str, str], ...] = ()
    """(name, value) of the headers of its WARC record, in order."""
    scripts: Rows[Writing] = field(default_factory=lambda: Rows(Writing))
    """Which lines are Chinese in which script, in order; lines that could be either, or are none, are left out."""
    shapes: Rows[Shape] = field(default_factory=lambda: Rows(Shape))
    """In order; they do not overlap."""
    twins: Twins | None = None
    """None: it has none, or no index knows."""

    @property
    def record_id(self) -> str | None:
        """The name that the WARC record has for itself."""
        return next((value for name, value in self.warc if name.lower() == "warc-record-id"), None)

    @classmethod
    def unread(cls, ref: Item, *problems: Problem) -> "Document":
        """Stand in for a page of which nothing could be read."""
        return cls(ref, problems=problems)

    @property
    def body(self) -> str:
        """Text of the body blocks, a paragraph a line, in reading order."""
        rows = zip(*map(self.blocks.column, ("kind", "start", "end")), strict=True)
        return "\n".join(self.text[start:end] for kind, start, end in rows if kind in BODY_KINDS)


# A list asks for few of them.
with_late(Document, "sha256", "language", "blocks", "headlines", "signals", "fails", "problems", "scripts")


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """A page before any repair: its bytes as they came, and what they decode to."""

    ref: Item
    raw: bytes
    """The payload after transfer and content decoding, clipped as the limits say."""
    record: bytes
    """What lies at the reference: the whole record, of which `raw` may be one field."""
    media: str
    charset: Charset
    text: str
    """Decoded and not repaired; lines end in `\\n`."""
    problems: tuple[Problem, ...] = ()
    place: int = -1
    """Where in `text` the place stands that was asked for; -1: nobody asked, or it isn't known."""


@dataclass(frozen=True, slots=True)
class CharsetReadings:
    """The charsets between which a user may choose for a page."""

    ref: Item
    charset: Charset
    """The one that the page is read in now."""
    candidates: tuple[Candidate, ...]
    """Likeliest first; those that read the page alike are there once. Empty: the page can't be read at all."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a repair does to a page, or would do if it were on."""

    name: str
    about: str
    """One line for people."""
    is_on: bool
    is_optional: bool
    """It is off unless somebody asks for it."""
    count: int
    """Edits that it made, or would make at its place among the others."""
    probable: int
    """How many of them are chosen by likelihood."""
    before: str
    """What stood where it acts first; empty: it acts nowhere."""
    after: str


@dataclass(frozen=True, slots=True)
class RepairEffects:
    """The repairs that a user may switch on and off, with what each means for a page."""

    ref: Item
    effects: tuple[Effect, ...]
    """In the order in which they run. Empty: the page can't be read at all."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list shows of a page that nobody has opened."""

    ref: Item
    title: str
    date: str | None = None
    trouble: Problem | None = None
    """Why it can't be read, or what of its record was lost; None: nothing, as far as a peek tells."""
    url: str | None = None
    """What its record says, as is `fetched`."""
    fetched: str | None = None
    twins: int = 0
    """Pages that are nearly the same, as far as an index knows."""
