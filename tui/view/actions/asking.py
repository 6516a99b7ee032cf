"""What commands have in common that ask for a key, or for something that may not be had."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.errors import CopydeskError
from tui.i18n import tr_said

if TYPE_CHECKING:
    from tui.view.reader import Reader


def told(reader: "Reader", act: Callable[[], None]) -> None:
    """Do something; a store that can't be read or written is told, and all else goes on."""
    try:
        act()
    except CopydeskError as error:
        reader.say(tr_said(error), is_trouble=True)


def ask_key(reader: "Reader", sign: str, use: Callable[[str], None]) -> None:
    """Ask for one key, and go on with it."""
    reader.hush()
    reader.typing.ask_key(sign, lambda key: told(reader, lambda: use(key)))
