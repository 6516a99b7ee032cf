"""Every key of the main screen; the help is made from this table."""

from typing import Literal

from textual.binding import Binding

Group = Literal["Move", "Find", "View", "Leave"]

_NAMES = {
    "space": "SPACE",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "TAB",
    "shift+tab": "Shift-TAB",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "enter": "ENTER",
    "escape": "ESC",
    "slash": "/",
    "question_mark": "?",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "number_sign": "#",
    "f1": "F1",
}

# Of each group: the keys, the action, what it does, and its name for key maps.
_TABLE: dict[Group, tuple[tuple[str, str, str, str], ...]] = {
    "Move": (
        ("j,down", "move('down')", "a line down (5j: five)", "down"),
        ("k,up", "move('up')", "a line up", "up"),
        ("space,pagedown,ctrl+f", "move('page_down')", "a page down", "page-down"),
        ("b,pageup,ctrl+b", "move('page_up')", "a page up", "page-up"),
        ("d,ctrl+d", "move('half_down')", "half a page down", "half-down"),
        ("u,ctrl+u", "move('half_up')", "half a page up", "half-up"),
        ("home", "move('top')", "to the top (also gg)", "top"),
        ("g", "prefix", "gg: to the top", "prefix"),
        ("G,end", "move('end')", "to the end (17G: to line or page 17)", "bottom"),
        ("number_sign", "go_to_ordinal", "go to a page by its number", "ordinal"),
        ("enter", "choose", "open the page; found headline: its place in the text", "choose"),
        ("J", "page(1)", "next page, from anywhere", "next-page"),
        ("K", "page(-1)", "previous page, from anywhere", "previous-page"),
        ("tab,right", "pane(1)", "next pane", "next-pane"),
        ("shift+tab,left", "pane(-1)", "previous pane", "previous-pane"),
    ),
    "Find": (
        ("slash", "search(1)", "find in the active pane", "search"),
        ("question_mark", "search(-1)", "find backwards", "search-back"),
        ("n", "hit(1)", "next hit", "next-hit"),
        ("N", "hit(-1)", "previous hit", "previous-hit"),
        ("right_square_bracket", "edit(1)", "next repair, explained below", "next-edit"),
        ("left_square_bracket", "edit(-1)", "previous repair", "previous-edit"),
    ),
    "View": (
        ("backslash", "raw", "source before repair, and back", "raw"),
        ("p", "probable", "probable repairs on or off", "probable"),
        ("c", "script", "Chinese as it is, simplified, traditional, as in Taiwan, as in Hong Kong", "script"),
        ("z", "zoom", "this pane alone, and back", "zoom"),
        ("R", "reload", "read the page again", "reload"),
        ("ctrl+l", "app.repaint", "draw the screen again", "repaint"),
        ("h,f1", "help", "this help", "help"),
    ),
    "Leave": (
        ("escape", "close", "close what is on top; forget the search", "close"),
        ("q", "leave", "close what is on top; on the main screen: quit", "leave"),
        ("Q", "app.leave", "quit", "quit"),
        ("ctrl+c", "cancel", "stop what is going on, else as q", "cancel"),
        ("ctrl+z", "app.suspend_process", "to the shell; fg comes back", "suspend"),
    ),
}

BINDINGS = [
    Binding(keys, action, description, show=False, id=identity)
    for rows in _TABLE.values()
    for keys, action, description, identity in rows
]


def key_name(key: str) -> str:
    """What is printed on a key that Textual calls `key`.

    >>> key_name("ctrl+f"), key_name("slash"), key_name("j")
    ('Ctrl-F', '/', 'j')
    """
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return _NAMES.get(key, key)


def help_rows() -> list[tuple[str, str]]:
    """Rows of (keys, description); a group's name stands alone."""
    rows: list[tuple[str, str]] = []
    for group, entries in _TABLE.items():
        rows.append((group, ""))
        for keys, _action, description, identity in entries:
            if identity != "prefix":
                rows.append((" ".join(key_name(key) for key in keys.split(",")), description))
    return rows
