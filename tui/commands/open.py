"""The command that opens the browser: `copydesk open`, or `copydesk` alone."""

from typing import Any

import click

from tui.commands import completing
from tui.commands.options import choosing, chosen, common, fetching, following, grouped
from tui.core.values import replace


@grouped(name="open", short_help="Open the browser, as copydesk alone does.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--demo", is_flag=True, help="Open the sample pages.")
@click.option("--mouse", is_flag=True, help="Enable the mouse.")
@click.option("--resume", is_flag=True, help="Resume where you left off, in the last SOURCE or the named ones.")
@click.option(
    "--label",
    metavar="[KEY=]NAME,...",
    shell_complete=completing.label_lists,
    help="Label pages with one key: 1 for the first NAME, 2 for the next, or your own KEY; then go on to the next page.",
)
@click.option("--no-lean", is_flag=True, help="Draw with plain Textual, for terminals that show garbage otherwise.")
@choosing
@fetching
@following
@common
def open_(sources: tuple[str, ...], demo: bool, mouse: bool, no_lean: bool, **given: Any) -> int:
    """Open the browser (the command when none is named)."""
    from tui.app.browse import browse, demo_folder

    choice = chosen(given)
    config = choice.start.config
    config = replace(config, mouse=mouse or config.mouse, lean=config.lean and not no_lean)
    choice = replace(choice, start=replace(choice.start, config=config))
    return browse((*sources, demo_folder()) if demo else sources, choice, click.get_current_context().obj)
