"""How bash, zsh and fish ask what completes a line."""

import shlex
import sys
from collections.abc import Mapping

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

VARIABLE = "_COPYDESK_COMPLETE"
"""Set by the shell when it asks; its value says what for."""


class _Bash(BashComplete):
    """Click's, but for what bash makes of it: it puts a value into the line as it is, and `gbk>cp1252` would redirect."""

    # Where no command fits, a SOURCE is meant: let bash complete file names.
    source_template = BashComplete.source_template.replace("complete -o nosort -F", "complete -o nosort -o default -F")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.type},{shlex.quote(item.value)}"


SHELLS: Mapping[str, type[ShellComplete]] = {"bash": _Bash, "zsh": ZshComplete, "fish": FishComplete}


def script(shell: str, group: click.Group) -> str:
    """Return what makes a shell ask us."""
    return SHELLS[shell](group, {}, "copydesk", VARIABLE).source()


def answer(instruction: str, group: click.Group, opens: click.Command) -> int:
    """Tell a shell what the words of its command line could go on with; without a command, they are those of `opens`.

    The status is 1 for a shell that nobody knows.
    """
    asked = SHELLS.get(instruction.partition("_")[0])
    if asked is None:
        return 1
    words, word = asked(group, {}, "copydesk", VARIABLE).get_completion_args()
    command = opens if words and words[0] not in group.commands else group
    # In the first word, a command is meant, or what the browser takes.
    for each in (command, opens) if word and not words else (command,):
        if lines := asked(each, {}, "copydesk", VARIABLE).complete():
            sys.stdout.write(lines + "\n")
    return 0
