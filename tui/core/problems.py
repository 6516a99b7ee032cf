"""What can be wrong, as data: codes with their values, and the tables that make words of them at the edge.

A problem says where, what, and what to do. Its code and stage are what scripts hold on to; what it says is made of its
template when somebody reads it, in English for scripts, in the reader's language on the screen.
"""

import errno
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple, Protocol, Union

from tui.core.reasons import REASONS
from tui.core.values import dataclass, field

Gravity = Literal["unread", "lost", "told"]
"""unread: there is no page. lost: part of it is gone. told: worth knowing, and nothing of the page is missing."""


class Kind(NamedTuple):
    """What is the same for all problems of one code."""

    stage: str
    """read, decode, parse, repair, structure, worker or fetch."""
    gravity: Gravity
    template: str
    """English, without the place in front. Fields in braces are the values; a code with several sentences has `{reason}`."""
    is_quiet: bool = False
    """It is on the screen and in JSON, but no line on standard error: an ordinary corpus would have thousands."""


KINDS: Mapping[str, Kind] = {
    "unreadable": Kind("read", "unread", "{reason}"),
    "source_changed": Kind("read", "unread", "{change}; {remedy}"),
    "not_text": Kind("read", "unread", "{kind}, {size:,} bytes, not text; `copydesk show --raw` prints its bytes"),
    "worker_failed": Kind("worker", "unread", "{reason}; the page can't be shown, its bytes are untouched"),
    "http_status": Kind("fetch", "unread", "{reason}"),
    "cut": Kind("fetch", "lost", "{reason}"),
    "odd_answer": Kind("fetch", "lost", "{reason}; ask its maintainers"),
    "stale": Kind("fetch", "lost", "{reason}; showing the cached page"),
    "redirect_refused": Kind("fetch", "lost", "the redirect is not followed: {reason}"),
    "no_header": Kind("fetch", "lost", "the answer has no HTTP header: {reason}; what arrived is shown"),
    "warc_unwritable": Kind("fetch", "lost", "{why}; {url} is not in it"),
    "cache_damaged": Kind("fetch", "told", "{reason}; the cached page is dropped and fetched again"),
    "cache_unwritable": Kind("fetch", "told", "{why}; the page is not cached"),
    "empty": Kind("read", "told", "the page is empty"),
    "clipped": Kind(
        "read", "lost", "only the first {read:,} of {size:,} bytes are read; use another program for the rest"
    ),
    "clipped_record": Kind("read", "lost", "the stored record is longer than {most:,} bytes; it is truncated there"),
    "clipped_text": Kind(
        "parse",
        "lost",
        "more than {lines:,} lines or {tags:,} tags; the page is shown up to there, its source has the rest",
    ),
    "more_records": Kind(
        "read", "lost", "a collection of pages, of which this is the first; `copydesk {command}` alone shows them all"
    ),
    "damaged_file": Kind("read", "lost", "{reason}"),
    "damaged_record": Kind(
        "read", "lost", "byte {byte:,}: the record can't be decompressed: {error}; what came before is shown"
    ),
    "short_record": Kind(
        "read", "lost", "byte {byte:,}: the record ends early: {there:,} of {stated:,} bytes are there; they are shown"
    ),
    "long_record": Kind(
        "read",
        "lost",
        "byte {byte:,}: {there:,} bytes lie before the next record, not {stated:,} as it says; the rest is left out",
    ),
    "content_damaged": Kind("read", "lost", "byte {byte:,}: {reason}"),
    "revisit_unresolved": Kind("read", "lost", "byte {byte:,}: the page had not changed; {record} {reason}"),
    "broken_record": Kind("read", "lost", "{place}: {reason}"),
    "record_elsewhere": Kind("read", "lost", "{place}: {file} is not beside the index; put it there"),
    "columns_unnamed": Kind(
        "read",
        "told",
        "{place}: the first row names no fields; they are numbered, and --field body='column 2' names the text",
    ),
    "no_rows": Kind("read", "told", "the first row names fields, and no other row follows; it is shown as it is"),
    "no_object": Kind("read", "lost", "{place}: JSON, but no object; the record is shown as it is"),
    "no_text_field": Kind(
        "read",
        "lost",
        "{place}: none of the fields {names} holds text; name it with --field body=NAME; the record is shown as it is",
    ),
    "summary_only": Kind(
        "read", "told", "the feed has no more than a summary of this; the page is at {url}", is_quiet=True
    ),
    "lone_surrogates": Kind(
        "read", "lost", "{place}: {count} lone surrogates are no characters; they are shown as U+FFFD"
    ),
    "bytes_lost": Kind("decode", "lost", "{reason}"),
    "charset_split": Kind(
        "decode",
        "told",
        "byte {byte:,}: from here to byte {end:,} the charset is {charset}, elsewhere {other}; each part is read in its own",
    ),
    "charset_unknown": Kind(
        "decode", "told", "charset {charset!r} can't be read; {used} is used instead", is_quiet=True
    ),
    "no_charset": Kind(
        "decode", "lost", "no known charset makes sense of this; {used} is used; choose another with --charset"
    ),
    "parser_gave_up": Kind("parse", "lost", "{reason}; tags are stripped and nothing is repaired"),
    "repair_failed": Kind("repair", "lost", "{fault}: {error}; this repair is skipped"),
    "mojibake_lost": Kind("repair", "lost", "{reason}; look for another copy of the page"),
    "gloss_unsolved": Kind(
        "repair", "lost", "‘{words}’: bytes were lost around a reading; compare another copy of the page"
    ),
    "gloss_lost": Kind(
        "repair", "lost", "‘{words}’: a character was lost around a reading; compare another copy of the page"
    ),
    "gloss_swallowed": Kind(
        "repair",
        "lost",
        "‘{words}’: a sign was swallowed and `?` stands for it; the character before it is only a guess; "
        "compare another copy of the page",
    ),
    "repair_bounded": Kind("repair", "told", "too much to repair; from here on the text is unrepaired"),
    "many_lines": Kind(
        "structure",
        "told",
        "only the first {lines:,} lines are classified; the rest are treated like most of the last ones",
    ),
    "no_visible_text": Kind(
        "structure", "told", "no visible text; `copydesk show --source` gives what there is", is_quiet=True
    ),
    "robot_check": Kind(
        "structure", "told", "only a check for robots: the page itself was not sent; open it in a web browser"
    ),
    "consent_only": Kind(
        "structure", "told", "only a request for consent: the page itself was not sent; open it in a web browser"
    ),
    "text_elsewhere": Kind(
        "structure",
        "told",
        "no visible text: this is from {origin}; `copydesk show --source` gives the rest",
    ),
    "rest_elsewhere": Kind(
        "structure",
        "told",
        "only the start of the article is visible; the rest, at the end of the page, is from {origin}",
        is_quiet=True,
    ),
    "naive_conversion": Kind(
        "structure", "told", "{found}: a naive conversion of {meant}; --also naive_conversion mends it", is_quiet=True
    ),
}
"""Code -> what it means."""

