"""How the open page is read: from its source anew, with or without repairs, in another script."""

from functools import partial
from typing import TYPE_CHECKING

from tui.model import Options
from tui.view.pagetext import describe_edit
from tui.view.wishes import next_script, toggle_probable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader


class Reading:
    """Commands that show the open page in another way."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {
            "next-edit": partial(self.edit, 1),
            "previous-edit": partial(self.edit, -1),
            "raw": self.raw,
            "probable": lambda: self._reread(*toggle_probable(reader.options)),
            "script": lambda: self._reread(*next_script(reader.options)),
            "reload": self.reload,
        }

    def edit(self, step: int) -> None:
        """Go to the next repair and explain it."""
        reader = self._reader
        found = reader.body.go_to_edit(step * (reader.take_count() or 1))
        if found is None:
            reader.say("repairs are marked in the page, not in its source" if reader.body.view else "no repairs here")
        else:
            number, total, edit = found
            reader.say(f"{number}/{total}  {describe_edit(edit)}")

    def raw(self) -> None:
        """Show the source, or the page again."""
        reader = self._reader
        reader.hush()
        if reader.body.view:
            reader.body.show_source(None)
        elif reader.open_index >= 0 and reader.opener.source(reader.open_index, reader.options):
            reader.panes.activate("body")

    def _reread(self, options: Options, said: str) -> None:
        reader = self._reader
        reader.options = options
        if reader.open_index >= 0:
            reader.open(reader.open_index)
        reader.say(said)

    def reload(self) -> None:
        """Read the page again."""
        reader = self._reader
        reader.hush()
        if reader.open_index >= 0:
            reader.opener.drop(reader.open_index)
            reader.open(reader.open_index)
