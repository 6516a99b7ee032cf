"""Going where a page points, and coming back; nothing is fetched before the user has said yes."""

import posixpath
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote, urlsplit

from tui.core.errors import SourceError
from tui.core.files import absolute
from tui.core.i18n import tr, tr_problem
from tui.core.model import FETCHED, Document, Headline, Item, Ref, is_fetched
from tui.core.values import dataclass
from tui.text.words.cells import fit
from tui.view.state.pages import ShownPages
from tui.view.state.services import Neighbours, Where
from tui.view.state.sourcenames import index_of

MOST_VISITS = 500
_INDEXES = ("index.html", "index.htm")


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and where in it and around it one was."""

    ref: Item
    where: Where = Where(0, pane="body")


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


class Following:
    """Goes where a page points, and along the way that one came."""

    def __init__(self, pages: ShownPages, neighbours: Neighbours) -> None:
        self._pages, self._neighbours = pages, neighbours
        self._history = History()
        self._step = 0
        """How many visits the page that is being read lies behind, or if negative before, the present one."""
        self._has_left = False
        """Where one is was remembered already."""

    def offer(self, headline: Headline) -> None:
        """Ask whether the page of a found headline is to be opened; any key but y is what it always is."""
        if headline.url:
            self._to(headline.url, is_asking=True)

    def follow(self, link: str) -> None:
        """Go where a link of the open page leads; what has to be fetched is asked for first."""
        self._to(link, is_asking=False)

    def _to(self, link: str, *, is_asking: bool) -> None:
        pages = self._pages
        if pages.document is None:
            return
        try:
            place = self._here(link)
            if place is None:
                place = self._elsewhere(link)
                is_asking = True
        except SourceError as error:
            pages.complain(tr_problem(error))
            return
        if not is_asking:
            self._open(place)
            return
        must_fetch = not isinstance(place, int) and is_fetched(place)
        name = place.source if not isinstance(place, int) and must_fetch else link
        pages.typing.confirm(partial(self._open, place), pages.hush, or_enter=not must_fetch)
        address = fit(name, QUESTION_CELLS)
        pages.say(tr("fetch? y/n  {address}" if must_fetch else "open? y/n  {address}", address=address))

    def _here(self, link: str) -> int | Item | None:
        """Where a link leads among the pages that there are: a row of the shelf, or a file that isn't on it.

        Raises SourceError if it is a file that isn't there, or nothing to be read.
        """
        pages = self._pages
        assert pages.document is not None  # noqa: S101 - as the caller asks
        ref, url = pages.document.ref, pages.document.url
        if url:
            return self._known(_address(url, link))
        paths = candidates(ref.member or absolute(ref.source), link)
        row = self._row_of(ref, paths)
        if row is not None:
            return row
        file = self._neighbours.find(paths) if ref.member is None else None
        if file is None and "://" not in link and not link.startswith("//"):
            raise SourceError(tr("{link}: no such file next to this page", link=link))
        return file

    def _row_of(self, page: Item, paths: list[str]) -> int | None:
        """The row of the first of the files, or members of the same archive, that is in the list."""
        shelf = self._pages.shelf
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
        pages = self._pages
        index = pages.view.with_url(address)
        if index is not None:
            return pages.shelf.number(index)
        return next(pages.shelf.rows_in(lambda source, _member: source == address), None)

    def _elsewhere(self, link: str) -> Ref:
        """The page at an address. Raises SourceError if it is nothing to be fetched."""
        document = self._pages.document
        assert document is not None  # noqa: S101 - as above
        return Ref(_address(document.url or "", link), 0, FETCHED, via=document.ref.source)

    def _open(self, place: int | Item) -> None:
        pages = self._pages
        pages.hush()
        self.leave()
        if not isinstance(place, int):
            pages.shelf.append(place)
            pages.view.grow()
            place = pages.shelf.found - 1
        index = index_of(pages.shelf, place)
        if index is None:
            pages.complain(tr("the list is filtered; show all pages first, then follow"))
            return
        self._has_left = True
        pages.go_to_page(index)
        pages.view.activate("body")

    def travel(self, step: int) -> None:
        """Go back to the page you came from, or forward again."""
        pages = self._pages
        step *= pages.take_count() or 1
        # A page that nobody waits for any more is no step of the way.
        wanted = step + (self._step if pages.opener.wanted is not None else 0)
        visit = self._history.look(wanted)
        if visit is None:
            pages.say(tr("no page to go back to" if step < 0 else "no page to go forward to"))
            return
        index = index_of(pages.shelf, pages.shelf.find(visit.ref))
        if index is None:
            pages.complain(tr("the list is filtered; show all pages first, then go back"))
            return
        self.leave()
        self._has_left, self._step = True, wanted
        pages.go_to_page(index)

    def leave(self) -> None:
        """Remember where one is in the page that is shown, before another one is."""
        document = self._pages.document
        if document is not None and not self._has_left:
            self._history.leave(Visit(document.ref, self._pages.view.where()))

    def arrive(self, document: Document) -> None:
        """A page is shown: if one came back to it, be where one was."""
        visit = self._history.look(self._step) if self._step else None
        if visit is not None and visit.ref == document.ref:
            self._history.go(self._step)
            view, where = self._pages.view, visit.where
            view.go_to_place(max(where.start, 0))
            view.go_to_page(self._pages.open_index, where.below)
            view.activate(where.pane)
        self._history.arrive(document.ref)
        self._step, self._has_left = 0, False


def _address(base: str, link: str) -> str:
    """Where a link leads, spelled so that nobody is deceived. Raises SourceError if it is nothing to be fetched."""
    from tui.web import urls  # few follow a link

    return urls.join(urls.parse(base), link).text if base else urls.parse(link).text


def candidates(page: str, link: str) -> list[str]:
    """Return the paths of the files that a link of a saved page may mean, likeliest first.

    `page` is the page's path, with `/` between its parts. A link from the root is looked for below each folder above
    the page, one with a host below the folder that is named like it, as mirroring tools save sites.

    >>> candidates("/site/a/p1.html", "p%202.html?id=3#top")
    ['/site/a/p 2.html?id=3', '/site/a/p 2.html']
    >>> candidates("/saved/example.org/a/p1.html", "https://example.org/b.html")
    ['/saved/example.org/b.html']
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return []
    folder = posixpath.dirname(page)
    path = unquote(parts.path)
    if parts.netloc:
        above = f"/{folder}/".find(f"/{parts.netloc}/")
        roots = [folder[: above + len(parts.netloc)]] if above >= 0 else []
    elif parts.scheme or not (path or parts.query):
        return []
    elif path.startswith("/"):
        roots = list(_folders(folder))
    else:
        roots = [folder]
        path = path or posixpath.basename(page)
    paths: dict[str, None] = {}
    for root in roots:
        base = posixpath.normpath(posixpath.join(root, path.lstrip("/")))
        paths |= dict.fromkeys(_spellings(base, parts.query, is_folder=path.endswith("/") or not path))
    return list(paths)


def _folders(folder: str) -> Iterator[str]:
    """A folder and those above it."""
    while True:
        yield folder
        above = posixpath.dirname(folder)
        if above == folder:
            return
        folder = above


def _spellings(path: str, query: str, *, is_folder: bool) -> Iterator[str]:
    if query:
        yield f"{path}?{query}"
    if not is_folder:
        yield path
    if is_folder or "." not in posixpath.basename(path):
        yield from (posixpath.join(path, name) for name in _INDEXES)
        yield f"{path}.html"
