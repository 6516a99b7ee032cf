"""What holds for all tests."""

import asyncio
import inspect
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tui.view.state import survey

LONGEST_S = 600
"""Seconds after which a test hangs: many times what the longest takes on a busy machine."""
GUARD = str(Path(__file__).parent / "guard")

# Nothing that a test starts reaches beyond this machine: see guard/sitecustomize.py.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (GUARD, os.environ.get("PYTHONPATH"))))
sys.path.insert(0, GUARD)
import sitecustomize  # noqa: E402, F401

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells let what they start in the background ignore interrupts, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples each time, and nothing that a busy machine decides: `make test` says something about the code alone.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine, each in a loop of its own: what it tests is the screen of this very process."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def _no_test_hangs() -> Iterator[None]:
    """End a test that waits for a process or a terminal which never answers; CI must not wait with it."""

    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError(f"the test did not end in {LONGEST_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True, scope="session")
def _nothing_is_kept_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let programs under test keep labels, places and indexes in folders that go away, and read no configuration of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_page_is_late() -> Iterator[None]:
    """Hand pages on because there are enough of them, not because a busy machine has let them wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey, "BATCH_S", 10 * LONGEST_S)
        yield
