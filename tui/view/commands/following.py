"""Going where a page points, and coming back; nothing is fetched before the reader has said yes."""

from functools import partial
from typing import TYPE_CHECKING

from tui.core.errors import SourceError
from tui.core.files import absolute
from tui.core.i18n import tr, tr_said
from tui.core.model import FETCHED, Headline, Item, Ref, is_fetched
from tui.core.values import dataclass
from tui.text.words.cells import fit
from tui.view.commands.base import Commands, Table
from tui.view.pagetext.links import candidates, labels
from tui.view.panes.headlines import FoundRow
from tui.view.state.plan import PaneName
from tui.view.state.sourcenames import index_of

if TYPE_CHECKING:
    from tui.view.reader import Reader


MOST_VISITS = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and where in it and around it one was."""

    ref: Item
    start: int = 0
    """Place in its text, in code points."""
    below: int = 0
    """Rows from the page to the cursor of the list."""
    pane: PaneName = "body"


class History:
    """Visits, one of which is the present one."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    def arrive(self, ref: Item) -> None:
        """A page is shown: it is the present visit, or a new one, behind which nothing comes any more."""
        if self._at >= 0 and self._visits[self._at].ref == ref:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(Visit(ref))
        del self._visits[:-MOST_VISITS]
        self._at = len(self._visits) - 1

    def leave(self, visit: Visit) -> None:
        """Remember where one was in the page that is shown."""
        if self._at >= 0 and self._visits[self._at].ref == visit.ref:
            self._visits[self._at] = visit

    def look(self, step: int) -> Visit | None:
        """The visit so many steps on, or back if negative; None: there is none so far."""
        return self._visits[self._at + step] if 0 <= self._at + step < len(self._visits) else None

    def go(self, step: int) -> None:
        """Make the visit so many steps on the present one."""
        if self.look(step) is not None:
            self._at += step


QUESTION_CELLS = 300
"""Cells of an address in the question; the status line cuts it at its own width, behind the host."""


