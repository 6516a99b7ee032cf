"""Build tui/text/words/byte_pairs.bin: what each pair of bytes costs in each charset of single bytes.

    python scripts/build_byte_pairs.py

Made of the character model alone, anew whenever scripts/build_likely.py was run or a charset was added.
"""

from functools import cache
from pathlib import Path

from tui.text.charset.byte_pairs import SINGLE, UNIT, known
from tui.text.charset.names import to_text
from tui.text.words.likely import cost

OUT = Path(__file__).parent.parent / "tui" / "text" / "words" / "byte_pairs.bin"


@cache
def units(char: str, before: str) -> int:
    """Return the cost of a character as it is stored."""
    return round(cost(char, before) * UNIT)


def content() -> bytes:
    """Return the table."""
    read = [[known(char, name) for char in to_text(bytes(range(256)), name)[0]] for name in SINGLE]
    return bytes(units(chars[byte], before) for byte in range(256) for chars in read for before in chars)


if __name__ == "__main__":
    OUT.write_bytes(content())
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")
