"""All commands by name, and what `copydesk --help` says; `cli` runs one of them."""

import sys

import click

from tui import __version__
from tui.commands import labels_import  # noqa: F401 - a command of `labels`
from tui.commands.batch import batch
from tui.commands.config import config
from tui.commands.damage import damage
from tui.commands.find import find
from tui.commands.index import index
from tui.commands.labels import labels
from tui.commands.list import list_
from tui.commands.open import open_
from tui.commands.options import HELP
from tui.commands.repair import repair
from tui.commands.show import show


@click.command(name="completion", short_help="Print what makes a shell complete commands and options.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print what makes SHELL complete commands and options, such as: source <(copydesk completion bash)."""
    from tui.commands.shells import script

    sys.stdout.write(script(shell, GROUP))
    return 0


COMMANDS: dict[str, click.Command] = {
    str(command.name): command
    for command in (open_, show, list_, repair, damage, labels, find, index, batch, config, completion)
}
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
        with click.Context(open_, info_name="copydesk") as opening:
            open_.format_options(opening, formatter)
        with formatter.section("About copydesk"):
            formatter.write_dl([found for param in self.get_params(ctx) if (found := param.get_help_record(ctx))])


GROUP = click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")(
    _Group(
        "copydesk",
        commands=COMMANDS,
        help="Read scraped pages in the terminal: headlines, article and metadata, with the text repaired.\n\n"
        "A SOURCE is a file, a folder, a pattern, an http(s) address, or - for standard input; none means this folder.",
        context_settings=HELP,
    )
)
