"""The entry point: launches a worker before all else, runs a command, and exits with one line where something is wrong."""

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from tui.processes.launch import launch

if TYPE_CHECKING:
    import subprocess

INTERRUPTED = 130
COMMAND_NAMES = frozenset(
    {"open", "show", "list", "repair", "damage", "labels", "find", "index", "config", "completion"}
)
_WITHOUT_WORKER = frozenset(
    {"index", "repair", "damage", "config", "completion", "--version", "--help", "-h", "--schema"}
)


def main() -> NoReturn:
    """Run copydesk with the arguments of the process."""
    gc.disable()  # nothing that is imported is garbage
    if instruction := os.environ.get("_COPYDESK_COMPLETE"):  # as in `completion`, which imports click
        from tui.commands.completion import answer
        from tui.commands.pages import GROUP

        sys.exit(answer(GROUP, instruction))
    arguments = sys.argv[1:]
    # The worker takes as long to start as we do, on the other core.
    process = None if _WITHOUT_WORKER.intersection(arguments) else _launched()
    try:
        status = _run(arguments, process)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        # Whoever read has gone. What is still buffered must not complain when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 0
    sys.exit(status)


def _launched() -> "subprocess.Popen[bytes] | None":
    try:
        return launch()
    except OSError:
        return None  # the command tries again, and has a page on which to say why


def _run(arguments: list[str], process: "subprocess.Popen[bytes] | None") -> int:
    from tui.errors import CopydeskError

    is_browsing = not COMMAND_NAMES.intersection(arguments[:1])
    try:
        if is_browsing and not any(argument.startswith("-") and argument != "-" for argument in arguments):
            # Sources alone need no parser of options, which takes as long to import as a page to repair.
            from tui.browsing.browse import browse
            from tui.choices import chosen

            return browse(arguments, chosen({}), process)
        return _command(arguments, process)
    except CopydeskError as error:
        from tui.text.cells import visible

        print(visible(str(error)), file=sys.stderr)
        return error.exit_status


def _command(arguments: list[str], process: "subprocess.Popen[bytes] | None") -> int:
    import click

    from tui.commands.pages import GROUP
    from tui.errors import UsageError

    known = {*COMMAND_NAMES, "--help", "-h", "--version"}
    routed = arguments if arguments and arguments[0] in known else ["open", *arguments]
    if routed[0] != "open":  # the screen goes on importing, and does this itself
        gc.enable()
    try:
        # Not click's own main(), which answers an interrupt with an empty line.
        with GROUP.make_context("copydesk", routed, obj=process) as context:
            status = GROUP.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        raise UsageError(f"{error.format_message().rstrip('.')}; see copydesk --help") from error
    return status if isinstance(status, int) else 0
