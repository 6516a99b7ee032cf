"""copydesk as a library: repair texts, decode bytes, and make pages of what was scraped.

>>> import copydesk
>>> copydesk.repair("schÃ¶n").text
'schön'

What is named here is the whole of it, and stays: within a major version nothing of it goes or changes its meaning, and what
comes has a default. Everything below `tui` is ours, and may change with any version.
"""

from tui.choosing.recipe import Recipe
from tui.choosing.recipe import read as read_recipe
from tui.core.errors import CopydeskError, SourceError, UsageError
from tui.library.pages import Page, open, restore  # noqa: A004 - as `gzip.open`
from tui.library.texts import Decoded, Explanation, Repaired, damage, decode, repair

__all__ = [
    "CopydeskError",
    "Decoded",
    "Explanation",
    "Page",
    "Recipe",
    "Repaired",
    "SourceError",
    "UsageError",
    "damage",
    "decode",
    "open",
    "read_recipe",
    "repair",
    "restore",
]
