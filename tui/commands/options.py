"""The options that mean the same in every command, and the one place where what click makes of them gets its types."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import click

from tui.choosing.choices import Choice, Fetching, Selection, configured
from tui.commands import completing
from tui.config import load
from tui.core.errors import UsageError
from tui.core.model import DELAY_S, FETCH_S, ROLES, Fields, Script
from tui.core.questions import LOOK_S
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.choosing.recipe import Recipe

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


class _Option(click.Option):
    """An option that help lists under a heading with others of its kind."""

    def __init__(self, *names: Any, heading: str, **given: Any) -> None:
        super().__init__(*names, **given)
        self.heading = heading


class GroupedCommand(click.Command):
    """A command whose help groups options: its own first."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a list of options under each heading."""
        lists: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)):
                lists.setdefault(getattr(parameter, "heading", "Options"), []).append(record)
        # `--help` comes last, and stays with the command's own.
        for heading in sorted(lists, key=lambda heading: heading != "Options"):
            with formatter.section(heading):
                formatter.write_dl(lists[heading])


HELP = {"help_option_names": ["-h", "--help"]}
grouped = partial(click.command, cls=GroupedCommand)
"""Makes a command whose options stand under headings."""
_reading = partial(click.option, cls=_Option, heading="How pages are read")
_choosing = partial(click.option, cls=_Option, heading="Which pages")
_network = partial(click.option, cls=_Option, heading="Pages from the network")


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
    _choosing("--limit", type=click.IntRange(min=0), metavar="N", help="Stop after N pages."),
    _choosing("--at", metavar="N[-M],...", help="Only pages with these ordinals, counted from 0."),
    _reading("--script", type=click.Choice(get_args(Script)), help="Convert Chinese to this script."),
    _reading("--certain", is_flag=True, help="Leave out guessed repairs."),
    _reading(
        "--also",
        multiple=True,
        shell_complete=completing.optional_repairs,
        metavar="REPAIR",
        help="Also run an optional repair; repeatable.",
    ),
    _reading(
        "--without",
        multiple=True,
        shell_complete=completing.repairs,
        metavar="REPAIR",
        help="Skip a repair; repeatable.",
    ),
    _reading("--recipe", metavar="FILE", help="Read pages by this recipe (TOML) instead of the configuration."),
    _reading("--charset", metavar="NAME", help="Decode with this charset, whatever the page says."),
)
"""Gives a command the options that mean the same everywhere."""
choosing = _giving(
    _reading(
        "--field",
        "fields",
        multiple=True,
        metavar="ROLE=NAME",
        help="Use this field of a record as its body, title, url or fetched; a.b reaches into objects; repeatable.",
    ),
    _choosing("--all-records", is_flag=True, help="Include archive records that are not pages of text."),
    _choosing(
        "--by",
        shell_complete=completing.fields,
        metavar="FIELD",
        help="Sample equally from each value of this field.",
    ),
    _choosing(
        "--seed", type=int, metavar="S", help="Seed for --sample; the same seed picks the same pages; default 0."
    ),
    _choosing("--sample", type=click.IntRange(min=0), metavar="N", help="Pick N pages at random."),
    _choosing(
        "--where",
        shell_complete=completing.expressions,
        metavar="EXPR",
        help="Only matching pages, such as 'repairs>0 lang:zh'.",
    ),
)
"""Gives a command that takes pages the options that choose among them by what they are, or at random."""
fetching = _giving(
    _network("--delay", type=Seconds(0, DAY_S), metavar="S", help=f"Seconds between requests to a host; {DELAY_S:g}."),
    _network("--depth", type=click.IntRange(0, 3), metavar="N", help="Fetch what headlines link to, N levels deep."),
    _network("--warc", metavar="FILE", help="Append everything fetched to this WARC file, new or written by copydesk."),
    _network("--offline", is_flag=True, help="Take web pages from the cache only."),
    _network(
        "--timeout", type=Seconds(0, DAY_S, min_open=True), metavar="S", help=f"Seconds for one page; {FETCH_S:g}."
    ),
    _network("--header", multiple=True, metavar="'NAME: VALUE'", help="Send this header; repeatable."),
)
"""Gives a command that takes pages the options that say how those of the network are fetched."""
following = click.option(
    "--follow", is_flag=True, help=f"Wait for new records, like tail -f, checking every {LOOK_S:g} s until Ctrl-C."
)
"""Gives a command that takes pages the option to wait for more."""


def chosen(given: Mapping[str, Any]) -> Choice:
    """Fold the options that were given and the configuration together. Raises UsageError if a value means nothing."""
    names = ("charset", "without", "also", "certain", "script")
    instead = {name: given[name] for name in names if given.get(name)}
    recipe = _recipe(given)
    if recipe is not None:
        instead = {name: getattr(recipe, name) for name in names} | instead
    config = replace(load(given.get("config_path")), **instead)
    label = given.get("label")
    choice = configured(config, [word.strip() for word in label.split(",")] if label else ())
    start = replace(choice.start, is_resuming=bool(given.get("resume")), no_color=bool(given.get("no_color")))
    return replace(
        choice,
        options=replace(
            choice.options,
            fields=_fields(given.get("fields") or ()) or (recipe.fields if recipe else ()),
            bounds=recipe.fails if recipe else (),
        ),
        selection=_selection(given, recipe.where if recipe else ""),
        fetching=_fetching(given, choice.fetching),
        start=start,
        all_records=bool(given.get("all_records")),
        is_following=bool(given.get("follow")),
        recipe=given.get("recipe") or "",
    )


def _recipe(given: Mapping[str, Any]) -> "Recipe | None":
    if not given.get("recipe"):
        return None
    from tui.choosing.recipe import read  # few name one

    return read(given["recipe"])


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


def _selection(given: Mapping[str, Any], always: str) -> Selection:
    """The pages that are asked for; `always` is an expression that holds for all of them, or empty."""
    where, sample, by, seed = (given.get(name) for name in ("where", "sample", "by", "seed"))
    is_counted = bool(given.get("count"))
    if is_counted and (not by or sample is not None):
        raise UsageError(f"--count: counts all pages by a field; {'drop --sample' if by else 'add --by FIELD'}")
    if sample is None and ((by and not is_counted) or seed is not None):
        raise UsageError(f"{'--by' if by else '--seed'}: only with a sample; add --sample N")
    if given.get("follow") and (sample is not None or is_counted):
        raise UsageError(
            "--follow: a count needs all pages first; drop --follow or --count"
            if is_counted
            else "--follow: a sample needs all pages first; drop --follow or --sample"
        )
    selection = Selection(_ordinals(given.get("at")), given.get("limit"), sample=sample, seed=seed or 0)
    if where is None and not always and sample is None and not by:
        return selection
    from tui.choosing.expression import both, field_name, parse

    expression = parse(where) if where is not None else None
    if always:
        expression = parse(both(always, where or ""))
    return replace(selection, where=expression, by=field_name(by, "--by") if by else None)


def _fields(texts: Iterable[str]) -> Fields:
    fields = []
    for text in texts:
        role, equals, name = text.partition("=")
        if role not in ROLES or not equals or not name:
            raise UsageError(
                f"--field {text}: names no field; write --field body=content.text; known are {', '.join(ROLES)}"
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
