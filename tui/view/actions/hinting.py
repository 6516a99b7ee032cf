"""Links of the text, chosen by the letters that stand on them."""

from typing import TYPE_CHECKING

from tui.i18n import tr
from tui.view.links import labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader


class Hinting:
    """Commands that follow a link of the text."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {"hints": self.hints}

    def hints(self) -> None:
        """Put letters on the links in sight, and follow the one whose letters are typed."""
        reader = self._reader
        reader.hush()
        reader.panes.activate("body")
        links = reader.body.links()
        if links:
            self._offer(links)
        else:
            reader.say(tr("no link in sight"))

    def choose(self) -> None:
        """Follow the link of the line that is read; of several, the one whose letters are typed."""
        reader = self._reader
        links = reader.body.links(in_line=True)
        if len(links) == 1:
            reader.following.follow(*links.values())
        elif links:
            self._offer(links)
        else:
            reader.say(tr("no link in this line; f shows those in sight"))

    def _offer(self, links: dict[int, str]) -> None:
        reader, names = self._reader, labels(len(links))
        targets = dict(zip(names, links.values(), strict=True))

        def end(_typed: str = "") -> None:
            reader.body.hint({})

        def changed(typed: str) -> None:
            if any(name != typed and name.startswith(typed) for name in names):
                return
            reader.typing.close()
            end()
            if typed in targets:
                reader.following.follow(targets[typed])
            else:
                reader.say(tr("{letters}: no link has these letters", letters=typed))

        reader.body.hint(dict(zip(links, names, strict=True)))
        reader.ask(tr("follow: "), end, changed, end)
