"""What characters and words are: the character model, word lists, scripts, dates, widths on a terminal.

What a page does with them (repairs, structure) does not belong here.
"""

import pkgutil
import zlib


def table(name: str, size: int = zlib.DEF_BUF_SIZE) -> bytes:
    """Return the content of one of the packed tables of this folder; `size`: about so many bytes."""
    packed = pkgutil.get_data(__name__, f"{name}.zlib")
    if packed is None:
        raise FileNotFoundError(f"tui/text/words/{name}.zlib: not in this installation; install copydesk anew")
    return zlib.decompress(packed, bufsize=size)
