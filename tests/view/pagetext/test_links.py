"""Links of the text are followed by letters, into the files beside a page too, and one comes back to where one was."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from screen_fake import FakeClient, FakeNeighbours
from shown import Shown, shown

from tui.app.services import FileNeighbours
from tui.choosing.choices import Fetching
from tui.core.model import Document, Headline, Limits, Options, Ref, Rows, Span
from tui.core.shelf import Shelf
from tui.processes.pages import Processes
from tui.view.commands.moving import LETTERS, letters
from tui.view.pagetext.text import leads_somewhere
from tui.view.state.following import History, Visit, candidates
from tui.view.state.services import Where

LINES = "".join(f"第{number}條連結 and more\n" for number in range(60))
SITE = ("/site/index.html", "/site/a/p1.html", "/site/a/p2.html")


class Site(FakeClient):
    """Pages of a folder, each with links in its text and one found headline."""

    def __init__(self, links: dict[str, str]) -> None:
        """`links` are words of `LINES`, and where they lead."""
        super().__init__()
        self.links = links

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `Client`."""
        document = super().open(ref, options)
        spans = [
            Span(LINES.index(word), LINES.index(word) + len(word), "link", link) for word, link in self.links.items()
        ]
        found = [Headline("related", "第3條", LINES.index("第3條"), LINES.index("第3條") + 3, url="a/p2.html")]
        return replace(document, text=LINES, spans=Rows(Span, spans), headlines=Rows(Headline, found), title="Site")


def site() -> Iterator[Ref]:
    return (Ref(path, ordinal, "html") for ordinal, path in enumerate(SITE))


def source(screen: Shown) -> str:
    assert screen.reader.browsing.document is not None
    return screen.reader.browsing.document.ref.source


async def test_letters_stand_on_the_links_in_sight_as_wide_as_what_they_cover() -> None:
    client = Site({"第2條": "a/p1.html", "第5條": "a/p2.html", "第7條": "#top", "第55條": "a/p1.html"})
    async with shown(client, site, size=(100, 20)) as screen:
        before = screen.row(5)
        await screen.press("f")
        assert "follow:" in screen.status
        text = screen.text()
        assert "ａ2條連結" in text
        assert "ｓ5條連結" in text
        assert "第7條連結" in text  # leads to the page itself
        assert len(screen.row(5)) == len(before)
        await screen.press("s")
        assert source(screen) == "/site/a/p2.html"
        assert "ａ2條" not in screen.text()
        assert screen.reader.panes.headlines.current() is not None


async def test_letters_that_are_on_no_link_and_escape_take_them_away() -> None:
    async with shown(Site({"第2條": "a/p1.html"}), site, size=(100, 20)) as screen:
        await screen.press("f", "z")
        assert "z: no link has these letters" in screen.status
        await screen.press("f", "escape")
        assert source(screen) == SITE[0]
        assert "ａ" not in screen.text()
        await screen.press("f", "a")
        assert source(screen) == SITE[1]


async def test_many_links_have_two_letters() -> None:
    links = {f"第{number}條": "a/p1.html" for number in range(30)}
    async with shown(Site(links), site, size=(100, 40)) as screen:
        await screen.press("f")
        assert "ａa條連結" in screen.text()  # the digit is as narrow as the letter
        await screen.press("a", "s")
        assert source(screen) == SITE[1]


async def test_enter_follows_the_link_of_the_line_that_is_read() -> None:
    async with shown(Site({"第1條": "a/p1.html"}), site, size=(100, 20)) as screen:
        await screen.press("tab", "G", "enter")
        assert "no link in this line" in screen.status
        await screen.press("g", "g")
        for _ in range(4):
            await screen.press("enter")
            if source(screen) != SITE[0]:
                break
            await screen.press("j")
        assert source(screen) == SITE[1]


async def test_a_found_headline_of_a_saved_site_opens_its_file_and_one_comes_back_to_it() -> None:
    async with shown(Site({}), site, size=(120, 40)) as screen:
        await screen.press("j", "j", "enter")
        assert "open? y/n  a/p2.html" in screen.status
        await screen.press("enter")
        assert source(screen) == SITE[2]
        assert screen.reader.panes.active_name == "body"
        await screen.press("H")
        assert source(screen) == SITE[0]
        assert screen.reader.panes.headlines.cursor == 2
        assert screen.reader.panes.active is screen.reader.panes.headlines
        await screen.press("L")
        assert source(screen) == SITE[2]
        await screen.press("L")
        assert "no page to go forward to" in screen.status


async def test_one_comes_back_to_the_line_that_was_read_however_one_left() -> None:
    async with shown(Site({}), site, size=(100, 20)) as screen:
        await screen.press("tab", *["j"] * 9)
        here = screen.reader.panes.body.here()
        assert here
        await screen.press("J", "j", "J", "2", "H")
        assert source(screen) == SITE[0]
        assert screen.reader.panes.body.here() == here
        await screen.press("H")
        assert "no page to go back to" in screen.status


async def test_a_file_that_is_not_in_the_list_is_put_there_and_a_missing_one_is_named() -> None:
    client = Site({"第1條": "b.html", "第2條": "/none.html", "第3條": "mailto:a@example.org"})
    async with shown(client, lambda: iter([Ref(SITE[0], 0, "html")]), size=(100, 20)) as screen:
        neighbours = screen.reader.browsing.following._neighbours
        assert isinstance(neighbours, FakeNeighbours)
        neighbours.files["/site/b.html"] = Ref("/site/b.html", 0, "html")
        await screen.press("f", "s")
        assert "/none.html: no such file next to this page" in screen.status
        await screen.press("f", "a")
        assert source(screen) == "/site/b.html"
        assert len(screen.reader.browsing.shelf) == 2


