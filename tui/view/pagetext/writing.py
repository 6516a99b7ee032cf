"""In which script the Chinese of a page is written: most of it, and the lines that differ."""

from bisect import bisect_right
from collections import Counter

from tui.core.i18n import tr, tr_name
from tui.core.model import Rows, Writing, WrittenIn

NAMES: dict[WrittenIn, str] = {"hans": "simplified", "hant": "traditional", "mixed": "both scripts"}
SIGNS: dict[WrittenIn, str] = {"hans": "简", "hant": "繁", "mixed": "混"}
"""What stands in the margin of a line that is in another script than most of the page; two cells."""


class Writings:
    """The stretches of a page with their scripts."""

    def __init__(self, scripts: Rows[Writing]) -> None:
        self._scripts = scripts
        self._sizes: Counter[WrittenIn] = Counter()
        for each in scripts:
            self._sizes[each.script] += each.end - each.start
        self._most = next((script for script, _size in self._sizes.most_common(1)), None)

    def other(self, offset: int) -> WrittenIn | None:
        """The script at a place of the document's text if it is another one than that of most of the page."""
        if len(self._sizes) < 2:
            return None
        at = bisect_right(self._scripts.column("start"), offset) - 1
        if at < 0 or offset >= self._scripts.column("end")[at]:
            return None
        script: WrittenIn = self._scripts.column("script")[at]
        return None if script == self._most else script

    def summary(self) -> str:
        """Say how much is in which script; empty where it is all in one.

        >>> Writings(Rows(Writing, [Writing(0, 90, "hant"), Writing(91, 101, "hans")])).summary()
        'traditional 90 %, simplified 10 %'
        """
        total = sum(self._sizes.values())
        if len(self._sizes) < 2:
            return ""
        parts = [f"{tr_name(NAMES[script])} {_percent(size, total)}" for script, size in self._sizes.most_common()]
        return ", ".join(parts)


def _percent(size: int, total: int) -> str:
    percent = round(100 * size / total)
    return f"{percent} %" if percent else tr("under 1 %")
