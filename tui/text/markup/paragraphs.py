"""A line of a page with what can be counted in it: the common ground of bare text and HTML."""

import re
from collections.abc import Mapping, Sequence

from tui.core.model import BlockKind
from tui.core.page import Line
from tui.core.values import dataclass
from tui.text.words.dates import DateMatch, find
from tui.text.words.phrases import BULLET, CONSENT, SEPARATOR, has_menu_word, has_notice

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff10-\uff5a]+")
# It begins with one class, so that an engine passes quickly over what is none of it.
_STOPS = re.compile(
    r"[。！？；，、…!?;,.:](?:(?<=[。！？；，、…!?;,])[\s”’」』\"')）]|(?<=[。！？；，、])|(?<=[.!?…])(?<![.!?…].)[.!?…]{0,200}+[”’\"')»]*$"
    r"|(?<=[.,;:!?])\s|(?<=[,;?!])(?=[\u3400-\u9fff]))"
)
_CLOSED = re.compile(r"[。！？!?….；;：:，,、~～][”’」』\"')）\]】»]{0,3}$")
_MAX_SEPARATOR = 80
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
    linked: float = 0.0
    """Share of its characters that stand in links."""
    node: int = -1
    is_hidden: bool = False
    kind: BlockKind = "boiler"
    level: int | None = None

    names_people: bool | None = None
    """What `plaintext.is_byline` found out; None: nobody asked."""
    _dates: list[DateMatch] | None = None
    _asks: bool | None = None

    def dates(self) -> list[DateMatch]:
        """Dates in the line, as far as they can be told without the time of fetching; looked for once."""
        if self._dates is None:
            self._dates = find(self.text[:_MAX_LOOK])
        return self._dates

    def asks_consent(self) -> bool:
        """Speaks of cookies and privacy as the notices of sites do, with two words at least; looked for once."""
        if self._asks is None:
            self._asks = len(self.text) >= _MIN_NOTICE and len(CONSENT.findall(self.text[:_MAX_NOTICE].lower())) > 1
        return self._asks

    @property
    def is_sentence(self) -> bool:
        """Reads like running text."""
        return self.stops > 0 and (self.size >= 30 or (self.is_closed and self.size >= 8))


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
    paragraphs: list[Paragraph] = []
    for line in lines:
        raw = text[line.start : line.end]
        bare = raw.strip()
        length = len(bare)
        if not length or (length <= _MAX_SEPARATOR and SEPARATOR.match(bare)):
            continue
        start = line.start + len(raw) - len(raw.lstrip()) if length < len(raw) else line.start
        looked = bare[:_MAX_LOOK]
        size = size_of(looked) * length / len(looked)
        stops = len(_STOPS.findall(looked))
        is_closed = _CLOSED.search(bare[-8:]) is not None
        is_bullet = BULLET.match(bare) is not None
        is_notice = is_furniture(looked, size, is_sentence=is_closed and stops > 1)
        linked = min(1.0, line.link_chars / length)
        facts = size, stops, is_closed, is_bullet, is_notice, linked, line.node, line.is_hidden
        paragraphs.append(Paragraph(bare, start, start + length, *facts))
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


def is_furniture(text: str, size: float, *, is_sentence: bool) -> bool:
    """Say whether a line holds words of notices, or is a short one with words of menus.

    >>> is_furniture("版权所有", 4, is_sentence=False), is_furniture("登录后，请注册。", 7, is_sentence=True)
    (True, False)
    """
    if size >= 90:
        return False
    return has_notice(text) or (size < 25 and not is_sentence and has_menu_word(text))
