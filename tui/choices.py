"""The options that mean the same in every command: which pages, and how they are read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from tui.config import Config, load
from tui.errors import UsageError
from tui.model import Limits, Options

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages, and how they are read: the options that mean the same everywhere."""

    options: Options
    config: Config
    at: tuple[range, ...]
    limit: int | None
    no_color: bool

    @property
    def limits(self) -> Limits:
        return self.config.limits

    def wanted(self, found: Iterable[tuple[int, T]]) -> Iterator[T]:
        """Of (ordinal, page) pairs, the pages that --at and --limit let through."""
        left = self.limit
        for ordinal, page in found:
            if left == 0:
                return
            if not self.at or any(ordinal in part for part in self.at):
                left = None if left is None else left - 1
                yield page


def common(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that mean the same everywhere."""
    for option in (
        click.option("--no-color", is_flag=True, help="Use no colours."),
        click.option("--config", "config_path", metavar="FILE", help="Read this configuration."),
        click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Stop after N pages."),
        click.option("--at", metavar="N[-M],...", help="Only pages with these ordinals; they count from 0."),
        click.option("--certain", is_flag=True, help="Leave out edits that were chosen by likelihood."),
        click.option("--without", multiple=True, metavar="REPAIR", help="Leave out a repair; may be given again."),
        click.option("--charset", metavar="NAME", help="Decode with this charset, whatever the page says."),
    ):
        command = option(command)
    return command


def chosen(given: dict[str, Any]) -> Choice:
    """Fold command line and configuration together. Raises UsageError if a value means nothing."""
    config = load(given["config_path"])
    charset = given["charset"] or config.charset
    without = frozenset(given["without"] or config.without)
    if charset:
        from tui.text.charsets import canonical

        charset = canonical(charset)
    if without:
        _check_repairs(without)
    options = Options(charset, without, given["certain"] or config.certain)
    return Choice(options, config, _ordinals(given["at"]), given["limit"], given["no_color"])


def _check_repairs(names: Iterable[str]) -> None:
    from tui.text.mend import REPAIRS

    known = [repair.name for repair in REPAIRS]
    for name in names:
        if name not in known:
            raise UsageError(f"--without {name}: no such repair; known: {', '.join(known)}")


def _ordinals(text: str | None) -> tuple[range, ...]:
    parts = []
    for part in text.split(",") if text else ():
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise UsageError(f"--at {text}: {part!r} is no ordinal or range of them; write 3 or 3-7,12")
        parts.append(range(int(first), int(last if dash else first) + 1))
    return tuple(parts)
