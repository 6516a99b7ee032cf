"""The fields of a page that expressions may ask for: what each is, and how far a page must be read to know it."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from functools import cache
from typing import Any, Literal

from tui.core.answers import FieldValue as FieldValue
from tui.core.model import Document, Item, Preview, Ref
from tui.core.page import RecordFields
from tui.core.values import dataclass, field

Comparison = Literal["number", "date", "text", "name", "language", "charset", "site", "rule"]
"""How a field is compared: names whole, texts in part, languages, sites and rules also by a part of theirs."""


class Depth(IntEnum):
    """How far a page has been read."""

    PLACE = 0
    """Not at all: only where it lies is known."""
    RECORD = 1
    """No further than its record's own fields: of most formats, not at all."""
    PEEK = 2
    PAGE = 3


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field, and how it is known."""

    kind: Comparison
    depth: Depth
    about: str
    """For people."""


FIELDS: dict[str, FieldSpec] = {
    "ordinal": FieldSpec("number", Depth.PLACE, "number of the page in its source, from 0"),
    "source": FieldSpec("text", Depth.PLACE, "file or address it came from"),
    "format": FieldSpec("name", Depth.PLACE, "format of the source"),
    "member": FieldSpec("text", Depth.PLACE, "name inside of an archive"),
    "label": FieldSpec("name", Depth.PAGE, "labels given by you"),
    "note": FieldSpec("text", Depth.PAGE, "your note"),
    "title": FieldSpec("text", Depth.PEEK, "headline"),
    "date": FieldSpec("date", Depth.PAGE, "when it was published"),
    "url": FieldSpec("text", Depth.PEEK, "address of the page"),
    "site": FieldSpec("site", Depth.PAGE, "host of the address, or any part of it from a dot on"),
    "fetched": FieldSpec("date", Depth.PEEK, "when it was fetched"),
    "text": FieldSpec("text", Depth.PAGE, "title and all of its text, as a word or a quotation alone"),
    "body": FieldSpec("text", Depth.PAGE, "the article"),
    "type": FieldSpec(
        "name", Depth.PAGE, "article, forum, listing, product, documentation, service, collection or other"
    ),
    "lang": FieldSpec("language", Depth.PAGE, "language; zh means zh-Hans and zh-Hant too"),
    "charset": FieldSpec("charset", Depth.PAGE, "charset it was decoded with"),
    "media": FieldSpec("name", Depth.PAGE, "media type"),
    "bytes": FieldSpec("number", Depth.PAGE, "size; 10k and 2M can be written"),
    "chars": FieldSpec("number", Depth.PAGE, "length of its text"),
    "status": FieldSpec("number", Depth.PAGE, "HTTP status"),
    "author": FieldSpec("text", Depth.PAGE, "author"),
    "editor": FieldSpec("text", Depth.PAGE, "editor"),
    "section": FieldSpec("text", Depth.PAGE, "section"),
    "place": FieldSpec("text", Depth.PAGE, "place of the dateline"),
    "comments": FieldSpec("number", Depth.PAGE, "number of comments"),
    "headlines": FieldSpec("number", Depth.PAGE, "number of headlines found in it"),
    "list": FieldSpec("name", Depth.PAGE, "names of the lists of headlines found in it"),
    "tag": FieldSpec("name", Depth.PAGE, "tags of the headlines found in it"),
    "repairs": FieldSpec("number", Depth.PAGE, "number of repairs"),
    "repair": FieldSpec("name", Depth.PAGE, "names of the repairs that acted"),
    "probable": FieldSpec("number", Depth.PAGE, "number of repairs chosen by likelihood"),
    "problems": FieldSpec("number", Depth.PAGE, "number of problems"),
    "problem": FieldSpec("name", Depth.PAGE, "codes of its problems"),
    "twins": FieldSpec("number", Depth.PAGE, "pages that are nearly the same, by `copydesk index --twins`"),
    "twin": FieldSpec("number", Depth.PAGE, "ordinal of the first of them; of that one itself: none"),
    "likeness": FieldSpec(
        "number", Depth.PAGE, "share of the words that it and the first one have in common, from 0.7 to 1"
    ),
    "fails": FieldSpec(
        "rule", Depth.PAGE, "rules of public corpora that the body fails, or a corpus: gopher; fails>3 counts them"
    ),
}
FAMILIES: dict[str, FieldSpec] = {
    "signals": FieldSpec("number", Depth.PAGE, "a signal of quality, such as signals.han_ratio"),
    "repair": FieldSpec("number", Depth.PAGE, "how often a repair acted, such as repair.pinyin_gloss"),
    "fails": FieldSpec("number", Depth.PAGE, "the figure by which it fails a rule, such as fails.gopher_few_words"),
    "metadata": FieldSpec("text", Depth.PAGE, "a field of the metadata, such as metadata.source"),
    "record": FieldSpec("text", Depth.PAGE, "a field of the record, such as record.id"),
}
"""Fields with a name of their own behind a dot."""
ALIASES = {"language": "lang", "host": "site", "domain": "site", "size": "bytes", "labels": "label", "tags": "tag"}

OF_TWINS = frozenset({"twins", "twin", "likeness"})
"""Fields that no page knows by itself: an index that was made with twins does."""
_UNKEPT = frozenset({"text", "body", "label", "note", "ordinal", "source", "format", "member"})
"""Fields that an index doesn't keep: too long, the user's, or known by the place."""
_METADATA = ("author", "editor", "section", "place", "comments")


RECORDED = frozenset({"url", "site", "date", "fetched", "bytes"})
"""Fields that a record may give."""
RecordedValue = Callable[[str], tuple[FieldValue, ...]]
"""Returns the value of a field that a record gives, alone; nothing: the page has to be read for it."""
KeptValue = Callable[[str], FieldValue]
"""Returns the value of a field that `is_kept`, of a page that was read before."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page: the values, and how far it was read. What isn't there at that depth doesn't exist."""

    depth: Depth
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    document: Document | None = None
    """For what costs too much to be a value of each page."""
    kept: KeptValue | None = None
    """What an index knows, asked for one by one."""
    recorded: RecordedValue | None = None
    """What the record says, asked for one by one."""
    lacks: Callable[[str], bool] | None = None
    """Says whether title and text can't hold a query, of a page that nobody has read."""

    def knows(self, name: str) -> bool:
        """Whether the value of a field is known, be it None."""
        if name in self.values or (self.kept is not None and is_kept(name)) or self.depth >= find(name).depth:
            return True
        return self.recorded is not None and bool(self.recorded(name))

    def value(self, name: str) -> FieldValue:
        """Return the value of a field that is known."""
        if name in self.values:
            return self.values[name]
        if self.kept is not None and is_kept(name) and (self.document is None or name in OF_TWINS):
            return self.kept(name)
        if self.recorded is not None and (known := self.recorded(name)):
            return known[0]
        if self.document is None or name in OF_TWINS:
            return None
        make = _LATE.get(name) or _LATE[name.partition(".")[0]]
        return make(self.document, name.partition(".")[2])


