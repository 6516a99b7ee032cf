"""Every key of the main screen; the help is made from this table."""

import string
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from textual.binding import Binding

from tui.core.errors import UsageError
from tui.core.problems import Reason

Group = Literal["Read", "Find", "Repairs", "Choose pages", "Label", "Copy", "Screen"]

Changed = Sequence[tuple[str, str]]
"""Commands, and keys as they are printed."""

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
    "backspace": "Backspace",
    "escape": "ESC",
    "slash": "/",
    "question_mark": "?",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "number_sign": "#",
    "circumflex_accent": "^",
    "dollar_sign": "$",
    "colon": ":",
    "vertical_line": "|",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "ampersand": "&",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "equals_sign": "=",
    "plus": "+",
    "apostrophe": "'",
    "f1": "F1",
}

# Of each group: the keys, the name of the command, and what it does.
_TABLE: dict[Group, tuple[tuple[str, str, str], ...]] = {
    "Read": (
        ("j,down", "down", "a line down (5j: five)"),
        ("k,up", "up", "a line up"),
        ("ctrl+e", "scroll-down", "scroll a line down; the mark stays at its line"),
        ("ctrl+y", "scroll-up", "scroll a line up"),
        ("space,pagedown,ctrl+f", "page-down", "a page down"),
        ("pageup,ctrl+b", "page-up", "a page up"),
        ("b", "page-back", "a page up; with the caret: previous word"),
        ("d,ctrl+d", "half-down", "half a page down"),
        ("u,ctrl+u", "half-up", "half a page up"),
        ("home", "top", "to the top (also gg)"),
        ("g", "prefix", "gg: to the top"),
        ("G,end", "bottom", "to the end (17G: to line or page 17)"),
        (
            "enter",
            "choose",
            "open the page; on a headline: jump to it in the text; in the text: follow the link in the line",
        ),
        ("f", "hints", "follow a link on the screen by its letters"),
        ("H,backspace", "back", "back to the page you came from"),
        ("L", "forward", "forward again"),
        ("right_curly_bracket", "next-block", "next block of the page"),
        ("left_curly_bracket", "previous-block", "previous block"),
        ("greater_than_sign", "next-column", "next column of a table wider than the pane"),
        ("less_than_sign", "previous-column", "previous column"),
        ("O", "outline", "outline: jump to a title, heading or list"),
        ("tab", "next-pane", "next pane"),
        ("shift+tab", "previous-pane", "previous pane"),
        ("right", "right", "next pane; with the caret: a character right"),
        ("left", "left", "previous pane; with the caret: a character left"),
        ("v", "caret", "a caret in the text; again: select from there; in the list: select pages"),
        ("w", "next-word", "with the caret: next word"),
        ("0", "line-start", "with the caret: to the start of the line"),
        ("circumflex_accent", "line-text", "with the caret: to the first word of the line"),
        ("dollar_sign", "line-end", "with the caret: to the end of the line"),
        ("z", "zoom", "zoom this pane, and back"),
        ("equals_sign", "width", "text as wide as the pane, and back (60=: 60 cells)"),
        ("Z", "fold", "fold menus and footers, and back"),
        ("m", "mark", "set a mark here, named by a letter"),
        ("apostrophe", "go-to-mark", "go to a mark"),
    ),
    "Find": (
        ("slash", "search", "find in the active pane (//: regular expression; g/: all pages)"),
        ("n", "next-hit", "next hit"),
        ("N", "previous-hit", "previous hit; before any search: find backwards"),
    ),
    "Repairs": (
        ("backslash", "raw", "the page as scraped (bytes if it isn't text), and back"),
        ("right_square_bracket", "next-edit", "next repair, explained below"),
        ("left_square_bracket", "previous-edit", "previous repair"),
        (
            "D",
            "diff",
            "all repairs, before and after; what changed between captures, or selected pages (12D: from #12)",
        ),
        ("e", "why", "why this character: its repairs, and its bytes"),
        ("p", "probable", "show or hide guesses"),
        ("P", "repairs", "turn repairs on and off, and see what each does here"),
        ("c", "script", "Chinese as written, simplified, traditional, Taiwan, Hong Kong"),
        ("E", "charset", "choose among the charsets the page could be in"),
    ),
    "Choose pages": (
        ("J", "next-page", "next page, from anywhere"),
        ("K", "previous-page", "previous page, from anywhere"),
        ("ampersand", "keep", "show only the pages that match an expression"),
        ("o", "sort", "sort the pages by a field"),
        ("S", "group", "count pages by a field, as a chart, and choose a group"),
        ("x", "random", "a random page (20x: keep twenty at random)"),
        (
            "plus",
            "captures",
            "unfold the captures of the page's address, or fold them; D compares one with the one before",
        ),
        ("number_sign", "ordinal", "go to a page by its #"),
        ("R", "reload", "reload the page: from its server, or the whole collection if its files were replaced"),
        ("F", "follow", "follow growing files, on or off; resume looking for pages"),
    ),
    "Label": (
        ("t", "label", "add or remove a label: this page, the selected pages, or all"),
        ("T", "note", "write a note about the page"),
        ("U", "undo", "undo the last label or note"),
    ),
    "Copy": (
        ("y", "copy", "copy the selection, the paragraph or the title"),
        ("Y", "copy-as", "copy as: URL, Markdown, JSON"),
        ("s", "save", "save the page in a format of your choice"),
        ("W", "write", "write the pages shown to a file"),
        ("C", "copy-command", "copy the command that gives this view"),
        ("", "recipe", "write how pages are read and filtered as a recipe"),
        ("vertical_line", "pipe", "pipe the selection or the text to a command"),
    ),
    "Screen": (
        ("question_mark,h,f1", "help", "this help"),
        ("colon", "palette", "find a command by what it does"),
        ("", "theme", "try out themes"),
        ("ctrl+l", "repaint", "redraw the screen"),
        ("escape", "close", "stop fetching; go back; clear the search"),
        ("q", "leave", "go back; on the main screen: quit"),
        ("Q", "quit", "quit"),
        ("ctrl+c", "cancel", "stop what is running, otherwise like q"),
        ("ctrl+z", "suspend", "suspend to the shell; fg returns"),
    ),
}

