r"""Escapes that stand as text, because somebody escaped once too often: `&#22269;`, `&eacute;`, `\u56fd`, `%E5%9B%BD`,
`\xe5\x9b\xbd`.

Left alone: URLs, code and lines that look like it, pages that hold markup (their entities are right), pages that explain
entities (the character stands beside its name), and whatever would give a control, a lone surrogate or a tag. The prior
is that an escape is meant: a line is damaged only if one of its escapes makes a word, with its neighbours or by itself.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import dropwhile
from typing import NamedTuple

from tui.core.model import Options
from tui.core.patterns import lazy
from tui.core.problems import Reason
from tui.text.repairs import Change, Outcome, Plan, Repair, is_explained, is_text, spliced, within

_ENTITY = r"&(?:amp;){0,2}(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
_UNITS = r"(?<!\\)(?:\\u[0-9A-Fa-f]{4})+|(?:%u[0-9A-Fa-f]{4}){2,}"
_BYTES = r"(?<!\\)(?:\\x[0-9A-Fa-f]{2})+"
_PERCENT = r"(?:%[0-9A-Fa-f]{2})+"
_ESCAPE = lazy(f"(?P<entity>{_ENTITY})|(?P<units>{_UNITS})|(?P<bytes>{_BYTES})|(?P<percent>{_PERCENT})")
_AMPERSAND = lazy(r"&(?:amp;){1,3}(?!#?\w+;)")
"""An ampersand, escaped once or more often, that opens nothing where it stands itself."""
_SIGNS = "&\\%"
"""What begins an escape."""
_URL_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:/?#[]@!$&'()*+,;=%-"
_MARKUP = lazy(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>|<!--")
_CODE = lazy(
    r"^\s*(?:var|let|const|function|import|from|def|class|return|#include|@)\b|[{}]\s*+(?:[;,]\s*+)?$|;\s*$"
    r"|[\"']\s*:\s*[\"\[{\d]|[=(]\s*[\"']|\bb[\"']"
)
_IN_CODE = frozenset("\"'`[]{}<>=|^*+/\\_-")
"""Where one of these stands beside a word with escapes of programs and addresses, somebody writes about them."""
_BEYOND_LATIN = "\u0250"
_ASIDE = 40
"""Code points on either side of an escape that tell what it stands in."""
MOST_SIGNS = 50_000
"""Signs that may begin an escape, of a page."""
_STEP = 64
"""Code points in which a long line is looked at once for code."""
_ENOUGH = 2
"""Escapes in a page from which on they can't be there by chance."""