Value = Union[str, int, float, "Reason", "Problem"]
"""What is filled into a template. Words in a `str` are not ours, and are never translated: names, and what libraries say."""
Values = Mapping[str, Value]
"""By the names of the fields."""
Translate = Callable[[str], str]
"""Returns what a reader is told for an English template."""


class Template(Protocol):
    """What words can be made of: a reason, a problem, or an error that holds one."""

    @property
    def where(self) -> str:
        """File, address or record, for people; empty: nowhere in particular."""

    @property
    def template(self) -> str:
        """English, with fields."""

    @property
    def values(self) -> Values:
        """What goes into the fields."""


def in_language(what: Template, translate: Translate) -> str:
    """Make words: templates go through `translate`, one by one, before they are filled in.

    >>> in_language(Problem("unreadable", "a.gz", {"reason": Reason("broken", {"error": "-3"})}), str)
    'a.gz: it is broken (-3)'
    """
    filled = {
        name: value if isinstance(value, str | int | float) else in_language(value, translate)
        for name, value in what.values.items()
    }
    words = translate(what.template).format_map(filled)
    return f"{what.where}: {words}" if what.where else words


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, or what something is, by its name in the table of reasons."""

    name: str
    values: Values = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Reasons stand in something that has a place."""
        return ""

    @property
    def template(self) -> str:
        return REASONS[self.name]

    def __str__(self) -> str:
        return in_language(self, str)

    def __hash__(self) -> int:
        return hash((self.name, *self.values.items()))


