"""Browsing without a screen: pages, filter, labels, looking for pages and following links, as one state."""

from tui.core.i18n import tr
from tui.core.model import Document, Item, Options, is_fetched
from tui.core.shelf import Shelf
from tui.text.words.cells import fit
from tui.view.state.comparing import Comparing
from tui.view.state.filter import Filter
from tui.view.state.following import Following
from tui.view.state.labels import Labels
from tui.view.state.looking import Looking
from tui.view.state.pages import ShownPages
from tui.view.state.services import Host, Services, View
from tui.view.state.sourcenames import SourceNames, short_name

NOTICE_S = 0.2
"""Seconds after which it is said that a page is being read."""
ADDRESS_CELLS = 75
"""Cells of an address that is being fetched."""


class Browsing(ShownPages):
    """What is open, chosen, filtered, labelled and remembered. Keys call functions of it, a `View` draws it."""

    def __init__(
        self,
        shelf: Shelf,
        names: SourceNames,
        view: View,
        host: Host,
        services: Services,
        options: Options,
        *,
        is_labelling: bool = False,
    ) -> None:
        """`shelf` and `names` are empty, and drawn by `view`; `is_labelling`: the key of a label is enough."""
        super().__init__(shelf, names, view, host, services, options)
        self.filter = Filter(self)
        self.labels = Labels(self, self.filter, is_fast=is_labelling)
        self.looking = Looking(self, services.survey, self.filter, self.labels)
        self.following = Following(self, services.neighbours)
        self.comparing = Comparing(self)

    def _show(self, index: int, document: Document) -> None:
        self.following.leave()
        super()._show(index, document)
        self.looking.notice(document)
        self.following.arrive(document)
        self.labels.decided = ((), "")
        self.host.call_after_refresh(self.labels.show)
        self.host.call_after_refresh(self.looking.survey.drawn)

    def reload(self) -> None:
        """Read the page again, or the whole collection if its files are others by now."""
        self.hush()
        if not self.looking.begin_anew() and self.open_index >= 0:
            self.opener.drop(self.open_index)
            self.open(self.open_index)

    def stop(self) -> bool:
        """Give up what is being read or looked through; returns whether anything was."""
        if not self.filter.stop():
            if not self.opener.is_loading:
                return False
            self.opener.cancel()
        self.say(tr("stopped"))
        return True

    def close(self) -> None:
        """Remember where one was, and leave no thread that has to be waited for."""
        self.looking.survey.end()
        self.ledger.leave(self.looking.state())
        self.filter.stop()
        self.opener.close()

    def activity(self) -> str:
        """Say what is going on; empty: nothing that takes long."""
        if ref := self.opener.loading(NOTICE_S):
            return self.typed_ahead.notice() + self._reading(ref)
        if activity := self.filter.activity or self.looking.activity():
            return self.typed_ahead.notice() + activity
        gathered, pages = self.opener.progress().gathered
        values = {"gathered": gathered, "pages": pages}
        return tr("gathering: {gathered:,} of {pages:,} pages… (Ctrl-C stops)", **values) if pages else ""

    def _reading(self, ref: Item) -> str:
        """Say how far a page has come; that is said anew until it is there."""
        self.host.tell_soon()
        progress = self.opener.progress()
        if is_fetched(ref):
            return tr(
                "fetching {address} {amount:,.0f} kB… (ESC stops)"
                if progress.received
                else "fetching {address}… (ESC stops)",
                address=fit(ref.source, ADDRESS_CELLS),
                amount=progress.received / 1000,
            )
        return tr(
            "{name}: no random access: read forward, {reached:,.0f} of {target:,.0f} MB… (Ctrl-C stops)"
            if progress.target
            else "reading {name}… (Ctrl-C stops)",
            name=short_name(ref.member or ref.source),
            reached=progress.reached / 1e6,
            target=progress.target / 1e6,
        )
