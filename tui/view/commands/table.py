"""What runs for each command of `keys`."""

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

from textual.screen import Screen

from tui.view.commands import ordering
from tui.view.commands.copying import Copying
from tui.view.commands.finding import Finding
from tui.view.commands.leaving import Leaving
from tui.view.commands.moving import Moving, Pointing
from tui.view.commands.rereading import Rereading
from tui.view.keys import Changed
from tui.view.pagetext.sight import Motion
from tui.view.panes.group import Panes
from tui.view.state.browsing import Browsing
from tui.view.state.pages import next_script, toggle_probable


def table(browsing: Browsing, panes: Panes, screen: Screen[Any], keys: Changed) -> dict[str, Callable[[], None]]:
    """Return the commands of a screen that shows these panes; some have other keys than usual."""
    on = browsing, panes, screen
    moving, pointing, finding, counting = Moving(*on), Pointing(*on), Finding(*on), ordering.Counting(*on)
    reread, copying, leaving = Rereading(*on), Copying(*on), Leaving(*on, keys, finding.back_to_hits)
    labels, following = browsing.labels, browsing.following
    browsing.comparing.show = reread.show_comparison
    browsing.comparing.choose = reread.choose_copy
    motions: tuple[Motion, ...] = get_args(Motion)
    return {
        **{motion.replace("_", "-"): partial(moving.move, motion) for motion in motions if motion != "end"},
        "bottom": partial(moving.move, "end"),
        "prefix": moving.prefix,
        "ordinal": moving.ask_ordinal,
        "random": partial(ordering.random, browsing),
        "mark": labels.ask_mark,
        "go-to-mark": labels.ask_go_to_mark,
        "choose": moving.choose,
        "captures": moving.captures,
        "hints": moving.hints,
        "back": partial(following.travel, -1),
        "forward": partial(following.travel, 1),
        "next-page": partial(browsing.step, 1),
        "previous-page": partial(browsing.step, -1),
        "next-block": partial(moving.block, 1),
        "previous-block": partial(moving.block, -1),
        "outline": moving.outline,
        "next-pane": partial(moving.pane, 1),
        "previous-pane": partial(moving.pane, -1),
        "right": partial(pointing.sideways, 1),
        "left": partial(pointing.sideways, -1),
        "caret": pointing.caret,
        "next-word": partial(pointing.word, 1),
        "page-back": pointing.word_or_page_back,
        "line-start": partial(pointing.line, "start"),
        "line-text": partial(pointing.line, "text"),
        "line-end": partial(pointing.line, "end"),
        "search": partial(finding.ask, 1),
        "next-hit": partial(finding.hit, 1),
        "previous-hit": partial(finding.hit, -1),
        "keep": browsing.filter.ask,
        "sort": partial(ordering.ask_sort, browsing),
        "group": counting.ask,
        "next-edit": partial(reread.edit, 1),
        "previous-edit": partial(reread.edit, -1),
        "diff": reread.diff,
        "why": reread.why,
        "probable": lambda: browsing.reread(*toggle_probable(browsing.options)),
        "repairs": reread.repairs,
        "script": lambda: browsing.reread(*next_script(browsing.options)),
        "charset": reread.charset,
        "raw": reread.raw,
        "zoom": moving.zoom,
        "fold": moving.fold,
        "width": moving.width,
        "next-column": lambda: moving.column(1),
        "previous-column": lambda: moving.column(-1),
        "reload": browsing.reload,
        "follow": browsing.looking.follow,
        "help": leaving.help,
        "palette": leaving.palette,
        "theme": leaving.theme,
        "label": labels.ask,
        "note": labels.ask_note,
        "undo": labels.undo,
        "copy": copying.copy,
        "copy-as": copying.copy_as,
        "save": copying.save,
        "write": copying.write,
        "copy-command": copying.copy_command,
        "recipe": copying.recipe,
        "pipe": copying.pipe,
        "close": leaving.close,
        "leave": leaving.leave,
        "cancel": leaving.cancel,
    }
