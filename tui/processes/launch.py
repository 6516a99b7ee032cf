"""Starts a worker process. Nothing of ours is imported here, so that it can be the first thing a command does."""

import subprocess
import sys


def launch(module: str = "tui.processes.worker") -> "subprocess.Popen[bytes]":
    """Start a worker and return at once; it ends when its standard input is closed. Raises OSError if it can't start.

    `module` has the worker's `main`.

    -P: a folder with hostile pages may hold a `json.py` too. A session of its own: Ctrl-C is not for the worker. Its
    errors go nowhere: the terminal belongs to the screen.
    """
    return subprocess.Popen(
        # -m would import runpy first; collecting garbage while importing takes a tenth of the time, and there is none.
        [sys.executable, "-P", "-c", f"import gc; gc.disable(); from {module} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        start_new_session=True,
    )
