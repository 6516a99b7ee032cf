"""A page on its way from bytes to a document: as it was found, and as it was decoded and repaired.

Offsets are code points, `start` inclusive and `end` exclusive, unless a name ends in `_bytes`.
"""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from tui.core.model import Charset, Claim, Edit, Failure, Field, Http, PageType, Problem, Ref, Shape, Span
from tui.core.rows import Rows
from tui.core.values import dataclass, field

FEED_MEDIA, ENTRY_MEDIA = "application/feed", "application/feed-entry"
"""Media types of feeds, sitemaps and OPML of all kinds, and of one entry of a feed."""
WIKI_MEDIA = "text/x-wiki"
"""Of articles of a wiki, out of its export or what others made of that."""


TextForm = Literal["page", "document", "message", "talk"]
"""What a text is by where it stands: scraped, with what a site puts around an article; or written as one by somebody."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchRow:
    """A page as the row of a batch has it."""

    text: str
    """All of it, repaired; where the row has no more, the body."""
    edits: Rows[Edit]
    """Those within the text."""
    others: tuple[Edit, ...]
    """Those outside of the body, where that is all there is."""
    body: tuple[tuple[int, int], ...]
    """Where in the text the body stands, in order."""
    charset: Charset
    type: PageType
    language: str | None
    metadata: Mapping[str, Field]
    signals: Mapping[str, float]
    fails: Mapping[str, Failure] | None
    """Rule of a public corpus -> the figure by which the body fails it; None: the row doesn't say."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RawPage:
    """The bytes of one page as they were found, and what the container says about them."""

    ref: Ref
    payload: bytes
    media: str
    """text/html, text/plain or another text type, recognised by content first."""
    size: int
    """Bytes of the page in its source; `payload` may hold less."""
    clipped: int = 0
    """Bytes beyond the limit that were not read."""
    claims: tuple[Claim, ...] = ()
    """What the container says about the charset, strongest first."""
    charset: Charset | None = None
    """What settles it: the record that holds the page had to be read in it; None: `claims` and the page's bytes tell."""
    url: str | None = None
    fetched: str | None = None
    """When it was fetched, ISO 8601."""
    title: str | None = None
    """A title that the record carries outside of the page."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the record that no other key takes, as they are."""
    problems: tuple[Problem, ...] = ()
    http: Http | None = None
    warc: tuple[tuple[str, str], ...] = ()
    """(name, value) of the WARC record's own headers, in order; empty: it is none."""
    markup: str | None = None
    """HTML, or text if the media says so, that its format has made of the payload; None: the payload is what is shown."""
    words: bytes | None = None
    """What its text is decoded from, where the payload holds that in a coding or among other parts; None: the payload."""
    row: BatchRow | None = None
    """What was found out when a batch read it, whose row this is; None: it is none, and all has to be found out."""
    form: TextForm = "page"
    """Of bare text; markup says by itself what stands around the article."""
    is_binary: bool = False
    """It is no text: its bytes are not decoded, and a problem says what they are."""

    @property
    def encoded(self) -> bytes:
        """The bytes of its text, in its charset."""
        return self.payload if self.words is None else self.words


class RecordFields(Protocol):
    """What a record says of its page beside the text: the same as in its `RawPage`, without making that."""

    @property
    def size(self) -> int | None:
        """Bytes of the page; None: it has to be read to know them."""

    @property
    def text(self) -> str | None:
        """Its text; None: that is markup, or what else has to be read to know it."""

    @property
    def title(self) -> str | None: ...

    @property
    def is_restored(self) -> bool:
        """A batch has repaired what it holds, or left it as it is."""

    @property
    def url(self) -> str | None: ...

    @property
    def fetched(self) -> str | None: ...

    @property
    def dates(self) -> tuple[str, ...]:
        """The keys of its fields that say when it was published, the likeliest first."""

    def other(self, key: str) -> Any:
        """Return what `RawPage.record` has under a key; None if it has none."""

    def others(self) -> Mapping[str, Any]:
        """Return all of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page's text and where it stood in the markup."""

    start: int
    end: int
    node: int = -1
    """Index in `Page.nodes` of the nearest block element; -1 for bare text."""
    link_chars: int = 0
    """Code points of the line that stand in links."""
    is_hidden: bool = False
    """Hidden by an attribute or inline style until a script shows it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One block element of the markup, enough to tell content from furniture."""

    parent: int
    """Index of the parent in the same sequence; -1 for the root. Always smaller than the node's own."""
    tag: str
    hint: str = ""
    """Its id, class and role, lower case, separated by spaces."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A decoded and repaired page before its structure is found."""

    raw: RawPage
    charset: Charset
    text: str
    """Visible text, repaired; lines end in `\\n`."""
    edits: Rows[Edit]
    lines: Rows[Line]
    nodes: Rows[Node]
    spans: Rows[Span]
    meta: tuple[tuple[str, str], ...] = ()
    """What the head says: (key, value) such as `title`, `og:title`, `json-ld`, `canonical`, repaired by the page's plan, in order."""
    meta_before: Mapping[str, str] = field(default_factory=dict)
    """Repaired value of `meta` -> what it was, for those that changed."""
    shapes: Rows[Shape] = field(default_factory=lambda: Rows(Shape))
    problems: tuple[Problem, ...] = ()
