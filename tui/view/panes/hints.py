"""Which keys matter now, the most useful first: what the lowest row names."""

from collections.abc import Iterator

from tui.core.i18n import tr
from tui.view.keys import Changed, first_keys
from tui.view.pagetext.brief import CONVERSION
from tui.view.panes.group import Panes
from tui.view.panes.headlines import GroupRow
from tui.view.panes.statusline import Hint
from tui.view.state.browsing import Browsing
from tui.view.state.services import PANES

_Named = Iterator[tuple[str, str]]
"""Commands, two that belong together with a comma between them, and what they do in a word or two."""


class Hints:
    """Looks at what is browsed and where the keys go."""

    def __init__(self, browsing: Browsing, panes: Panes, keys: Changed) -> None:
        """`keys` are other than usual."""
        self._browsing, self._panes = browsing, panes
        self._keys = first_keys(keys)
        self.always = self._printed(iter([("help", tr("help")), ("leave", tr("quit"))]))

    def now(self) -> tuple[Hint, ...]:
        """Return the keys that matter in the active pane."""
        body = self._panes.body
        if self._panes.active is not body:
            commands_now = self._of_list() if self._panes.active is self._panes.headlines else self._of_metadata()
        elif body.caret is not None:
            commands_now = self._of_caret()
        else:
            commands_now = self._of_source() if body.view else self._of_body()
        return self._printed(commands_now)

    def _printed(self, commands_now: _Named) -> tuple[Hint, ...]:
        by_key = self._browsing.labels.by_key
        hints: list[Hint] = []
        for name, does in commands_now:
            if name == "label" and by_key:
                hints += by_key.items()
            elif key := " ".join(filter(None, map(self._keys.get, name.split(",")))):
                hints.append((key, does))
        return tuple(hints)

    @property
    def _are_many(self) -> bool:
        return len(self._browsing.shelf) > 1

    def _next_pane(self) -> tuple[str, str]:
        name = PANES[(PANES.index(self._panes.active_name) + 1) % len(PANES)]
        return "next-pane", {"headlines": tr("headlines"), "body": tr("body"), "metadata": tr("metadata")}[name]

    def _of_body(self) -> _Named:
        document = self._browsing.document
        yield "page-down", tr("down")
        if self._browsing.labels.by_key:
            yield "label", ""
        yield ("next-page", tr("next page")) if self._are_many else self._next_pane()
        if self._panes.body.has_wide_table():
            yield "next-column,previous-column", tr("columns")
        yield "search", tr("find")
        if document is not None:
            if any(kind == "link" for kind in document.spans.column("kind")):
                yield "hints", tr("links")
            if document.edits:
                yield "diff", tr("repairs")
            elif document.twins:
                yield "diff", tr("twins")
            yield "raw", tr("as scraped")
            if any(problem.code == CONVERSION for problem in document.problems):
                yield "repairs", tr("switch repairs")
            if not self._browsing.labels.by_key:
                yield "label", tr("label")
        if self._are_many:
            yield self._next_pane()
        yield "palette", tr("commands")

    def _of_source(self) -> _Named:
        yield "raw", tr("back to the page")
        yield "page-down", tr("down")
        yield "search", tr("find")
        yield "why", tr("bytes")
        yield "palette", tr("commands")

    def _of_caret(self) -> _Named:
        yield "caret", tr("select")
        yield "next-word", tr("next word")
        yield "why", tr("explain")
        yield "copy", tr("copy")
        yield "close", tr("done")

    def _of_list(self) -> _Named:
        row = self._panes.headlines.current()
        yield "choose", tr("open") if not isinstance(row, GroupRow) else tr("unfold") if row.is_folded else tr("fold")
        if self._panes.headlines.has_captures():
            yield "captures", tr("captures")
        if self._panes.headlines.ends() is not None:
            yield "diff", tr("compare")
        if self._browsing.labels.by_key:
            yield "label", ""
        yield self._next_pane()
        yield "search", tr("find")
        if self._are_many:
            yield "keep", tr("filter")
            yield "group", tr("count")
            yield "sort", tr("sort")
            yield "write", tr("write all")
        if not self._browsing.labels.by_key:
            yield "label", tr("label")
        if self._are_many:
            yield "caret", tr("select")
        yield "palette", tr("commands")

    def _of_metadata(self) -> _Named:
        yield self._next_pane()
        yield "search", tr("find")
        yield "charset", tr("charset")
        yield "repairs", tr("switch repairs")
        yield "palette", tr("commands")
