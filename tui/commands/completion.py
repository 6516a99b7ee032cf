"""Shell completion: `copydesk completion SHELL` prints what a shell has to read once; the shell then asks us."""

import sys

import click
from click.shell_completion import get_completion_class, shell_complete

VARIABLE = "_COPYDESK_COMPLETE"
"""Set by the shell when it asks; its value says what for."""


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print what makes SHELL complete commands and options, such as: source <(copydesk completion bash)."""
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - click knows the three
    group = click.get_current_context().find_root().command
    script = made(group, {}, "copydesk", VARIABLE).source()
    # Where no command fits, a SOURCE is meant: let bash complete file names.
    sys.stdout.write(script.replace("complete -o nosort -F", "complete -o nosort -o default -F"))
    return 0


def answer(group: click.Command, instruction: str) -> int:
    """Tell a shell what the words of its command line could go on with; `group` knows all commands."""
    return shell_complete(group, {}, "copydesk", VARIABLE, instruction)
