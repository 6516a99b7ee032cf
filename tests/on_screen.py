"""Tests that are coroutines: what they test is the screen of this very process."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


def on_screen(test: Callable[P, Coroutine[None, None, None]]) -> Callable[P, None]:
    """Make a test of a coroutine."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run
