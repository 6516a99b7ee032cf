"""Front matter of Markdown (YAML, TOML, JSON or bare lines) and the fields at the top of reStructuredText: what a text says of itself.

YAML is read as far as front matter takes it: names with words, quoted words or lists, and one level below. PyYAML isn't
among the packages that copydesk runs on, and would fail as a whole where one line is broken.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tui.core.values import dataclass

MOST_CHARS, _MOST_LINE = 20_000, 1000
"""Code points from the start of a text in which its front matter ends, and in which its first two lines do."""
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
"""What the first line is -> what the last one may be."""
_NAMED = re.compile(r"(?P<name>[^\W\d][\w .-]{0,40}):(?:[ \t]+(?P<value>\S.*))?\Z")
_FIELD = re.compile(r":(?P<name>[^\W\d][\w -]{0,40}):[ \t]+(?P<value>\S.*)\Z")
_SIGNS = frozenset("=-~^\"'#*+.:_`")
"""Of one of these is the line below a title, or above and below."""
_KNOWN = frozenset(
    {"title", "author", "authors", "date", "tags", "keywords", "category", "categories", "slug", "summary"}
)
"""One of these at least stands there: a text may begin with rules and labels of its own."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands there, and where."""

    start: int
    end: int
    fields: Mapping[str, Any]
    """By their names in lower case."""

    @property
    def title(self) -> str | None:
        """The title that it states."""
        title = self.fields.get("title")
        return title if isinstance(title, str) and title.strip() else None


def find(text: str, *, is_document: bool = False) -> FrontMatter | None:
    """Return the front matter of a text; None: there is none, or it doesn't end.

    A document may begin with bare lines of it (`Title: Rain`, as Pelican and MultiMarkdown have them); so does much that was scraped.

    >>> found = find("---\\ntitle: 'Rain: all day'\\ntags: [rain, wind]\\n---\\nIt rained.")
    >>> found.fields, found.end
    ({'title': 'Rain: all day', 'tags': ['rain', 'wind']}, 49)
    >>> find("Rain\\n====\\n\\n:Author: Ann Lee\\n:Date: 2021-03-05\\n\\nIt rained.").fields
    {'title': 'Rain', 'author': 'Ann Lee', 'date': '2021-03-05'}
    >>> find("Title: Rain\\nDate: 2021-03-05\\n\\nIt rained.", is_document=True).fields
    {'title': 'Rain', 'date': '2021-03-05'}
    """
    head = text[:MOST_CHARS]
    start = len(head) - len(head.lstrip("\ufeff \n"))
    first, _, rest = head[start : start + _MOST_LINE].partition("\n")
    fence = first.rstrip()
    if fence in _FENCES:
        return _fenced(start, head[start:].split("\n"), fence)
    if fence == "{":
        return _json(head, start)
    if is_document and (named := _NAMED.match(fence)) and named["name"].lower() in _KNOWN:
        return _bare(start, head[start:].split("\n"))
    is_titled = _is_rule(fence) or _is_rule(rest.partition("\n")[0].rstrip())
    return _fields(start, head[start:].split("\n")) if is_titled or _FIELD.match(fence) else None


def _fenced(start: int, lines: Sequence[str], fence: str) -> FrontMatter | None:
    last = next((number for number, line in enumerate(lines) if number and line.rstrip() in _FENCES[fence]), 0)
    inner = lines[1:last]
    fields = _toml("\n".join(inner)) if fence == "+++" else _yaml(inner)
    return _found(start, lines, last + 1, fields)


def _found(start: int, lines: Sequence[str], count: int, fields: Mapping[str, Any]) -> FrontMatter | None:
    fields = {name.lower(): value for name, value in fields.items()}
    if _KNOWN.isdisjoint(fields):
        return None
    return FrontMatter(start, start + len("\n".join(lines[:count])), fields)


