"""The command as a user calls it: in a shell, with streams of every kind, in folders of the test's own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from waiting import PATIENCE_S


class Answer(NamedTuple):
    """What a call came to."""

    status: int
    out: bytes
    lines: list[str]
    """Of standard error."""

    @property
    def line(self) -> str:
        """The one line of standard error, if it is one of ours: neither a traceback nor a fault."""
        (line,) = self.lines
        assert ": " in line, line
        assert "fault of this program" not in line, line
        return line


def call(
    *arguments: str | Path,
    before: str = "",
    redirect: str = "",
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str | None] | None = None,
) -> Answer:
    """Run copydesk with these arguments; `before` and `redirect` are what a shell has around them; a variable that is None is unset."""
    environment = os.environ | {k: v for k, v in (env or {}).items() if v is not None}
    for name in (name for name, value in (env or {}).items() if value is None):
        environment.pop(name, None)
    script = f'{before} exec "$0" -m tui "$@" {redirect}'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=PATIENCE_S,
    )
    lines = done.stderr.decode().splitlines()
    assert not any(line.startswith("Traceback") for line in lines), done.stderr.decode()
    return Answer(done.returncode, done.stdout, lines)
