"""A line that the user types at the bottom of the screen."""

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Prompt:
    """A question that is open: its sign, what was typed so far."""

    sign: str
    text: str = ""

    def press(self, key: str, character: str | None) -> Literal["open", "done", "cancelled"]:
        """Take a key, by Textual's name for it; returns how the prompt stands then."""
        if key == "enter":
            return "done"
        if key in ("escape", "ctrl+c") or (key == "backspace" and not self.text):
            return "cancelled"
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif key == "ctrl+w":
            self.text = re.sub(r"\S*\s*$", "", self.text)
        elif character is not None and character.isprintable():
            self.text += character
        return "open"

    def paste(self, text: str) -> None:
        """Take pasted text up to its first line end."""
        self.text += "".join(char for char in text.partition("\n")[0] if char.isprintable())


def pattern(query: str) -> re.Pattern[str]:
    """Return what finds a query: letter case counts only if the query has a capital.

    >>> bool(pattern("abc").search("xABC")), bool(pattern("aBc").search("abc"))
    (True, False)
    """
    return re.compile(re.escape(query), 0 if query != query.lower() else re.IGNORECASE)
