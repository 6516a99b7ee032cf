"""Structure of a text that somebody wrote as one, as no site stands around it: all of it is body, and marks say what a line is.

Markdown says so with the signs that mails and talks use as well: what such a line is changes, never whether it is body.
"""

import re
from collections.abc import Iterator, Sequence

from tui.core.model import BODY_KINDS, BlockKind
from tui.core.page import Node
from tui.text.markup.paragraphs import Claims, Paragraph
from tui.text.structure import places
from tui.text.structure.plaintext import is_byline, is_dated

_FENCE = re.compile(r"^ {0,3}(`{3,1000}+|~{3,1000}+)([^\n]{0,1000}+)$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]#{1,100}\Z")
_RULE_BELOW = re.compile(r"\n {0,3}(?:([=#])\1{2,200}+|([-~^\"*+])\2{2,200}+)[ \t]{0,100}(?:\n|\Z)")
"""A row of one sign, as Markdown and reStructuredText put it below headings."""
_ITEM = re.compile(r"(?:[-*+•·●■◆▪]|\d{1,3}[.)、])[ \t\u3000]")
_BADGES = ("![", "[![", "<")
"""What may stand above the title of a document."""


def claims(text: str, lines: Sequence[Paragraph]) -> Claims:
    """Claim each line as what its marks say, else as body, and give headings their levels.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> text = "Hi Ann,\\n- tea\\n> Is it?\\n# Rain"
    >>> list(claims(text, read(text, [Line(0, 7), Line(8, 13), Line(14, 22), Line(23, 29)])).values())
    ['body', 'list', 'quote', 'heading']
    """
    code = _fenced(text)
    block = next(code, None)
    made: dict[int, BlockKind] = {}
    for number, line in enumerate(lines):
        while block and block[1] <= line.start:
            block = next(code, None)
        if block and block[0] <= line.start:
            made[number] = "code"
        elif level := heading_level(text, lines, number):
            made[number], line.level = "heading", level
        else:
            made[number] = _kind(line.text)
    return made


def marked_up(nodes: Sequence[Node], lines: Sequence[Paragraph]) -> Claims:
    """Claim each line that readers are shown as what the markup of a message says, else as body; headings get their levels."""
    settings = places.survey(nodes, lines)
    made: dict[int, BlockKind] = {}
    for number, line in enumerate(lines):
        place = settings[line.node]
        line.level = place.level
        made[number] = "boiler" if line.is_hidden else place.kind if place.kind in BODY_KINDS else "body"
    return made


def title(text: str, lines: Sequence[Paragraph]) -> tuple[int, str] | None:
    """Return the line that is the heading of a whole document, the first but for badges, and what it says; None: it has none."""
    first = next((number for number, line in enumerate(lines) if not line.text.startswith(_BADGES)), None)
    if first is None or not heading_level(text, lines, first):
        return None
    marked = _HEADING.match(lines[first].text)
    return first, _CLOSING.sub("", lines[first].text[marked.end() :] if marked else lines[first].text).strip()


def bylines(lines: Sequence[Paragraph], first: int) -> Claims:
    """Claim the lines from the first on that name people or a day, below the heading of a document."""
    last = first
    while last < len(lines) and (is_byline(lines[last]) or is_dated(lines[last])):
        last += 1
    return dict.fromkeys(range(first, last), "byline")


def heading_level(text: str, lines: Sequence[Paragraph], number: int) -> int:
    """The level of a line that signs before it or below it make a heading; 0: it is none."""
    line = lines[number]
    if marked := _HEADING.match(line.text):
        return len(marked[1])
    below = _RULE_BELOW.match(text, line.end)
    # What goes on from the line above is a paragraph's end, with a rule below it, or a signature.
    is_alone = line.start == 0 or text.endswith("\n\n", 0, line.start)
    if below is None or not is_alone or _kind(line.text) != "body":
        return 0
    return 1 if below[1] else 2


def _kind(line: str) -> BlockKind:
    if line.startswith(">"):
        return "quote"
    if line.startswith("|"):
        return "table"
    return "list" if _ITEM.match(line) else "body"


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Where blocks of code stand between fences; one that is never closed is none."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            yield opened.start(), fence.end()
            opened = None