_OF_THE_APP = {"repaint": "app.repaint", "quit": "app.leave", "suspend": "app.suspend_process"}


MAY_HIDE = frozenset({"follow", "group", "random", "sort"})
"""Commands that choose among pages rather than act on one: a label may have their key while labelling, `:` still runs them."""


def action_of(name: str) -> str:
    """What Textual runs for a command."""
    return _OF_THE_APP.get(name, f"run('{name}')")


BINDINGS = [
    # Where there is no key, one may be given.
    Binding(keys or f"no_key_for_{name}", action_of(name), description, show=False, id=name)
    for rows in _TABLE.values()
    for keys, name, description in rows
]


def key_name(key: str) -> str:
    """What is printed on a key that Textual calls `key`.

    >>> key_name("ctrl+f"), key_name("slash"), key_name("j")
    ('Ctrl-F', '/', 'j')
    """
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return _NAMES.get(key, key)


class Command(NamedTuple):
    """A command as people see it."""

    group: Group
    name: str
    keys: str
    """What is printed on its keys."""
    about: str
    action: str
    """As Textual runs it."""


def keymap(changed: Changed) -> dict[str, str]:
    """Return the keys of each command that has others than its own, by Textual's names for them.

    A key that was given to another command is taken away from its own one. Raises UsageError if there is no such
    command, or two of them are given one key.

    >>> keymap([("next-page", "Ctrl-N, J")])
    {'next-page': 'ctrl+n,J'}
    """
    own = {name: keys.split(",") for rows in _TABLE.values() for keys, name, _about in rows}
    given: dict[str, list[str]] = {}
    for name, printed in changed:
        if name not in own:
            raise UsageError(f"keys: {name}: no such command; `:` on the screen names them")
        given[name] = [_textual_name(key) for key in printed.replace(",", " ").split()]
    taken = [key for keys in given.values() for key in keys]
    twice = next((key for key in taken if taken.count(key) > 1), None)
    if twice:
        raise UsageError(f"keys: {key_name(twice)}: given to two commands; take it from one")
    left = {name: [key for key in keys if key not in taken] for name, keys in own.items()}
    return {name: ",".join(keys) for name, keys in {**left, **given}.items() if keys != own[name]}


def check_label_keys(labels: Iterable[str], changed: Changed = ()) -> None:
    """Raise UsageError if a key that gives a label by itself would hide a command that matters while reading.

    Digits hide nothing but counts.

    >>> check_label_keys(["1", "x", "a"])
    """
    others = keymap(changed)
    taken = {
        key_name(key): name
        for rows in _TABLE.values()
        for keys, name, _about in rows
        for key in others.get(name, keys).split(",")
        if name not in MAY_HIDE
    }
    for label in labels:
        if label in taken and label not in string.digits:
            free = " ".join(letter for letter in string.ascii_letters if letter not in taken)
            command = "top" if taken[label] == "prefix" else taken[label]
            raise UsageError(Reason("key_hides", {"key": label, "command": command, "free": free}), "--label")


def _textual_name(printed: str) -> str:
    if printed.lower().startswith(("ctrl-", "ctrl+")):
        return f"ctrl+{printed[5:].lower()}"
    return next((name for name, shown in _NAMES.items() if shown.lower() == printed.lower()), printed)


def _printed(name: str, keys: str) -> str:
    return " ".join(map(key_name, keys.split(","))) if keys else f":{name}"


def commands(changed: Changed = ()) -> list[Command]:
    """All commands in the order of the table; not the first half of `gg`, which does nothing by itself."""
    others = keymap(changed)
    return [
        Command(group, name, _printed(name, others.get(name, keys)), about, action_of(name))
        for group, rows in _TABLE.items()
        for keys, name, about in rows
        if name != "prefix"
    ]


def first_keys(changed: Changed = ()) -> dict[str, str]:
    """What is printed on the first key of each command; its name behind a colon, if it has none.

    >>> first_keys()["next-page"], first_keys([("next-page", "")])["next-page"]
    ('J', ':next-page')
    """
    return {command.name: command.keys.partition(" ")[0] for command in commands(changed)}
