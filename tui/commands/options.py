"""The options that mean the same in every command, and the one place where what click makes of them gets its types."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

import click

from tui.choosing.choices import Choice, Fetching, Selection, configured
from tui.config import load
from tui.core.errors import UsageError
from tui.core.model import DELAY_S, FETCH_S, Fields, Script
from tui.core.questions import LOOK_S
from tui.core.values import replace

Command = Callable[..., int]
DAY_S = 86_400.0
"""The longest that anything may be asked to take."""


class Seconds(click.FloatRange):
    """A number of seconds within a range, in which nan is not."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value} is not a number.", param, ctx)
        return number


def _giving(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return what gives a command these options."""

    def give(command: Command) -> Command:
        for option in options:
            command = option(command)
        return command

    return give


common = _giving(
    click.option("--no-color", is_flag=True, help="Use no colours."),
    click.option("--config", "config_path", metavar="FILE", help="Read this configuration."),
    click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Stop after N pages."),
    click.option("--at", metavar="N[-M],...", help="Only pages with these ordinals, counted from 0."),
    click.option("--script", type=click.Choice(get_args(Script)), help="Convert Chinese to this script."),
    click.option("--certain", is_flag=True, help="Leave out guessed repairs."),
    click.option("--also", multiple=True, metavar="REPAIR", help="Also run an optional repair; repeatable."),
    click.option("--without", multiple=True, metavar="REPAIR", help="Skip a repair; repeatable."),
    click.option("--charset", metavar="NAME", help="Decode with this charset, whatever the page says."),
)
"""Gives a command the options that mean the same everywhere."""
choosing = _giving(
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="ROLE=NAME",
        help="Use this field of a record as its body, title, url or fetched; a.b reaches into objects; repeatable.",
    ),
    click.option("--all-records", is_flag=True, help="Include archive records that are not pages of text."),
    click.option("--by", metavar="FIELD", help="Sample equally from each value of this field."),
    click.option(
        "--seed", type=int, metavar="S", help="Seed for --sample; the same seed picks the same pages; default 0."
    ),
    click.option("--sample", type=click.IntRange(min=0), metavar="N", help="Pick N pages at random."),
    click.option("--where", metavar="EXPR", help="Only matching pages, such as 'repairs>0 lang:zh'."),
)
"""Gives a command that takes pages the options that choose among them by what they are, or at random."""
fetching = _giving(
    click.option(
        "--delay", type=Seconds(0, DAY_S), metavar="S", help=f"Seconds between requests to a host; {DELAY_S:g}."
    ),
    click.option(
        "--depth", type=click.IntRange(0, 3), metavar="N", help="Fetch what headlines link to, N levels deep."
    ),
    click.option(
        "--warc", metavar="FILE", help="Append everything fetched to this WARC file, new or written by copydesk."
    ),
    click.option("--offline", is_flag=True, help="Take web pages from the cache only."),
    click.option(
        "--timeout", type=Seconds(0, DAY_S, min_open=True), metavar="S", help=f"Seconds for one page; {FETCH_S:g}."
    ),
    click.option("--header", multiple=True, metavar="'NAME: VALUE'", help="Send this header; repeatable."),
)
"""Gives a command that takes pages the options that say how those of the network are fetched."""
following = click.option(
    "--follow", is_flag=True, help=f"Wait for new records, like tail -f, checking every {LOOK_S:g} s until Ctrl-C."
)
"""Gives a command that takes pages the option to wait for more."""


def chosen(given: Mapping[str, Any]) -> Choice:
    """Fold the options that were given and the configuration together. Raises UsageError if a value means nothing."""
    instead = {name: given[name] for name in ("charset", "without", "also", "certain", "script") if given.get(name)}
    config = replace(load(given.get("config_path")), **instead)
    label = given.get("label")
    choice = configured(config, [word.strip() for word in label.split(",")] if label else ())
    start = replace(choice.start, is_resuming=bool(given.get("resume")), no_color=bool(given.get("no_color")))
    return replace(
        choice,
        options=replace(choice.options, fields=_fields(given.get("fields") or ())),
        selection=_selection(given),
        fetching=_fetching(given, choice.fetching),
        start=start,
        all_records=bool(given.get("all_records")),
        is_following=bool(given.get("follow")),
    )


def _fetching(given: Mapping[str, Any], default: Fetching) -> Fetching:
    timeout_s, delay_s, header = given.get("timeout"), given.get("delay"), given.get("header")
    return replace(
        default,
        headers=_headers(header) if header else (),
        timeout_s=default.timeout_s if timeout_s is None else timeout_s,
        is_offline=bool(given.get("offline")),
        warc=given.get("warc") or "",
        depth=given.get("depth") or 0,
        delay_s=default.delay_s if delay_s is None else delay_s,
    )


def _headers(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    from tui.web.headers import parse  # few send any

    return tuple(map(parse, lines))


def _selection(given: Mapping[str, Any]) -> Selection:
    where, sample, by, seed = (given.get(name) for name in ("where", "sample", "by", "seed"))
    if sample is None and (by or seed is not None):
        raise UsageError(f"{'--by' if by else '--seed'}: only with a sample; add --sample N")
    if given.get("follow") and sample is not None:
        raise UsageError("--follow: a sample needs all pages first; drop --follow or --sample")
    selection = Selection(_ordinals(given.get("at")), given.get("limit"), sample=sample, seed=seed or 0)
    if where is None and sample is None:
        return selection
    from tui.choosing.expression import field_name, parse

    expression = parse(where) if where is not None else None
    return replace(selection, where=expression, by=field_name(by, "--by") if by else None)


_ROLES = ("body", "title", "url", "fetched")


def _fields(texts: Iterable[str]) -> Fields:
    fields = []
    for text in texts:
        role, equals, name = text.partition("=")
        if role not in _ROLES or not equals or not name:
            raise UsageError(
                f"--field {text}: names no field; write --field body=content.text; known are {', '.join(_ROLES)}"
            )
        fields.append((role, name))
    return tuple(fields)


MOST_DIGITS = 18
"""Of an ordinal; no collection has so many pages, and int() refuses numbers of 5,000 digits."""


def _ordinals(text: str | None) -> tuple[range, ...]:
    parts = []
    for part in text.split(",") if text else ():
        first, dash, last = part.strip().partition("-")
        is_number = first.isdecimal() and (last.isdecimal() or not dash)
        if not is_number or max(len(first), len(last)) > MOST_DIGITS or (dash and int(last) < int(first)):
            raise UsageError(f"--at {text}: {part!r} is not an ordinal or a range; write 3 or 3-7,12")
        parts.append(range(int(first), int(last if dash else first) + 1))
    return tuple(parts)
