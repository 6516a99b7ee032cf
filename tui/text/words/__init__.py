"""What characters and words are: the character model, word lists, scripts, dates, widths on a terminal.

What a page does with them (repairs, structure) does not belong here.
"""

import pkgutil


def table(name: str) -> bytes:
    """Return the content of one of the tables of this folder, by the name of its file."""
    content = pkgutil.get_data(__name__, name)
    if content is None:
        raise FileNotFoundError(f"tui/text/words/{name}: not in this installation; install copydesk anew")
    return content
