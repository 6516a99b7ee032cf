"""What keys change in the way pages are read, and how the status line says so."""

from dataclasses import replace
from typing import get_args

from tui.i18n import tr, tr_name
from tui.model import Options, Script

SCRIPTS = {
    "keep": "Chinese is shown as it is written",
    "hans": "Chinese is turned into simplified characters",
    "hant": "Chinese is turned into traditional characters",
    "tw": "Chinese is turned into the characters of Taiwan",
    "hk": "Chinese is turned into the characters of Hong Kong",
}


def toggle_probable(options: Options) -> tuple[Options, str]:
    """With or without edits that were chosen by likelihood."""
    is_certain = not options.certain
    said = tr("probable repairs are left out" if is_certain else "probable repairs are made and marked")
    return replace(options, certain=is_certain), said


def next_script(options: Options) -> tuple[Options, str]:
    """The next script that Chinese can be turned into, and at last none.

    >>> next_script(Options(script="hk"))[1]
    'Chinese is shown as it is written'
    """
    scripts: tuple[Script, ...] = get_args(Script)
    script = scripts[(scripts.index(options.script) + 1) % len(scripts)]
    return replace(options, script=script), tr_name(SCRIPTS[script])
