"""All commands by name, and what `copydesk --help` says; `cli` runs one of them."""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import click

from tui import __version__
from tui.commands.options import HELP


@click.command(name="completion", short_help="Print what makes a shell complete commands and options.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print what makes SHELL complete commands and options, such as: source <(copydesk completion bash)."""
    from tui.commands.shells import script

    sys.stdout.write(script(shell, GROUP))
    return 0


class _Commands(Mapping[str, click.Command]):
    """Commands by name; each is imported when it is asked for: all take 8 ms, a twentieth of a short list."""

    _PLACES: Mapping[str, str] = {
        **{name: f"{name}.{name}" for name in ("show", "repair", "damage", "find", "index", "batch", "config")},
        "open": "open.open_",
        "list": "list.list_",
        "labels": "labels_import.labels",
        "completion": "table.completion",
    }
    """Name -> its module and what it is called there; that of `labels` completes the group."""

    def __getitem__(self, name: str) -> click.Command:
        module, _, called = self._PLACES[name].partition(".")
        return cast(click.Command, getattr(import_module(f"tui.commands.{module}"), called))

    def __iter__(self) -> Iterator[str]:
        return iter(self._PLACES)

    def __len__(self) -> int:
        return len(self._PLACES)


COMMANDS = _Commands()
EXAMPLES = (
    ("copydesk --demo", "the sample pages"),
    ("copydesk crawl.warc.gz", "the pages of an archive"),
    ("copydesk --where 'lang:zh repairs>0' pages.jsonl", "repaired Chinese pages"),
    ("copydesk --label good,bad,x=spam pages.jsonl", "label with 1, 2 and x"),
    ("copydesk show --json page.html", "all about one, as JSON"),
)


class _Group(click.Group):
    """Helps with the browser first: it is what runs where no command is named."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the browser is called, and how a command is."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] [SOURCE]...")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] ...", prefix=" " * len("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, the commands, and the options of the browser under their headings."""
        with formatter.section("Examples"):
            formatter.write_dl(EXAMPLES, col_max=56)
        self.format_commands(ctx, formatter)
        with click.Context(COMMANDS["open"], info_name="copydesk") as opening:
            COMMANDS["open"].format_options(opening, formatter)
        with formatter.section("About copydesk"):
            formatter.write_dl([found for param in self.get_params(ctx) if (found := param.get_help_record(ctx))])


GROUP = click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")(
    _Group(
        "copydesk",
        commands=cast(Any, COMMANDS),  # click adds none to those it is given
        help="Read scraped pages in the terminal: headlines, article and metadata, with the text repaired.\n\n"
        "A SOURCE is a file, a folder, a pattern, an http(s) address, or - for standard input; none means this folder.",
        context_settings=HELP,
    )
)
