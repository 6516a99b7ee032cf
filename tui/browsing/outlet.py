"""Takes pages out of the screen: into files, and into programs that the user names."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tui.config import state_path
from tui.core.problems import Reason, system_reason
from tui.errors import SourceError, UsageError
from tui.i18n import tr
from tui.model import Document, Original
from tui.view.outlet import Form

COPIED_NAME = "copied.txt"


class FileOutlet:
    """As `Outlet` says."""

    def render(self, document: Document, form: Form) -> str:
        """As in `Outlet`."""
        from tui import export

        if form == "markdown":
            return export.markdown(document)
        if form == "json":
            return export.to_json(export.page(document)) + "\n"
        return document.body + "\n" if form == "body" else document.text

    def save(self, path: str, document: Document, original: Original | None, form: Form) -> str:
        """As in `Outlet`. Raises UsageError if the file is there already or can't be written."""
        if original is None:
            content = self.render(document, form).encode("utf-8", "replace")
        elif form == "source":
            content = original.text.encode("utf-8", "replace")
        else:
            content = original.raw if form == "raw" else original.record
        target = Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError for ~nobody
        try:
            with target.open("xb") as file:
                file.write(content)
        except FileExistsError as error:
            raise UsageError(Reason("already_there"), str(target)) from error
        except OSError as error:
            raise UsageError(Reason("cannot_save", {"why": system_reason(error)}), str(target)) from error
        return str(target)

    def keep(self, text: str) -> str:
        """As in `Outlet`; the last one is written over."""
        target = state_path().with_name(COPIED_NAME)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", errors="replace")
        except OSError as error:
            raise SourceError(Reason("cannot_keep_copy", {"why": system_reason(error)}), str(target)) from error
        return str(target)

    def run(self, command: str, text: str) -> int:
        """As in `Outlet`; the command has the terminal, and Ctrl-C is for it alone."""
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
        try:
            # The command is the user's own words, as in a shell; of the page nothing but its text gets there.
            with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE) as process:  # noqa: S602
                process.communicate(text.encode("utf-8", "replace"))
            status = process.returncode
            sys.stdout.write(f"\n{tr('copydesk: status {status}; ENTER goes back', status=status)} ")
            sys.stdout.flush()
            while os.read(0, 1) not in (b"\n", b"\r", b""):
                pass
        finally:
            signal.signal(signal.SIGINT, before)
        return status