def find(name: str) -> FieldSpec:
    """Return the field of that name. Raises KeyError if there is none."""
    head, dot, _ = name.partition(".")
    return FAMILIES[head] if dot else FIELDS[name]


def of_ref(ref: Item, labels: tuple[str, ...] | None = None) -> Facts:
    """Return what is known of a page that nobody has read; `labels` if they are known by its place."""
    return Facts(Depth.PLACE, _place(ref) | ({} if labels is None else {"label": labels}))


def of_record(record: RecordFields, day: Callable[[], str | None], before: Facts) -> Facts:
    """Return what its record adds; `day` is when the page was published, as far as it says. What it lacks may yet stand in the page."""

    known: dict[str, tuple[FieldValue, ...]] = {}

    def value(name: str) -> tuple[FieldValue, ...]:
        if name not in known:
            known[name] = _recorded(record, day, name)
        return known[name]

    return Facts(Depth.RECORD, before.values, kept=before.kept, recorded=value)


def _recorded(record: RecordFields, day: Callable[[], str | None], name: str) -> tuple[FieldValue, ...]:
    if name == "url":
        return (record.url,)
    if name == "site":
        return (_sites([record.url]),) if record.url else ()
    if name == "date":
        return (found,) if (found := day()) else ()
    if name == "fetched":
        return (record.fetched,)
    if name == "bytes":
        return () if record.size is None else (record.size,)
    return (_within(record.others(), name.partition(".")[2]),) if name.startswith("record.") else ()


def of_peek(peek: Preview, before: Facts) -> Facts:
    """Return what a peek adds. A date or site that it didn't find may yet stand in the page."""
    values: dict[str, FieldValue] = {"title": peek.title, "fetched": peek.fetched, "url": peek.url}
    if peek.date:
        values["date"] = peek.date
    if peek.url:
        values["site"] = _sites([peek.url])
    return Facts(Depth.PEEK, {**before.values, **values}, kept=before.kept, recorded=before.recorded)


