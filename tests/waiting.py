"""Waiting for what a thread, a process or a terminal does: until it is so, however busy the machine is."""

import asyncio
import time
from collections.abc import Callable

PATIENCE_S = 120
"""Seconds after which something is taken never to come. It ends a hang; no test measures by it."""


def _nothing() -> str:
    return "what was waited for never came"


def wait_until(is_so: Callable[[], object], say: Callable[[], str] = _nothing) -> None:
    """Return as soon as something is so; fails, with what `say` says then, if that never happens."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, say()
        time.sleep(0.002)


async def until(is_so: Callable[[], object], what: str = "what was waited for") -> None:
    """As `wait_until`, while the screen of this process goes on."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"{what} never came"
        await asyncio.sleep(0.002)
