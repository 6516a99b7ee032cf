"""What a shell may complete besides commands and options: repairs, classes of damage, fields and labels."""

from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING

import click

from tui.core.errors import CopydeskError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list["CompletionItem"]]


def _offering(names: Callable[[], Iterable[tuple[str, str]]], separators: str = "") -> Completer:
    """Return what completes names, each with what it is; a separator in the word begins another name."""

    def complete(_context: click.Context, _parameter: click.Parameter, word: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem  # 5 ms for each command, otherwise

        start = 1 + max((word.rfind(separator) for separator in separators), default=-1)
        before, begun = word[:start], word[start:]
        return [CompletionItem(before + name, help=about) for name, about in names() if name.startswith(begun)]

    return complete


def _repairs() -> Iterable[tuple[str, str]]:
    from tui.text.mending.mend import REPAIRS

    return [(repair.name, repair.about) for repair in REPAIRS]


def _optional_repairs() -> Iterable[tuple[str, str]]:
    from tui.text.mending.mend import REPAIRS

    return [(repair.name, repair.about) for repair in REPAIRS if repair.is_optional]


def _classes() -> Iterable[tuple[str, str]]:
    from tui.text.mending.damage import CLASSES

    return [("list", "names the classes"), *((name, about) for name, (about, _) in CLASSES.items())]


def _fields() -> Iterable[tuple[str, str]]:
    from tui.choosing.fields import FAMILIES, FIELDS

    families = ((f"{name}.", spec.about) for name, spec in FAMILIES.items())
    return [*((name, spec.about) for name, spec in FIELDS.items()), *families]


def _labels() -> Iterable[tuple[str, str]]:
    """Those of the configuration, and those that pages carry; a file of ours that is damaged offers none."""
    from tui.config import load, state_path
    from tui.notebook.store import Store

    names: dict[str, str] = {}
    try:
        names |= dict.fromkeys((word.rpartition("=")[2] for word in load(None).labels), "")
        if state_path().exists():
            with closing(Store(state_path())) as store:
                names |= {name: f"{count:,} pages" for name, count in store.counts().items()}
    except CopydeskError:
        return names.items()  # the command that is being typed will say what is wrong
    return names.items()


repairs = _offering(_repairs)
optional_repairs = _offering(_optional_repairs)
classes = _offering(_classes)
fields = _offering(_fields)
expressions = _offering(_fields, separators=" (-")
"""The field that an expression goes on with."""
labels = _offering(_labels)
label_lists = _offering(_labels, separators=",=")
