"""The command that damages text, for those who train or test: `copydesk damage`."""

import sys

import click

from tui.commands import completing
from tui.commands.repair import stream_of
from tui.core.errors import SourceError, UsageError
from tui.core.model import Limits


@click.command(name="damage", short_help="Damage text, to make pairs to train and test with.")
@click.argument("kind", metavar="CLASS", shell_complete=completing.classes)
@click.argument("file", default="-")
@click.option("--seed", type=int, default=0, help="Seed for random damage; the same seed gives the same damage.")
def damage(kind: str, file: str, seed: int) -> int:
    """Damage UTF-8 text the way pages are, to make pairs to train and to test with; CLASS `list` names the classes."""
    import random

    from tui.processes.process import Bounds
    from tui.text.mending.damage import CLASSES

    if kind == "list":
        sys.stdout.buffer.write("".join(f"{name}\t{about}\n" for name, (about, _) in CLASSES.items()).encode())
        return 0
    if kind not in CLASSES:
        raise UsageError(f"{kind}: unknown class of damage; see `copydesk damage list`")
    bounds = Bounds(Limits())
    with stream_of(file) as stream:
        payload = stream.read()
    bounds.begin(file, len(payload))
    try:
        text = payload.decode()
    except UnicodeDecodeError as error:
        fault = f"{file}: byte {error.start:,}: not UTF-8; make it so first, as `copydesk repair` does"
        raise SourceError(fault) from error
    try:
        damaged = CLASSES[kind][1](text, random.Random(seed))  # noqa: S311 - chance that is to be repeated
    except MemoryError as error:
        raise bounds.outgrown() from error
    sys.stdout.buffer.write(damaged.encode())
    return 0