async def test_an_address_in_a_saved_page_is_fetched_only_after_y() -> None:
    client = Site({"第1條": "https://example.org/out.html"})
    async with shown(client, site, size=(100, 20)) as screen:
        await screen.press("f", "a")
        assert "fetch? y/n  https://example.org/out.html" in screen.status
        await screen.press("enter")
        assert len(screen.reader.browsing.shelf) == 3
        await screen.press("f", "a", "y")
        assert screen.reader.browsing.shelf[3] == Ref("https://example.org/out.html", 0, "web", via=SITE[0])


@pytest.mark.parametrize(
    ("link", "first"),
    [
        ("b.html", "/s/example.org/a/b.html"),
        ("../b/", "/s/example.org/b/index.html"),
        ("/b.html", "/s/example.org/a/b.html"),
        ("//example.org/b", "/s/example.org/b"),
        ("?id=3", "/s/example.org/a/p.html?id=3"),
        ("%E5%9B%BE.html", "/s/example.org/a/图.html"),
        ("../../../../../../etc/passwd", "/etc/passwd"),
    ],
)
def test_a_link_names_files_beside_its_page(link: str, first: str) -> None:
    found = candidates("/s/example.org/a/p.html", link)
    assert found[0] == first
    assert len(found) == len(set(found))


@pytest.mark.parametrize("link", ["https://other.example/b.html", "http://[bad", "javascript:alert(1)", "#part"])
def test_other_links_name_none(link: str) -> None:
    assert candidates("/s/example.org/a/p.html", link) == []
    assert leads_somewhere(link) == link.startswith("https")


async def test_members_of_an_archive_link_to_each_other() -> None:
    refs = [Ref("/site.zip", number, "html", member=name[1:]) for number, name in enumerate(SITE)]
    async with shown(Site({"第1條": "a/p2.html"}), lambda: iter(refs), size=(100, 20)) as screen:
        await screen.press("f", "a")
        assert screen.reader.browsing.document is not None
        assert screen.reader.browsing.document.ref.member == "site/a/p2.html"


def test_labels_are_as_short_as_they_can_be_and_none_begins_another() -> None:
    assert letters(26) == list(LETTERS)
    assert len(set(letters(200))) == 200
    assert all(len(label) == 2 for label in letters(200))


def test_only_files_in_the_folders_that_were_named_are_found(tmp_path: Path) -> None:
    inside, outside = tmp_path / "site", tmp_path / "secret.html"
    inside.mkdir()
    for path in (inside / "a.html", outside):
        path.write_text("<!DOCTYPE html><p>text", encoding="utf-8")
    (inside / "link.html").symlink_to(outside)
    with zipfile.ZipFile(inside / "b.zip", "w") as archive:
        archive.writestr("c.html", "<!DOCTYPE html><p>text")
    with Processes(Limits(), Fetching()) as processes:
        client = processes.client()
        neighbours = FileNeighbours([str(inside), "https://example.org/", "-"], client)
        found = neighbours.find([str(inside / "missing"), str(inside / "a.html")])
        assert isinstance(found, Ref)
        assert (found.source, found.format) == (str(inside / "a.html"), "html")
        for name in (str(outside), str(inside / "link.html"), "x" * 5000, "a\0b", str(inside)):
            assert neighbours.find([name]) is None
        assert FileNeighbours([str(inside / "a.html")], client).find([str(inside / "b.zip")]) is not None


def test_going_back_and_elsewhere_forgets_the_way_forward() -> None:
    history = History()
    for name in "abc":
        history.arrive(Ref(name, 0))
    history.leave(Visit(Ref("c", 0), Where(7)))
    history.leave(Visit(Ref("x", 0), Where(9)))  # not the present one
    history.go(-2)
    assert history.look(0) == Visit(Ref("a", 0), Where(0, pane="body"))
    assert history.look(2) == Visit(Ref("c", 0), Where(7))
    assert history.look(3) is history.look(-1) is None
    history.arrive(Ref("d", 0))
    assert history.look(1) is None
    assert history.look(-1) == Visit(Ref("a", 0))


def test_a_page_is_found_on_the_shelf_by_where_it_lies() -> None:
    refs = [Ref("a", 0), Ref("b", 0, member="x"), Ref("b", 1, member="x"), Ref("b", 2, member="y")]
    shelf = Shelf(refs)
    shelf.show([3, 0])
    assert [shelf.find(ref) for ref in refs] == [0, 1, 2, 3]
    assert shelf.find(Ref("b", 1, member="y")) is None
    assert list(shelf.rows_in(lambda source, _member: source == "b")) == [1, 2, 3]


async def test_one_comes_back_to_the_same_row_of_the_list_as_often_as_one_goes() -> None:
    async with shown(Site({}), site, size=(120, 40)) as screen:
        await screen.press("j", "j", "enter", "enter")
        for _ in range(2):
            await screen.press("H")
            assert (source(screen), screen.reader.panes.headlines.cursor) == (SITE[0], 2)
            await screen.press("L")
            assert source(screen) == SITE[2]
