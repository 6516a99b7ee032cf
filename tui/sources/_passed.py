"""Tells somebody of each megabyte that is read or decoded: whoever gives a scan its time gives it for these."""

from collections.abc import Callable

STEP_BYTES = 1024 * 1024

_listeners: list[Callable[[], None]] = []
"""At most one."""
_left_bytes = STEP_BYTES


def tell_passed(on_step: Callable[[], None]) -> None:
    """Have somebody told, in place of whoever was before, whenever so many bytes have passed."""
    _listeners[:] = [on_step]


def passed(count_bytes: int) -> None:
    """Count bytes that were read from a file, or that came out of a decoder."""
    global _left_bytes
    _left_bytes -= count_bytes
    if _left_bytes < 0:
        _left_bytes = STEP_BYTES
        for listener in _listeners:
            listener()
