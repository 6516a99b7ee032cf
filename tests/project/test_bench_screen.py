"""What `benchmarks/screen.py` waits for is seen whenever it comes."""

import sys

from benchmarks.screen import Session

ALL_AT_ONCE = "import sys, time; sys.stdout.write('text and all else'); sys.stdout.flush(); time.sleep(60)"


def test_a_screen_that_comes_at_once_is_seen_by_whoever_waits_for_its_parts() -> None:
    session = Session([sys.executable, "-c", ALL_AT_ONCE])
    try:
        first = session.wait_for("text")
        assert session.wait_for("text", "else") == first
        assert session.settle() is None
    finally:
        session.end()