class Following(Commands):
    """Commands that go where a page points, and along the way that one came."""

    def __init__(self, reader: "Reader") -> None:
        super().__init__(reader)
        self._history = History()
        self._step = 0
        """How many visits the page that is being read lies behind, or if negative before, the present one."""
        self._has_left = False
        """Where one is was remembered already."""

    def table(self) -> Table:
        return {"back": partial(self.travel, -1), "forward": partial(self.travel, 1)}

    def offer(self, headline: Headline) -> None:
        """Ask whether the page of a found headline is to be opened; any key but y is what it always is."""
        if headline.url:
            self._to(headline.url, is_asking=True)

    def follow(self, link: str) -> None:
        """Go where a link of the open page leads; what has to be fetched is asked for first."""
        self._to(link, is_asking=False)

    def _to(self, link: str, *, is_asking: bool) -> None:
        reader = self._reader
        if reader.document is None:
            return
        try:
            place = self._here(link)
            if place is None:
                place = self._elsewhere(link)
                is_asking = True
        except SourceError as error:
            reader.say(tr_said(error), is_trouble=True)
            return
        if not is_asking:
            self._open(place)
            return
        must_fetch = not isinstance(place, int) and is_fetched(place)
        name = place.source if not isinstance(place, int) and must_fetch else link
        reader.typing.confirm(partial(self._open, place), reader.hush, or_enter=not must_fetch)
        address = fit(name, QUESTION_CELLS)
        reader.say(tr("fetch? y/n  {address}" if must_fetch else "open? y/n  {address}", address=address))

    def _here(self, link: str) -> int | Item | None:
        """Where a link leads among the pages that there are: a row of the shelf, or a file that isn't on it.

        Raises SourceError if it is a file that isn't there, or nothing to be read.
        """
        reader = self._reader
        assert reader.document is not None  # noqa: S101 - as the caller asks
        ref, url = reader.document.ref, reader.document.url
        if url:
            return self._known(_address(url, link))
        paths = candidates(ref.member or absolute(ref.source), link)
        row = self._row_of(ref, paths)
        if row is not None:
            return row
        found = reader.neighbours.find(paths) if ref.member is None else None
        if found is None and "://" not in link and not link.startswith("//"):
            raise SourceError(tr("{link}: no such page beside this one", link=link))
        return found

    def _row_of(self, page: Item, paths: list[str]) -> int | None:
        """The row of the first of the files, or members of the same archive, that is in the list."""
        shelf = self._reader.shelf
        rank = {path: at for at, path in enumerate(paths)}
        names = {path.rpartition("/")[2] for path in paths}

        def path_of(source: str, member: str | None) -> str:
            if page.member is not None:
                return member or "" if source == page.source else ""
            # Most files have another name, which is quicker to see than where they lie.
            is_near = member is None and source.rpartition("/")[2] in names
            return absolute(source) if is_near else ""

        rows = [(number, shelf.row(number)) for number in shelf.rows_in(lambda *place: path_of(*place) in rank)]
        return min(rows, key=lambda row: rank[path_of(row[1].source, row[1].member)])[0] if rows else None

    def _known(self, address: str) -> int | None:
        """The row of the page at an address, if it is one of those that there are."""
        reader = self._reader
        index = reader.headlines.with_url(address)
        if index is not None:
            return reader.shelf.number(index)
        return next(reader.shelf.rows_in(lambda source, _member: source == address), None)

    def _elsewhere(self, link: str) -> Ref:
        """The page at an address. Raises SourceError if it is nothing to be fetched."""
        document = self._reader.document
        assert document is not None  # noqa: S101 - as above
        return Ref(_address(document.url or "", link), 0, FETCHED, via=document.ref.source)

    def _open(self, place: int | Item) -> None:
        reader = self._reader
        reader.hush()
        self.leave()
        if not isinstance(place, int):
            reader.shelf.append(place)
            reader.headlines.grow()
            place = reader.shelf.found - 1
        index = index_of(reader.shelf, place)
        if index is None:
            reader.say(tr("the list is filtered; show all pages first, then follow"), is_trouble=True)
            return
        self._has_left = True
        reader.go_to_page(index)
        reader.panes.activate("body")

    def travel(self, step: int) -> None:
        """Go back to the page that was read before, or forward again."""
        reader = self._reader
        step *= reader.take_count() or 1
        # A page that nobody waits for any more is no step of the way.
        wanted = step + (self._step if reader.opener.wanted is not None else 0)
        visit = self._history.look(wanted)
        if visit is None:
            reader.say(tr("no page was read before" if step < 0 else "this is the page that was read last"))
            return
        index = index_of(reader.shelf, reader.shelf.find(visit.ref))
        if index is None:
            reader.say(tr("the list is filtered; show all pages first, then go back"), is_trouble=True)
            return
        self.leave()
        self._has_left, self._step = True, wanted
        reader.go_to_page(index)

    def leave(self) -> None:
        """Remember where one is in the page that is shown, before another one is."""
        reader = self._reader
        if reader.document is None or self._has_left:
            return
        page, listing = reader.body.page, reader.headlines.listing
        start = max(reader.body.here() - page.shift, 0) if page is not None else 0
        is_below = isinstance(reader.headlines.current(), FoundRow)
        below = reader.headlines.cursor - listing.row_of(listing.open) if is_below else 0
        self._history.leave(Visit(reader.document.ref, start, below, reader.panes.active_name))

    def arrive(self) -> None:
        """A page is shown: if one came back to it, be where one was."""
        reader = self._reader
        assert reader.document is not None  # noqa: S101 - it is shown
        visit = self._history.look(self._step) if self._step else None
        if visit is not None and visit.ref == reader.document.ref:
            self._history.go(self._step)
            if reader.body.page is not None:
                reader.body.go_to_offset(visit.start + reader.body.page.shift)
            reader.headlines.go_to(reader.headlines.listing.row_of(reader.open_index) + visit.below)
            reader.panes.activate(visit.pane)
        self._history.arrive(reader.document.ref)
        self._step, self._has_left = 0, False

    def progress(self, ref: Item) -> str:
        """Say how far a page has come that is being fetched; the line is brought up to date until it is there."""
        self._reader.tell_soon()
        received = self._reader.opener.progress().received
        address = fit(ref.source, QUESTION_CELLS // 4)
        return tr(
            "fetching {address} {amount:,.0f} kB… (ESC stops)" if received else "fetching {address}… (ESC stops)",
            address=address,
            amount=received / 1000,
        )


def _address(base: str, link: str) -> str:
    """Where a link leads, spelled so that nobody is deceived. Raises SourceError if it is nothing to be fetched."""
    from tui.web import urls  # few follow a link

    return urls.join(urls.parse(base), link).text if base else urls.parse(link).text


class Hinting(Commands):
    """Commands that follow a link of the text."""

    def table(self) -> Table:
        return {"hints": self.hints}

    def hints(self) -> None:
        """Put letters on the links in sight, and follow the one whose letters are typed."""
        reader = self._reader
        reader.hush()
        reader.panes.activate("body")
        links = reader.body.links()
        if links:
            self._offer(links)
        else:
            reader.say(tr("no link in sight"))

    def choose(self) -> None:
        """Follow the link of the line that is read; of several, the one whose letters are typed."""
        reader = self._reader
        links = reader.body.links(in_line=True)
        if len(links) == 1:
            reader.following.follow(*links.values())
        elif links:
            self._offer(links)
        else:
            reader.say(tr("no link in this line; f shows those in sight"))

    def _offer(self, links: dict[int, str]) -> None:
        reader, names = self._reader, labels(len(links))
        targets = dict(zip(names, links.values(), strict=True))

        def end(_typed: str = "") -> None:
            reader.body.hint({})

        def changed(typed: str) -> None:
            if any(name != typed and name.startswith(typed) for name in names):
                return
            reader.typing.close()
            end()
            if typed in targets:
                reader.following.follow(targets[typed])
            else:
                reader.say(tr("{letters}: no link has these letters", letters=typed))

        reader.body.hint(dict(zip(links, names, strict=True)))
        reader.ask(tr("follow: "), end, changed, end)