@cache
def _url() -> re.Pattern[str]:
    return re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\.|mailto:)[^\s<>\"\u2e80-\uffff]+")


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find escapes in running text, and what makes them rightful."""
    if "&" not in text and "%" not in text and "\\u" not in text and "\\x" not in text:
        return None
    if _MARKUP.search(text):
        return None
    until = within(text, _start(text), MOST_SIGNS)
    text = text[:until]
    escapes = _read(text, ampersands=False)
    evident = sum(_evident(text, escapes))
    if not evident or any(is_explained(text, Change(each.start, each.end, each.after)) for each in escapes):
        return None
    many, follow = len(escapes) >= _ENOUGH, 2 * evident > len(escapes)
    return Plan(lambda string: Outcome(tuple(_changes(string, many, follow))), Reason("were_escapes"), until)


class _Escape(NamedTuple):
    """An escape in running text, and what it stands for."""

    start: int
    end: int
    after: str
    kind: str
    line: int
    """Place of the line end before it; -1: it stands in the first line."""


def _changes(text: str, many: bool, follow: bool) -> Iterator[Change]:
    """The changes of one string: of all escapes if most of the page make words, else of lines in which one does."""
    escapes = _read(text, ampersands=many)
    lines: set[int] = set()
    if not follow:
        evident = zip(escapes, _evident(text, escapes), strict=True)
        lines = {each.line for each, is_evident in evident if is_evident}
    for each in escapes:
        if follow or each.line in lines:
            yield Change(each.start, each.end, each.after, "certain" if many else "probable")


def _evident(text: str, escapes: Sequence[_Escape]) -> Iterator[bool]:
    """For each escape, whether it makes a word, by itself or with what stands beside it; or is all of the text."""
    mended = spliced(text, ((each.start, each.end, each.after) for each in escapes))
    others = spliced(text, ((each.start, each.end, " " * len(each.after)) for each in escapes))
    is_all = len(escapes) == 1 and text.strip() == text[escapes[0].start : escapes[0].end]
    moved = 0
    for each in escapes:
        start = each.start + moved
        end = start + len(each.after)
        moved += len(each.after) - (each.end - each.start)
        before, behind = mended[max(0, start - _ASIDE) : start], mended[end : end + _ASIDE]
        is_joined = before[-1:].isalpha() or behind[:1].isalpha()
        is_word = is_joined or each.after > "\uffff" or sum(map(str.isalpha, each.after)) > 1
        if each.kind == "entity":
            yield is_word or is_all
            continue
        edges = (next(dropwhile(str.isalpha, side), "") for side in (reversed(before), behind))
        aside = (
            others[max(0, start - _ASIDE) : start].rpartition("\n")[2],
            others[end : end + _ASIDE].partition("\n")[0],
        )
        letters = [char for char in "".join(aside) if char.isalpha()]
        is_of_text = not letters or max(letters) >= _BEYOND_LATIN or (is_joined and each.after < _BEYOND_LATIN)
        yield is_all or (is_word and is_of_text and _IN_CODE.isdisjoint(edges))


def _read(text: str, ampersands: bool) -> list[_Escape]:
    """The escapes of one string that may be read; `ampersands`: also `&amp;` where it can open nothing."""
    escapes: list[_Escape] = []
    urls: tuple[list[int], list[int]] | None = None
    codes: dict[int, bool] = {}
    line, at = -1, 0
    for match in _escapes(text):
        kind = match.lastgroup or ""
        after = _READERS[kind](match[0])
        if ampersands and (sign := _AMPERSAND.match(text, match.start())) and sign.end() == match.end():
            after = "&"
        if after == match[0] or not is_text(after):
            continue
        near = _near(text, match.start())
        if near not in codes:
            codes[near] = _is_code(text, near)
        if codes[near]:
            continue
        if urls is None:
            spans = [url.span() for url in _url().finditer(text)]
            urls = [start for start, _ in spans], [end for _, end in spans]
        if bisect_left(urls[0], match.end()) > bisect_right(urls[1], match.start()):
            continue
        if kind == "percent" and _is_path(text, match.start(), match.end()):
            continue
        line, at = max(line, text.rfind("\n", at, match.start())), match.start()
        escapes.append(_Escape(match.start(), match.end(), after, kind, line))
    return escapes


def _escapes(text: str) -> Iterator[re.Match[str]]:
    """The escapes in order; looking for their first characters alone is ten times faster."""
    begin, at = _start(text), 0
    while start := begin.search(text, at):
        match = _ESCAPE.match(text, start.start())
        at = match.end() if match else start.end()
        if match:
            yield match


def _start(text: str) -> re.Pattern[str]:
    """What begins the escapes of a text: one or two signs are found several times faster than three."""
    return re.compile(f"[{re.escape(''.join(sign for sign in _SIGNS if sign in text) or _SIGNS)}]")


def _entity(seen: str) -> str:
    from html import unescape  # its table of names is needed for this alone

    after = seen
    for _ in range(3):
        after = unescape(after)
    # Signs of markup stay: what they would open is not ours to say.
    return seen if after in "<>&" or "\N{REPLACEMENT CHARACTER}" in after else after


def _units(seen: str) -> str:
    units = bytes.fromhex(seen.replace("\\u", "").replace("%u", ""))
    try:
        after = units.decode("utf-16-be")
    except UnicodeDecodeError:
        return seen
    return seen if after.isascii() else after


def _bytes(seen: str) -> str:
    try:
        after = bytes.fromhex(seen.replace("\\x", "").replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return seen
    return seen if after.isascii() else after


_READERS: dict[str, Callable[[str], str]] = {"entity": _entity, "units": _units, "bytes": _bytes, "percent": _bytes}


def _near(text: str, place: int) -> int:
    """A place shortly before in the same line, the same for escapes that stand close together."""
    first = place - place % _STEP
    return max(first, text.rfind("\n", first, place) + 1)


def _is_code(text: str, place: int) -> bool:
    # A line of code is short; the bound keeps a page of one line linear.
    first = max(0, place - 200)
    start = max(first, text.rfind("\n", first, place) + 1)
    end = text.find("\n", place, place + 200)
    # The semicolon of an escape at the end of a line doesn't end a statement.
    return bool(_CODE.search(_ESCAPE.sub("_", text[start : end if end >= 0 else place + 200])))


def _is_path(text: str, start: int, end: int) -> bool:
    """Whether a percent escape stands in something like an address, though without its scheme."""
    near = text[max(0, start - 200) : start]
    before = near[len(near.rstrip(_URL_SIGNS)) :]
    after = re.match(r"[A-Za-z0-9._~/?#&=%-]*", text[end : end + 200])
    around = before + (after[0] if after else "")
    return any(sign in around for sign in "/?=&#") or bool(re.search(r"\.\w{2,5}\b", around))


REPAIR = Repair(
    name="entities",
    order=3,
    about=r"decodes escapes left as text: &#22269; \u56fd %E5%9B%BD",
    diagnose=diagnose,
    spares_code=True,
)
