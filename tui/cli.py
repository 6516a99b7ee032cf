"""The entry point: launches a worker before all else, runs a command, and exits with one line where something is wrong.

Here is the one net for what the system refuses and nobody below has put into words: a full disk, a closed output.
"""

import errno
import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from tui.core import outputs
from tui.processes.launch import COLD, YOUNG, launch

if TYPE_CHECKING:
    import subprocess

INTERRUPTED = 130
REFUSED = 1
"""The exit status where the system refused something: what came before it is there, what follows is lost."""
COMMAND_NAMES = frozenset(
    {"open", "show", "list", "repair", "damage", "labels", "find", "index", "batch", "config", "completion"}
)
_WITHOUT_WORKER = frozenset(
    {"index", "batch", "repair", "damage", "config", "completion", "--version", "--help", "-h", "--schema"}
)


def main() -> NoReturn:
    """Run copydesk with the arguments of the process."""
    gc.disable()  # nothing that is imported is garbage
    outputs.prepare()
    try:
        status = _answered()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        outputs.drop()  # whoever read has gone
        status = 0
    except OSError as error:
        outputs.drop()
        _say(_refused(error))
        status = REFUSED
    except MemoryError:  # one text is bounded by `processes.process`, which says how much it needed
        outputs.drop()
        _say("out of memory; quit other programs and try again")
        status = REFUSED
    sys.exit(status)


def _answered() -> int:
    if instruction := os.environ.get("_COPYDESK_COMPLETE"):  # `shells.VARIABLE`, without importing click
        from tui.commands.shells import answer
        from tui.commands.table import GROUP

        return answer(instruction, GROUP, GROUP.commands["open"])
    arguments = sys.argv[1:]
    # The worker takes as long to start as we do, on the other core.
    return _run(arguments, None if _WITHOUT_WORKER.intersection(arguments) else _launched(arguments))


def _refused(error: OSError) -> str:
    """What the system refused, for people."""
    if error.filename == outputs.STANDARD and error.errno == errno.EBADF:
        return f"{outputs.STANDARD}: it is closed; send it to a file or a pipe"
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename == outputs.STANDARD:
        return f"{outputs.STANDARD}: {reason}; the output is incomplete: mend that and run it again"
    return f"{error.filename or 'the system'}: {reason}; mend that and run it again"


def _say(line: str) -> None:
    from tui.text.words.cells import visible

    print(visible(line), file=sys.stderr)


def _launched(arguments: list[str]) -> "subprocess.Popen[bytes] | None":
    """A worker on its way. Lists and searches may need no more of most pages than their fields, or their bytes."""
    is_cold = arguments[:1] in (["list"], ["find"]) and "--full" not in arguments
    try:
        return launch("tui.processes.worker", *([COLD] if is_cold else []))
    except OSError:
        return None  # the command tries again, and has a page on which to say why


def _run(arguments: list[str], process: "subprocess.Popen[bytes] | None") -> int:
    from tui.core.errors import CopydeskError

    is_browsing = not COMMAND_NAMES.intersection(arguments[:1])
    try:
        if is_browsing:
            _check_command(*arguments[:1])
        if is_browsing and not any(argument.startswith("-") and argument != "-" for argument in arguments):
            # Sources alone need no parser of options, which takes as long to import as a page to repair.
            from tui.app.browse import browse
            from tui.choosing.choices import configured
            from tui.config import load

            return browse(arguments, configured(load(None)), process)
        return _command(arguments, process)
    except CopydeskError as error:
        _say(str(error))
        return error.exit_status


def _check_command(first: str = "") -> None:
    """Raise UsageError if what is to be opened is not there, and looks like a command that was mistyped."""
    if not first.isalpha() or os.path.lexists(first):
        return
    from difflib import get_close_matches  # nobody else needs it

    from tui.core.errors import UsageError

    if near := get_close_matches(first.lower(), sorted(COMMAND_NAMES), 1):
        raise UsageError(f"{first}: no such file or command; did you mean `copydesk {near[0]}`?")


def _command(arguments: list[str], process: "subprocess.Popen[bytes] | None") -> int:
    import click

    from tui.commands.table import GROUP
    from tui.core.errors import UsageError

    known = {*COMMAND_NAMES, "--help", "-h", "--version"}
    routed = arguments if arguments and arguments[0] in known else ["open", *arguments]
    if routed[0] != "open":  # the screen goes on importing, and does this itself
        gc.freeze()
        gc.enable()
        gc.set_threshold(YOUNG)
    try:
        # Not click's own main(), which answers an interrupt with an empty line.
        with GROUP.make_context("copydesk", routed, obj=process) as context:
            status = GROUP.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        place = getattr(getattr(error, "ctx", None), "command_path", "copydesk")
        raise UsageError(f"{error.format_message().rstrip('.')}; see {place} --help") from error
    return status if isinstance(status, int) else 0
