"""Themes of our own, beside Textual's: for eyes and screens that need more contrast."""

from textual.theme import Theme

THEMES = (
    Theme(
        "high-contrast",
        primary="#ffffff",
        secondary="#00ffff",
        warning="#ffff00",
        error="#ff5050",
        success="#00ff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
    ),
    Theme(
        "high-contrast-light",
        primary="#000000",
        secondary="#00008b",
        warning="#8b0000",
        error="#b00000",
        success="#005000",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ffffff",
        dark=False,
    ),
)


def is_strong(name: str) -> bool:
    """Whether nothing may be dim in a theme."""
    return name.startswith("high-contrast")
