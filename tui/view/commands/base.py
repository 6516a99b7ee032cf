"""What all groups of commands have: the screen that they act on, and how they ask for a key, or for what may not be had."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.core.errors import CopydeskError
from tui.core.i18n import tr_said

if TYPE_CHECKING:
    from tui.view.reader import Reader

Table = dict[str, Callable[[], None]]
"""Commands by their names in `view.keys`."""


class Commands:
    """A group of commands."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader

    def table(self) -> Table:
        """Return the commands; none, for a group that others call."""
        return {}

    def _told(self, act: Callable[[], None]) -> None:
        """Do something; a store that can't be read or written is told, and all else goes on."""
        try:
            act()
        except CopydeskError as error:
            self._reader.say(tr_said(error), is_trouble=True)

    def _ask_key(self, sign: str, use: Callable[[str], None]) -> None:
        """Ask for one key, and go on with it."""
        self._reader.hush()
        self._reader.typing.ask_key(sign, lambda key: self._told(lambda: use(key)))
