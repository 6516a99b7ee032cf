"""Lets the screen under test say when all that was asked of it is done and drawn; run as a program, it is `copydesk`.

A pause in what a program writes says nothing on a busy machine; a mark behind the last of it does.
"""

import asyncio
import os
import threading
from contextlib import suppress

from textual.events import Event, Key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from tui.view import desk

ASK = "\x1b[57398u"
"""F35 in Kitty's protocol, which no command has: the screen marks that it has come so far."""
MARK = b"\x1b]7777;done\x07"
ROUNDS = 3
"""What a key begins may begin something itself: a page is read, its title is asked for, a row is drawn."""


class Marking(desk.Desk):
    """The application, which answers ASK with MARK."""

    async def on_event(self, event: Event) -> None:
        """As in Textual, but for the one key."""
        if isinstance(event, Key) and event.key == "f35":
            self._marking = asyncio.create_task(self._mark())
        else:
            await super().on_event(event)

    async def _mark(self) -> None:
        while tuple(os.get_terminal_size(0)) != tuple(self.size):
            await asyncio.sleep(0.005)
        for _ in range(ROUNDS):
            with suppress(WorkerCancelled, WorkerFailed):  # another page was wished for meanwhile
                await self.workers.wait_for_complete()
            for thread in threading.enumerate():
                if thread.name == "job":
                    await asyncio.to_thread(thread.join)
            await Pilot(self).pause()
        if self._driver is not None:
            self._driver.write(MARK.decode())
            self._driver.flush()


def install() -> None:
    """Let every screen that this process opens answer."""
    desk.Desk = Marking  # type: ignore[misc]


if __name__ == "__main__":
    from tui.cli import main

    install()
    main()
