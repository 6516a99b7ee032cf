"""What questions are answered with, where it is no page or part of one.

Offsets are code points, `start` inclusive and `end` exclusive, unless a name ends in `_bytes`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from tui.core.model import Charset, Document, Edit, Item, Preview, Ref, Rows, Trouble
from tui.core.problems import Problem
from tui.core.shelf import Run
from tui.core.values import dataclass, fields

FieldValue = str | float | tuple[str, ...] | None
"""What a page has for a field of an expression; None: the page has none."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a query stands, with what stands around it."""

    start: int
    """Place in `Document.text`; -1: in the title alone."""
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class PageHits:
    """A page that holds a query."""

    ref: Item
    hits: tuple[Hit, ...]
    """The first ones."""
    count: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Searched:
    """How far a search came, and what it found on the way."""

    pages: int
    """Pages that were searched since the last answer."""
    found: tuple[PageHits, ...] = ()
    problems: tuple[tuple[Item, Problem], ...] = ()
    """Pages that could not be searched, or not to their ends."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a regular expression stands in texts."""

    spans: tuple[tuple[tuple[int, int], ...], ...] = ()
    """(start, end) of the matches in each text that are not empty."""
    is_cut: bool = False
    """The time was up before all was searched."""
    error: str = ""
    """Why it is no regular expression, as the library says; empty: it is one."""
    problem: Problem | None = None
    """Why nobody could answer."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A page in an index."""

    values: Mapping[str, FieldValue]
    """By the names of `fields`, without those that are as long as the page; none of what the user decided."""
    pieces: str
    """Of its title and text, separated by spaces."""
    problems: tuple[Problem, ...]
    signature: bytes = b""
    """Of its body, to be compared with others; empty: it is too short, or nobody asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """How far pages were held against an expression, and for which of them it holds."""

    pages: int
    """Pages that were looked at since the last answer."""
    kept: tuple[int, ...]
    """Places, among the refs of the question from 0, of the pages for which it holds."""
    values: tuple[FieldValue, ...] = ()
    """What the kept pages have for the field that was asked for; empty: none was."""
    documents: tuple[tuple[int, Document], ...] = ()
    """(place as in `kept`, page) of the kept pages that had to be read whole, where they were asked for."""
    problems: tuple[tuple[int, tuple[Problem, ...]], ...] = ()
    """(place, why it could not be read) of pages of which it can't be told."""


class JsonPage(NamedTuple):
    """A page as `show --json` prints it, made where it was read."""

    line: bytes
    """Without a line end; empty: nobody could make it, and the page has to be asked for by itself."""
    problems: tuple[Problem, ...] = ()


DifferenceKind = Literal["words", "removed", "added", "moved_away", "moved_here"]
"""words: within a paragraph; else whole ones."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in the first of two texts, and what in its place in the second; one of them may be empty."""

    kind: DifferenceKind
    start_before: int
    end_before: int
    start_after: int
    end_after: int
    other: int = -1
    """Where in the other text what was moved stands; -1: it wasn't."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What changed from one text to another."""

    changes: Rows[Difference]
    """In order."""
    coarse: int = 0
    """Paragraphs that were not compared by word: there are too many changes."""
    problem: Problem | None = None
    """Why nobody could compare them."""


class CorpusRow(NamedTuple):
    """A page as a row of a corpus, made where it was read."""

    line: bytes
    """JSON, with its line end; empty: the expression doesn't hold for the page, which has no row."""
    tags: tuple[tuple[str, str], ...]
    """(what, name) that the page counts for: its charset, language and type, repairs that acted, codes of problems."""
    gravity: str
    """What the gravest of its problems costs; empty: it has none."""


