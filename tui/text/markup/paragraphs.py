"""A line of a page with what can be counted in it: the common ground of bare text and HTML."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tui.core.model import BlockKind, Rows
from tui.core.page import Line
from tui.core.values import dataclass
from tui.text.words.dates import DateMatch, find, hints
from tui.text.words.letters import holds_wide
from tui.text.words.phrases import BULLET, CONSENT, MENUS, NOTICES, SEPARATOR

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff10-\uff5a]+")
# It begins with one class, so that an engine passes quickly over what is none of it.
_STOPS = re.compile(
    r"[。！？；，、…!?;,.:](?:(?<=[。！？；，、…!?;,])[\s”’」』\"')）]|(?<=[。！？；，、])|(?<=[.!?…])(?<![.!?…].)[.!?…]{0,200}+[”’\"')»]*$"
    r"|(?<=[.,;:!?])\s|(?<=[,;?!])(?=[\u3400-\u9fff]))"
)
_CLOSED = re.compile(r"[。！？!?….；;：:，,、~～][”’」』\"')）\]】»]{0,3}$")
_ENDS = frozenset("。！？!?….；;：:，,、~～”’」』\"')）]】»")
"""Characters that a line which is closed may end in."""
_MAX_SEPARATOR = 80
_MOST_NOTICE, _MOST_MENU = 90, 25
"""Sizes from which on a line is more than a notice, or an entry of a menu."""
_MIN_NOTICE = 20
_MAX_NOTICE = 600
"""Code points of a line that are looked at for words of consent."""
MOST_LINES = 50_000
"""Lines of a page that are read: what follows is taken for what the last ones are. No article has so many."""
_MAX_LOOK = 4000
"""Code points of a line that are looked at; more would say nothing new."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """One line; only `claim` writes its kind."""

    text: str
    start: int
    end: int
    size: float
    """Characters of wide scripts plus a third of all others: about the same for the same content in any language."""
    stops: int
    """Punctuation of sentences."""
    is_closed: bool
    """Ends as sentences do."""
    is_bullet: bool
    is_furniture: bool
    """Holds words that belong to a page's furniture, and is not long."""
    is_sentence: bool
    """Reads like running text."""
    is_asking: bool
    may_hold_date: bool
    """Holds a digit or a word that every date holds."""
    linked: float = 0.0
    """Share of its characters that stand in links."""
    node: int = -1
    is_hidden: bool = False
    kind: BlockKind = "boiler"
    level: int | None = None

    names_people: bool | None = None
    """What `plaintext.is_byline` found out; None: nobody asked."""
    _dates: list[DateMatch] | None = None

    def dates(self) -> list[DateMatch]:
        """Dates in the line, as far as they can be told without the time of fetching; looked for once."""
        if self._dates is None:
            self._dates = find(self.text[:_MAX_LOOK]) if self.may_hold_date else []
        return self._dates

    def asks_consent(self) -> bool:
        """Speaks of cookies and privacy as the notices of sites do, with two words at least."""
        return self.is_asking


Claims = Mapping[int, BlockKind]
"""Index of a line -> what a step that finds the structure says it is."""


def claim(lines: Sequence[Paragraph], claims: Claims) -> None:
    """Give lines the kinds that a step claims for them; a title is no longer a heading of any level."""
    for number, kind in claims.items():
        lines[number].kind = kind
        if kind == "title":
            lines[number].level = None


def read(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """Return the lines that hold more than white space and separators, in order; one more than `MOST_LINES` if they are too many.

    >>> [(p.text, p.size, p.is_closed) for p in read("雨。\\n-\\nRain.", [Line(0, 2), Line(3, 4), Line(5, 10)])]
    [('雨。', 1.3333333333333333, True), ('Rain.', 1.6666666666666667, True)]
    """
    rows = lines if isinstance(lines, Rows) else Rows(Line, lines)
    starts, ends = rows.column("start"), rows.column("end")
    # The only letter that has two small ones.
    read = text[: ends[-1]] if len(ends) else ""
    folded = read.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "I").lower()
    noticed, in_menu = ({bisect_left(ends, end) for end in words.ends(folded)} for words in (NOTICES, MENUS))
    dated = {bisect_left(ends, place) for place in hints(read)}
    asking: set[int] = set()
    once: set[int] = set()
    for end in CONSENT.ends(folded):
        number = bisect_left(ends, end)
        if end - starts[number] <= _MAX_NOTICE and ends[number] - starts[number] >= _MIN_NOTICE:
            (asking if number in once else once).add(number)
    others = map(rows.column, ("node", "link_chars", "is_hidden"))
    is_wide = holds_wide(text)
    paragraphs: list[Paragraph] = []
    for number, (start, end, node, link_chars, is_hidden) in enumerate(zip(starts, ends, *others, strict=True)):
        raw = text[start:end]
        bare = raw.strip()
        length = len(bare)
        if not length:
            continue
        may_open = not bare[0].isalpha()
        if may_open and length <= _MAX_SEPARATOR and SEPARATOR.match(bare):
            continue
        if length < len(raw):
            start += len(raw) - len(raw.lstrip())
        looked = bare if length <= _MAX_LOOK else bare[:_MAX_LOOK]
        size = (size_of(looked) if is_wide else len(looked) / 3) * length / len(looked)
        stops = len(_STOPS.findall(looked))
        is_closed = bare[-1] in _ENDS and _CLOSED.search(bare[-8:]) is not None
        paragraphs.append(Paragraph(
            bare, start, start + length, size, stops, is_closed, may_open and BULLET.match(bare) is not None,
            is_furniture(size, is_noticed=number in noticed, is_menu=number in in_menu and not (is_closed and stops > 1)),
            is_sentence(size, stops, is_closed=is_closed), number in asking, number in dated, min(1.0, link_chars / length), node,
            is_hidden,
        ))  # fmt: skip
        if len(paragraphs) > MOST_LINES:
            break
    return paragraphs


def size_of(text: str) -> float:
    """Characters of wide scripts plus a third of all others.

    >>> size_of("雨rain")
    2.333333333333333
    """
    wide = 0 if text.isascii() else sum(map(len, _WIDE.findall(text)))
    return wide + (len(text) - wide) / 3


def is_sentence(size: float, stops: int, *, is_closed: bool) -> bool:
    """Say whether a line reads like running text."""
    return stops > 0 and (size >= 30 or (is_closed and size >= 8))


def is_furniture(size: float, *, is_noticed: bool, is_menu: bool) -> bool:
    """Say whether a line that holds words of notices, or is no sentence and holds words of menus, is short enough for one of them."""
    return size < _MOST_NOTICE and (is_noticed or (is_menu and size < _MOST_MENU))