AS_WRITTEN = "as_written"
"""Name of the value of a problem of which no more is left than its words, in a file of ours: they are not translated."""
_AS_WRITTEN = "{" + AS_WRITTEN + "}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a page and couldn't be mended; what there is of the page is shown all the same."""

    code: str
    """A short name that scripts may hold on to, such as `bytes_lost`; a key of KINDS."""
    where: str = ""
    """File, address or place, for people; empty: the page itself."""
    values: Values = field(default_factory=dict)
    start: int | None = None
    """Place in `Document.text`."""
    end: int | None = None
    byte: int | None = None
    """Place in the raw bytes."""
    lost: int | None = None
    """Bytes that could not be read."""
    at_stage: str = ""
    """The stage, for a code that comes up at two; empty: the one in the table."""

    @property
    def stage(self) -> str:
        return self.at_stage or KINDS[self.code].stage

    @property
    def gravity(self) -> Gravity:
        return KINDS[self.code].gravity

    @property
    def is_quiet(self) -> bool:
        return KINDS[self.code].is_quiet

    @property
    def template(self) -> str:
        return _AS_WRITTEN if AS_WRITTEN in self.values else KINDS[self.code].template

    @property
    def message(self) -> str:
        """English: `where: what; what to do`."""
        return in_language(self, str)

    def __str__(self) -> str:
        return self.message

    def __hash__(self) -> int:
        return hash((self.code, self.where, *self.values.items(), self.start, self.byte))


def unreadable(reason: "Reason | Problem", where: str = "", stage: str = "") -> Problem:
    """Return what to say of a page that can't be read at all, for this reason."""
    return Problem("unreadable", where, {"reason": reason}, at_stage=stage)


def is_unread(problems: Iterable[Problem]) -> bool:
    """Say whether there is no page: what there is may be a server's message, but nobody has read what was asked for."""
    return any(problem.gravity == "unread" for problem in problems)


def is_binary(problems: Iterable[Problem]) -> bool:
    """Say whether there is no page because its bytes are no text; they can be had."""
    return any(problem.code == "not_text" for problem in problems)


def restored(mapping: Mapping[str, Any]) -> Problem:
    """Return the problem of which `dataclasses.asdict` made a mapping. Raises KeyError or TypeError if it is none.

    >>> from dataclasses import asdict
    >>> restored(asdict(unreadable(Reason("no_file"), "a.html"))).message
    'a.html: no such file; check the name'
    """
    problem = Problem(**{**mapping, "values": _restored(mapping["values"])})
    in_language(problem, str)  # a name that the tables lack
    return problem


def _restored(values: Mapping[str, Any]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, value in values.items():
        if not isinstance(value, Mapping):
            made[name] = value
        else:
            made[name] = restored(value) if "code" in value else Reason(value["name"], _restored(value["values"]))
    return made


def system_reason(error: OSError) -> Reason:
    """Return why the operating system refused something."""
    name = errno.errorcode.get(error.errno or 0, "")
    return Reason(name) if name in REASONS else Reason("verbatim", {"words": error.strerror or str(error)})
