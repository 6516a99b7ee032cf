"""The last row of the screen: the status line, or the line that is being typed."""

from textual.strip import Strip
from textual.widget import Widget

from tui.text.cells import width
from tui.view.look import Look
from tui.view.paint import strip
from tui.view.prompts import Prompt
from tui.view.settings import Settings
from tui.view.statusline import Status, status_text


class StatusLine(Widget, can_focus=False):
    """Shows a `Status`; a prompt takes its place while it is open."""

    DEFAULT_CSS = "StatusLine { dock: bottom; height: 1; }"

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(id="status")
        self._look = look
        self._wide = settings.ambiguous_wide
        self._status = Status()
        self._prompt: Prompt | None = None

    def show(self, status: Status, prompt: Prompt | None) -> None:
        """Show a status or a prompt; costs nothing if it is what is shown already."""
        if (status, prompt) != (self._status, self._prompt) or prompt is not None:
            self._status, self._prompt = status, prompt
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one
        """The line for Textual."""
        cells = self.size.width
        if self._prompt is not None:
            typed, found = f"{self._prompt.sign}{self._prompt.text}", self._status.search
            while width(typed, wide=self._wide) > cells - 1:
                typed = typed[1:]
            parts = [(typed, None), (" ", self._look.style("cursor"))]
            gap = cells - width(typed, wide=self._wide) - width(found, wide=self._wide) - 2
            if found and gap > 0:
                parts += [(" " * gap, None), (found, self._look.style("note"))]
            row = strip(parts, cells, wide=self._wide)
            return row.apply_style(self._look.base) if self._look.base else row
        style = self._look.style("status_trouble" if self._status.is_trouble else "status")
        return strip([(status_text(self._status, cells, wide=self._wide), style)], cells, wide=self._wide)
