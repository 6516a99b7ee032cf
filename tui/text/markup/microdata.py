"""What a page says about itself in microdata or RDFa: properties of the page's own items, not of comments, offers and other pages in it."""

import re
from collections.abc import Callable, Mapping

from tui.core.values import dataclass, field
from tui.text.words.dates import first

_PEOPLE = frozenset({"author", "creator", "editor", "publisher"})
"""Properties that are items, of which the name counts."""
_OTHERS = frozenset({
    "answer", "comment", "review", "reviews", "itemlistelement", "relatedlink", "mentions", "isrelatedto", "haspart", "offers",
    "breadcrumb",
})  # fmt: skip
"""Properties and types of items that speak of something else than the page."""
_READ = frozenset(
    {"author", "creator", "editor", "name", "headline", "datepublished", "datemodified", "articlesection"}
)
"""Properties that the text of their element states."""
NAMING = frozenset({"itemprop", "itemscope", "property", "typeof"})
"""Attributes of elements that hold an item or a property."""
_VOCABULARIES = frozenset({"", "schema", "dc", "dct", "dcterms"})
"""Prefixes that RDFa puts in front of names that are read."""
_DUBLIN = {
    "date": "datepublished",
    "created": "datepublished",
    "issued": "datepublished",
    "modified": "datemodified",
    "title": "headline",
}
"""What Dublin Core calls them."""
_TALK = frozenset({"QAPage", "FAQPage", "DiscussionForumPosting"})
"""Types that say whether people ask and answer on a page; offers hold questions, and teasers in lists are articles."""
_MAX_OPEN = 64
"""Items and properties in each other that are told apart."""
_MAX_TEXT = 300
"""Code points of an element's text that are read."""


@dataclass(slots=True)
class _Open:
    """An open element with an item or a property."""

    depth: int
    name: str
    is_item: bool
    is_other: bool
    text: list[str] = field(default_factory=list)


class Items:
    """Open items and properties; `state` is told each property of the page with its value.

    >>> stated = []
    >>> items = Items(lambda name, value: stated.append((name, value)))
    >>> items.start(1, {"itemprop": "author", "itemscope": ""}); items.start(2, {"itemprop": "name"})
    >>> items.read("Ann Lee"); items.end(2); items.end(1); stated
    [('author', 'Ann Lee')]
    """

    def __init__(self, state: Callable[[str, str], None]) -> None:
        self._state = state
        self._is_told = False
        """Whether an item of RDFa was told about by its address."""
        self.open: list[_Open] = []
        """Empty: neither text nor ends of elements are asked for."""

    def start(self, depth: int, values: Mapping[str, str | None]) -> None:
        """An element opens that has one of `NAMING`; `depth` tells it from those around it."""
        if len(self.open) == _MAX_OPEN:
            return
        name = (values.get("itemprop") or "").partition(" ")[0].lower()
        kind = (values.get("itemtype") or "").rpartition("/")[2]
        kinds = [kind.lower()]
        if kind in _TALK:
            self._state("itemtype", kind)
        stated = values.get("content") or values.get("datetime") or ""
        is_item = "itemscope" in values or "typeof" in values
        if not name and "itemscope" not in values:
            # What RDFa says beside `about` is said of something else than what stands around it.
            if "about" in values and "property" in values:
                return
            name = _named(values.get("property") or "")
            if not name and not is_item:
                return
            kinds = [_local(kind) for kind in (values.get("typeof") or "").split()]
        elif name.startswith("date"):
            title = values.get("title") or ""
            stated = stated or (title if first(title) else "")
        is_other = bool(self.open and self.open[-1].is_other) or name in _OTHERS or not _OTHERS.isdisjoint(kinds)
        if is_item and "about" in values and "itemscope" not in values:
            # The first that RDFa tells about is the page; the others are what it leads to.
            is_other = is_other or self._is_told
            self._is_told = True
        if is_item:
            self.open.append(_Open(depth, name, is_item=True, is_other=is_other))
        elif stated:
            self._tell(name, stated, is_other)
        elif name in _READ:
            self.open.append(_Open(depth, name, is_item=False, is_other=is_other))

    def read(self, text: str) -> None:
        """A run of text inside of an open element."""
        if not self.open[-1].is_item:
            self.open[-1].text.append(text)

    def end(self, depth: int) -> None:
        """An element closes."""
        if self.open[-1].depth == depth:
            closed = self.open.pop()
            if not closed.is_item:
                self._tell(closed.name, "".join(closed.text)[:_MAX_TEXT], closed.is_other)

    def _tell(self, name: str, value: str, is_other: bool) -> None:
        """State a property; the name of a person or a house is what the page says for that property."""
        item = next((each.name for each in reversed(self.open) if each.is_item), "")
        if is_other or (item in _PEOPLE) != (name == "name"):
            return
        self._state(item if name == "name" else name, value)


def _local(name: str) -> str:
    return re.split("[:/#]", name)[-1].lower()


def _named(names: str) -> str:
    """The first property that we know of those that RDFa gives in one attribute, as schema.org calls it."""
    for each in names.split():
        prefix, _, bare = each.rpartition(":")
        bare = bare.lower()
        if prefix.lower() in _VOCABULARIES and (not prefix.startswith("dc") or bare in _DUBLIN or bare == "creator"):
            return _DUBLIN.get(bare, bare) if prefix.startswith("dc") else bare
    return ""
