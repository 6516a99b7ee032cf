"""What a sample page is made of: a story in clean words, and the file it becomes with its true answer."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One headline of a list, with what the page says about it."""

    title: str
    url: str | None = None
    """As it stands in the page."""
    date: str | None = None
    """ISO 8601, as precise as the page prints it."""
    tag: str | None = None
    comments: int | None = None
    summary: str | None = None
    image_alt: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of headlines in a page."""

    name: str
    """What a reader would call it: related, hot, latest; empty where the answer leaves it open."""
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its desk wrote it."""

    language: str
    title: str
    paragraphs: tuple[str, ...]
    """`## ` starts a subheading, `> ` a quotation, `- ` a list item; these marks are no part of the text."""
    date: str | None = None
    """ISO 8601, as precise as the most precise statement of the page."""
    date_text: str = ""
    """The date as printed."""
    author: tuple[str, ...] = ()
    byline: str = ""
    """The line in which the authors are named, as printed."""
    editor: tuple[str, ...] = ()
    source: str | None = None
    original_title: str | None = None
    site: str = ""
    section: str = ""
    path: str = "/"
    """Path of the page on its site."""
    figure: tuple[str, str] | None = None
    """Alternative text and caption of the picture."""
    lists: tuple[Listing, ...] = ()
    naive: tuple[str, ...] = ()
    """Words that a conversion without a dictionary got wrong in it, in the order in which they come up."""

    def body(self) -> list[str]:
        """The true paragraphs, without the marks of their kind."""
        return [_unmarked(paragraph) for paragraph in self.paragraphs]

    def changed(self, change: Change) -> "Story":
        """The same story with `change` done to each of its strings, one by one, as a mirror that stores fields does."""
        lists = tuple(
            replace(one, heading=change(one.heading), items=_changed(one.items, change)) for one in self.lists
        )
        return replace(
            self,
            title=change(self.title),
            paragraphs=tuple(change(paragraph) for paragraph in self.paragraphs),
            byline=change(self.byline),
            source=self.source and change(self.source),
            original_title=self.original_title and change(self.original_title),
            editor=tuple(change(name) for name in self.editor),
            site=change(self.site),
            section=change(self.section),
            figure=self.figure and (change(self.figure[0]), change(self.figure[1])),
            lists=lists,
        )


def _unmarked(paragraph: str) -> str:
    for mark in ("## ", "> ", "- "):
        paragraph = paragraph.removeprefix(mark)
    return paragraph


def _changed(items: tuple[Item, ...], change: Change) -> tuple[Item, ...]:
    return tuple(replace(item, title=change(item.title), tag=item.tag and change(item.tag)) for item in items)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is true of one page, whatever a program finds."""

    title: str | None
    """None: not asked for, here and in the next fields."""
    type: str | None
    language: str | None
    charset: str
    body: list[str] | None
    headlines: list[dict[str, Any]] | None = field(default_factory=list)
    """Keys that are left out are not asked for; null says that the page has none."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """Values by key; null says that the page does not state it."""
    repairs: list[str] = field(default_factory=list)
    """Names of the repairs that must have acted, and no others."""
    problems: list[Mapping[str, Any]] = field(default_factory=list)
    """Code, and where it is known byte and lost; these and no others."""
    text_is: str | None = None
    text_contains: list[str] = field(default_factory=list)
    text_lacks: list[str] = field(default_factory=list)

    def stating(self, more: Mapping[str, Any]) -> "Answer":
        """The same answer with more metadata."""
        return replace(self, metadata={**self.metadata, **more})

    def with_body(self, body: list[str]) -> "Answer":
        """The same answer with other paragraphs: what is left of them."""
        return replace(self, body=body)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of sample_pages and its answer."""

    name: str
    payload: bytes
    answers: tuple[Answer, ...]
    undamaged: bytes | None = None
    """The same page as valid UTF-8 without the damage; None: nothing is damaged, or it can't be mended."""


def headlines(lists: tuple[Listing, ...]) -> list[dict[str, Any]]:
    """The true headlines of all lists, in order."""
    return [({"list": one.name} if one.name else {}) | asdict(item) for one in lists for item in one.items]


def article(story: Story, charset: str = "utf-8", **more: Any) -> Answer:
    """The true answer of a story's page; `more` are fields of Answer."""
    stated = {
        "date": story.date,
        "author": list(story.author),
        "editor": list(story.editor),
        "source": story.source,
        "original_title": story.original_title,
    }
    told: dict[str, Any] = {"text_contains": [story.title, *story.body()], "problems": _naive(story)} | more
    return Answer(
        title=story.title,
        type="article",
        language=story.language,
        charset=charset,
        body=story.body(),
        headlines=headlines(story.lists),
        metadata={key: value for key, value in stated.items() if value},
        **told,
    )


def _naive(story: Story) -> list[Mapping[str, Any]]:
    return [{"code": "naive_conversion"} for _ in story.naive]