def of_document(
    document: Document, labels: tuple[str, ...] = (), note: str = "", kept: KeptValue | None = None
) -> Facts:
    """Return all that is known of a page; labels and note are the user's, and `kept` is asked for its twins."""
    date = document.metadata.get("date")
    values: dict[str, FieldValue] = {
        **_place(document.ref),
        "label": labels,
        "note": note,
        "title": document.title,
        "date": str(date.value) if date else None,
        "url": document.url,
        "site": _sites([document.url] if document.url else _strings(document, "canonical_url")),
        "fetched": document.fetched,
    }
    return Facts(Depth.PAGE, values, document, kept)


def kept(document: Document) -> dict[str, FieldValue]:
    """Return what an index keeps of a page: all that is short, and depends on nothing but the page."""
    facts = of_document(document)
    names = [name for name in FIELDS if name not in _UNKEPT | OF_TWINS]
    names += [f"signals.{name}" for name in document.signals]
    names += [f"repair.{seen.name}" for seen in document.repairs]
    names += [f"fails.{name}" for name in document.fails]
    return {name: value for name in names if (value := facts.value(name)) not in (None, (), "")}


@cache
def is_kept(name: str) -> bool:
    """Whether an index keeps a field: whatever `kept` may return."""
    head, dot, _ = name.partition(".")
    return head in ("signals", "repair", "fails") if dot else name in FIELDS and name not in _UNKEPT


def of_kept(
    ref: Item, kept: KeptValue, labels: tuple[str, ...] | None, lacks: Callable[[str], bool] | None = None
) -> Facts:
    """Return what is known of a page in an index: all that `kept` keeps."""
    return Facts(Depth.PLACE, of_ref(ref, labels).values, kept=kept, lacks=lacks)


def _place(ref: Item) -> dict[str, FieldValue]:
    return {
        "ordinal": ref.ordinal,
        "source": ref.source,
        "format": ref.format if isinstance(ref, Ref) else "",
        "member": ref.member,
    }


def _sites(addresses: Iterable[str | None]) -> tuple[str, ...]:
    """Hosts of addresses; what is no address is the name of a site."""
    return tuple(dict.fromkeys(_host(address) for address in addresses if address))


_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)")
"""Addresses whose host needs no parser."""


def _host(address: str) -> str:
    if plain := _PLAIN_HOST.match(address):
        return plain[1]
    if not re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE):
        return address.lower()
    from urllib.parse import urlsplit  # 6 ms, and most programs ask for no site

    try:
        return urlsplit(address).hostname or address
    except ValueError:  # such as http://[::1
        return address


def _strings(document: Document, key: str) -> tuple[str, ...]:
    stated = document.metadata.get(key)
    if stated is None:
        return ()
    return tuple(map(str, stated.value)) if isinstance(stated.value, list | tuple) else (str(stated.value),)


def _metadata(document: Document, key: str) -> FieldValue:
    stated = document.metadata.get(key)
    if stated is not None and isinstance(stated.value, int | float):
        return float(stated.value)
    return _strings(document, key) or None


def _within(record: Mapping[str, Any], path: str) -> FieldValue:
    value: Any = record
    for key in path.split(".") if path not in record else [path]:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return None if value is None else str(value)


def _repair(document: Document, name: str) -> FieldValue:
    if name:
        return float(sum(seen.count for seen in document.repairs if seen.name == name))
    return tuple(dict.fromkeys(seen.name for seen in document.repairs))


def _fails(document: Document, name: str) -> FieldValue:
    if name:
        return document.fails[name].value if name in document.fails else None
    return tuple(document.fails)


_LATE: dict[str, Callable[[Document, str], FieldValue]] = {
    "text": lambda document, _: (document.title, document.text),
    "body": lambda document, _: document.body,
    "type": lambda document, _: document.type,
    "lang": lambda document, _: document.language,
    "charset": lambda document, _: document.charset.name,
    "media": lambda document, _: document.media,
    "bytes": lambda document, _: document.size,
    "chars": lambda document, _: len(document.text),
    "status": lambda document, _: None if document.http is None else document.http.status,
    "headlines": lambda document, _: len(document.headlines),
    "list": lambda document, _: tuple(dict.fromkeys(headline.list for headline in document.headlines)),
    "tag": lambda document, _: tuple({headline.tag for headline in document.headlines if headline.tag}),
    "repairs": lambda document, _: sum(seen.count for seen in document.repairs),
    "repair": _repair,
    "probable": lambda document, _: sum(seen.probable for seen in document.repairs),
    "problems": lambda document, _: len(document.problems),
    "problem": lambda document, _: tuple(dict.fromkeys(problem.code for problem in document.problems)),
    "signals": lambda document, name: document.signals.get(name),
    "fails": _fails,
    "metadata": _metadata,
    "record": lambda document, path: _within(document.record, path),
}
for _key in _METADATA:
    _LATE[_key] = lambda document, _, key=_key: _metadata(document, key)  # type: ignore[misc]
