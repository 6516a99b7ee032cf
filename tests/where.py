"""Where things lie in the checkout, for tests in any of its rooms."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