def _bare(start: int, lines: Sequence[str]) -> FrontMatter | None:
    """Lines up to a blank one that all have a name, or go on from the line above; two names at least are known."""
    last = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    own = lines[:last]
    if not all(line[:1] in " \t" or _NAMED.match(line.rstrip()) for line in own):
        return None
    found = _found(start, lines, last, _yaml(own))
    return found if found and len(_KNOWN & found.fields.keys()) >= _FEWEST_BARE else None


_FEWEST_BARE = 2


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # few texts have it

    try:
        fields = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()}


def _json(head: str, start: int) -> FrontMatter | None:
    try:
        fields, end = json.JSONDecoder().raw_decode(head, start)
    except (ValueError, RecursionError):
        return None
    is_above = isinstance(fields, dict) and head[end : end + 1] == "\n" and head[end:].strip()
    return _found(start, head[start:end].split("\n"), head.count("\n", start, end) + 1, fields) if is_above else None


def _yaml(lines: Sequence[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    name, is_block = "", False
    for line in lines:
        bare = line.strip()
        is_inner = line[:1] in " \t" or bare.startswith("- ")
        match = None if is_inner else _NAMED.match(bare)
        if match:
            name, value = match["name"].strip(), match["value"] or ""
            is_block = value[:1] in ("|", ">") and len(value) <= _MOST_BLOCK_SIGN
            fields[name] = "" if is_block else _value(value)
        elif is_inner and name and bare:
            _add(fields, name, bare, is_block)
    return {name: value for name, value in fields.items() if value not in ("", [])}


_MOST_BLOCK_SIGN = 3


def _add(fields: dict[str, Any], name: str, bare: str, is_block: bool) -> None:
    """A line below a name: of a text, an item of a list, or what somebody is called."""
    before = fields[name]
    if is_block:
        fields[name] = f"{before} {bare}".strip()
        return
    item = bare.removeprefix("- ").strip()
    inner = _NAMED.match(item)
    if inner and inner["name"] != "name":
        return
    value = _value((inner["value"] or "") if inner else item)
    if isinstance(before, list) or (bare.startswith("- ") and not before):
        fields[name] = [*before, value]
    elif inner and not before:
        fields[name] = value
    elif before and not bare.startswith("- "):  # it goes on
        fields[name] = f"{before} {bare}"


def _value(value: str) -> Any:
    """Words, or a list of them."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [each for part in _parted(value[1:-1]) if (each := _words(part))]
    return _words(value)


def _parted(items: str) -> list[str]:
    """What commas part, unless they stand in quotes."""
    parts, quote = [""], ""
    for sign in items:
        if sign == "," and not quote:
            parts.append("")
            continue
        quote = "" if sign == quote else sign if sign in "\"'" and not quote and not parts[-1].strip() else quote
        parts[-1] += sign
    return parts


def _words(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace("''", "'") if value[0] == "'" else inner.replace('\\"', '"')
    return value.partition(" #")[0].strip()


def _is_rule(line: str) -> bool:
    return len(line) > _LONGEST_NO_RULE and line[0] in _SIGNS and not line.strip(line[0])


_LONGEST_NO_RULE = 2


def _fields(start: int, lines: Sequence[str]) -> FrontMatter | None:
    """The fields of reStructuredText at the top, or below the title, which has a line of signs under it."""
    at = 0
    if lines and _is_rule(lines[0].rstrip()):
        at += 1
    title = lines[at].strip() if len(lines) > at + 1 and _is_rule(lines[at + 1].rstrip()) else ""
    at = at + 2 if title else 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    first, fields, name = at, {"title": title} if title else {}, ""
    for line in lines[first:]:
        if match := _FIELD.match(line.rstrip()):
            name = match["name"].lower()
            fields[name] = match["value"].strip()
        elif name and line[:1] in " \t" and line.strip():
            fields[name] += f" {line.strip()}"
        else:
            break
        at += 1
    if at == first or _KNOWN.isdisjoint(fields.keys() - {"title"} if title else fields):
        return None
    begin = start + len("\n".join(lines[:first])) + bool(first)
    return FrontMatter(begin, start + len("\n".join(lines[:at])), fields)
