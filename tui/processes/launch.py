"""Starts a worker process. Nothing of ours is imported here, so that it can be the first thing a command does."""

import os
import subprocess
import sys

CHILD = "--child"
"""First argument of a bundle (`scripts/bundle/start.py`) that is to be a worker: its executable takes no Python code."""


YOUNG = 20_000
"""Objects that are made before garbage is looked for, not 700: what is imported is none, nor is most of a page."""
COLD = "--cold"
"""Argument of a worker that is not to import ahead of the first question: it may need next to nothing."""

HEAP = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
"""Bytes that glibc's heap of a worker keeps for the next page (mallopt(3)), which else the system clears for each one anew."""


def launch(module: str = "tui.processes.worker", *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a worker and return at once; it ends when its standard input is closed. Raises OSError if it can't start.

    `module` has the worker's `main`, which gets the arguments.

    -P: a folder with hostile pages may hold a `json.py` too. A session of its own: Ctrl-C is not for the worker. Its
    errors go nowhere: the terminal belongs to the screen.
    """
    # -m would import runpy first; collecting garbage while importing takes a tenth of the time, and there is none.
    code = f"import gc; gc.disable(); from {module} import main; main(*__import__('sys').argv[1:])"
    return subprocess.Popen(
        [sys.executable, *((CHILD, module) if hasattr(sys, "frozen") else ("-P", "-c", code)), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=HEAP | os.environ,
        start_new_session=True,
    )
