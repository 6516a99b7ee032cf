"""How pages are read, in another way: in another script, with or without repairs."""

from dataclasses import replace
from typing import get_args

from tui.core.i18n import tr, tr_name
from tui.core.model import Options, Script

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
    notice = tr("probable repairs are left out" if is_certain else "probable repairs are made and marked")
    return replace(options, certain=is_certain), notice


def switch(options: Options, name: str, *, is_optional: bool) -> Options:
    """With a repair that was off, or without one that was on; optional ones are off unless asked for.

    >>> sorted(switch(Options(), "letter_swap", is_optional=True).also)
    ['letter_swap']
    >>> switch(switch(Options(), "entities", is_optional=False), "entities", is_optional=False) == Options()
    True
    """
    if is_optional and name not in options.without:
        return replace(options, also=options.also ^ {name})
    return replace(options, without=options.without ^ {name})


def repairs_in_use(options: Options) -> str:
    """Which repairs are other than usual.

    >>> repairs_in_use(Options(without=frozenset({"entities"}), also=frozenset({"letter_swap"})))
    'without entities, with letter_swap'
    """
    changes = [tr("without {repair}", repair=name) for name in sorted(options.without)]
    changes += [tr("with {repair}", repair=name) for name in sorted(options.also - options.without)]
    return ", ".join(changes) or tr("the usual repairs")


def next_script(options: Options) -> tuple[Options, str]:
    """The next script that Chinese can be turned into, and at last none.

    >>> next_script(Options(script="hk"))[1]
    'Chinese is shown as it is written'
    """
    scripts: tuple[Script, ...] = get_args(Script)
    script = scripts[(scripts.index(options.script) + 1) % len(scripts)]
    return replace(options, script=script), tr_name(SCRIPTS[script])