class Identity(NamedTuple):
    """What a file was when it was scanned: places in it mean nothing in another."""

    inode: int
    size: int
    """In bytes."""
    mtime_ns: int
    start: int
    """Checksum of its first bytes."""
    end: int
    """Checksum of its last bytes."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What a file is by now that was scanned before."""

    identity: Identity | None
    """None: it can't be read, or is another one."""
    problem: Problem | None = None
    """What has become of it; None: it is the same, perhaps grown."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The bytes from which a character was decoded."""

    start_bytes: int
    raw: bytes
    places: int
    """How many places in the page look like it; if more than one, this is the likeliest."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a character came from."""

    ref: Item
    charset: Charset
    size: int
    """Bytes of the page."""
    edit: Edit | None = None
    """The edit that made it; None: it is as it was decoded."""
    has_source: bool = True
    """Something stood there before repair; else the character was put in."""
    origin: Origin | None = None
    """None: nothing in the bytes looks like it, or the charset keeps a state from one character to the next."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Counts of what a scan did not show as pages."""

    special: int = 0
    """FIFOs, sockets and devices; none was opened."""
    loops: int = 0
    """Links to a folder that was read already."""
    elsewhere: int = 0
    """Folders on another file system."""
    unrecognised: int = 0
    """Files that are neither text nor of a format we know."""
    asides: int = 0
    """Records of archives that are no pages of text."""
    barren: tuple[str, ...] = ()
    """Targets that were looked through and have no page."""

    def __add__(self, other: "Skipped") -> "Skipped":
        """Counts of both."""
        return Skipped(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Skipped)))

    def of_asides(self) -> str:
        """Say for people which records of archives were skipped; empty if none was."""
        if self.asides == 1:
            return "1 record that is no page of text"
        return f"{self.asides:,} records that are no pages of text" if self.asides else ""

    def sentence(self) -> str:
        """Return the counts for people, such as `2 special files, 1 unrecognised file`; empty if nothing was skipped."""
        counts = (
            (self.special, "special file"),
            (self.loops, "looping link"),
            (self.elsewhere, "folder on another file system"),
            (self.unrecognised, "unrecognised file"),
        )
        return ", ".join(f"{count} {_plural(what, count)}" for count, what in counts if count)


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    first, _, rest = what.partition(" on ")
    return f"{first}s on {rest}" if rest else f"{what}s"


@dataclass(frozen=True, slots=True)
class Position:
    """How far a scan is: enough to go on from there in another process."""

    target: int = 0
    """Number of the target, from 0."""
    places: int = 0
    """Files of that target that are behind it."""
    first: int = 0
    """Ordinal of the first page of the file where it stands."""
    ordinal: int = 0
    """Ordinal of the next page: those before it were told of."""
    path: str = ""
    """The file where it stands."""


class Capture(NamedTuple):
    """What a record of an archive was made of and when, if it holds a page or says that one is unchanged."""

    url: bytes
    time: int
    """Its fourteen digits, from the year to the second, or as many as there are."""
    original: int
    """The same of the record that a revisit refers to; 0: it doesn't say; -1: it is no revisit."""


@dataclass(frozen=True, slots=True, eq=False)
class Recaptures:
    """Captures of addresses that were captured more than once: those of one follow each other, the latest first."""

    ends: Sequence[int]
    """Where the captures of each address end, among all."""
    places: Sequence[int]
    """Numbers of their files in `sources`."""
    ordinals: Sequence[int]
    """-1: a revisit, which is no page."""
    times: Sequence[int]
    """As in `Capture`, as are `originals`."""
    originals: Sequence[int]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A file is another one by now."""

    ref: Ref
    problem: Problem


@dataclass(frozen=True, slots=True)
class Completion:
    """A page is whole that was being written when it was found, by its source and ordinal."""

    ref: Item


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What a scan has found since the last one."""

    found: tuple[Run | Rows[Ref] | Rows[Trouble] | Changed | Completion, ...] = ()
    """In the order in which it came."""
    stamps: Mapping[str, Identity] | None = None
    """What the files of records were, by path."""
    indexed: tuple[str, ...] = ()
    """Targets whose pages come from their indexes."""
    skipped: Skipped = Skipped()
    """Since the scan began."""
    done: float | None = None
    """How much is looked through, from 0 to 1; None: that isn't known."""
    position: Position = Position()
    known: tuple[int, ...] = ()
    """Pages of each target so far; only with the last batch."""
    recaptures: Recaptures | None = None
    """What was captured more than once, as far as the scan was asked for it; only with the last batch."""
    look_s: float = 0.0
    """Seconds that the scan or the look has taken; only with the last batch."""
    state: Literal["more", "rest", "over", "lost"] = "more"
    """rest: all is found, and `LookAgain` may find more. over: nothing more can come. lost: no such scan is known here."""


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """An answer about one of the first pages of a scan, before anybody asked."""

    answer: Document | Preview
