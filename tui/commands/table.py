"""All commands by name; `cli` runs one of them, and shells ask here what completes a line.

`copydesk completion SHELL` prints what a shell has to read once; the shell then asks us.
"""

import sys

import click
from click.shell_completion import get_completion_class, shell_complete

from tui import __version__
from tui.commands import labels_import  # noqa: F401 - a command of `labels`
from tui.commands.config import config
from tui.commands.damage import damage
from tui.commands.find import find
from tui.commands.index import index
from tui.commands.labels import labels
from tui.commands.list import list_
from tui.commands.open import open_
from tui.commands.repair import repair
from tui.commands.show import show

VARIABLE = "_COPYDESK_COMPLETE"
"""Set by the shell when it asks; its value says what for."""


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print what makes SHELL complete commands and options, such as: source <(copydesk completion bash)."""
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - click knows the three
    script = made(GROUP, {}, "copydesk", VARIABLE).source()
    # Where no command fits, a SOURCE is meant: let bash complete file names.
    sys.stdout.write(script.replace("complete -o nosort -F", "complete -o nosort -o default -F"))
    return 0


COMMANDS: dict[str, click.Command] = {
    str(command.name): command
    for command in (open_, show, list_, repair, damage, labels, find, index, config, completion)
}
GROUP = click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")(
    click.Group(
        "copydesk",
        commands=COMMANDS,
        help="A terminal browser for scraped pages: headlines, article and metadata, with the text repaired.\n\n"
        "copydesk [SOURCE...] opens the browser; a SOURCE is a file, a folder, a pattern, an http(s) address or - for standard input.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
)


def answer(instruction: str) -> int:
    """Tell a shell what the words of its command line could go on with."""
    return shell_complete(GROUP, {}, "copydesk", VARIABLE, instruction)
