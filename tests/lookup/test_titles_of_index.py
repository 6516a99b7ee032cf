"""What an index knows is told without reading a page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from troubles import unexpected

from tui import loader
from tui.app.services import PageCollection, TitleClient
from tui.choosing.choices import Fetching
from tui.choosing.fields import FieldValue
from tui.core import questions
from tui.core.answers import Digest
from tui.core.model import Document, Item, Limits, Options, Preview, Ref, Rows
from tui.core.questions import Asker
from tui.lookup import judging, sidecar
from tui.lookup.catalogue import Catalogue
from tui.processes.pages import Processes


@pytest.fixture
def refs(tmp_path: Path) -> list[Item]:
    """Pages that are there in an index only: reading one would fail."""
    (tmp_path / "x.jsonl").write_bytes(b"no page")
    source = str(tmp_path / "x.jsonl")
    return [Ref(source, ordinal, "jsonl", ordinal, 1) for ordinal in range(6)]


@pytest.fixture
def catalogue(tmp_path: Path, refs: list[Item]) -> Catalogue:
    found = Catalogue(_indexed(tmp_path, refs), Options(), unexpected)
    assert found.adopt(refs[0].source)
    return found


def _indexed(tmp_path: Path, refs: list[Item]) -> Path:
    def digest(ref: Item) -> Digest:
        values: dict[str, FieldValue] = {"title": f"Title {ref.ordinal}", "date": f"2021-12-0{ref.ordinal + 1}"}
        if ref.ordinal == 2:
            values = {"problem": ("unreadable",), "problems": 1.0}
        if ref.ordinal == 4:
            values["repair.mojibake"] = 3.0
        return Digest(values, "台湾 port" if ref.ordinal % 2 else "港口", ())

    folder = tmp_path / "index"
    sidecar.build(folder, refs[0].source, Options(), ((ref, digest(ref)) for ref in refs))
    return folder


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes(Limits(), Fetching()) as made:
        yield made


def peeked(client: Asker, refs: list[Item], options: Options) -> list[Preview]:
    return list(questions.through(client, questions.Peek(Rows(Ref, refs), options)))


def test_titles_come_from_the_index_and_start_no_worker(
    processes: Processes, catalogue: Catalogue, refs: list[Item]
) -> None:
    own = processes.client(is_glancing=True)
    peeks = peeked(TitleClient(own, catalogue), [refs[3], refs[0]], Options())
    assert [(peek.title, peek.date) for peek in peeks] == [("Title 3", "2021-12-04"), ("Title 0", "2021-12-01")]
    assert not own.is_running


@pytest.mark.parametrize("changed", [{"script": "hans"}, {"certain": True}])
def test_titles_of_other_options_are_read(
    processes: Processes, catalogue: Catalogue, refs: list[Item], changed: dict[str, str]
) -> None:
    client = TitleClient(processes.client(is_glancing=True), catalogue)
    (peek,) = peeked(client, [refs[0]], replace(Options(), **changed))  # type: ignore[arg-type]
    assert peek.title != "Title 0"


def test_a_page_that_could_not_be_read_is_looked_at_again_among_others(
    processes: Processes, catalogue: Catalogue, refs: list[Item]
) -> None:
    peeks = peeked(TitleClient(processes.client(is_glancing=True), catalogue), refs[1:4], Options())
    assert [peek.ref.ordinal for peek in peeks] == [1, 2, 3]
    assert [peek.title for peek in peeks][::2] == ["Title 1", "Title 3"]


def test_expressions_fields_and_words_read_only_what_the_index_can_not_tell(
    catalogue: Catalogue, refs: list[Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def opened(ref: Item, options: Options) -> Document:
        read.append(ref.ordinal)
        return loader.load(ref, options, Limits())

    monkeypatch.setattr(judging, "index_folder", lambda: tmp_path / "index")

    reader = judging.Looks(loader.recorded, loader.recorded_day, loader.peek, opened)

    def held(where: str, pages: list[Item]) -> tuple[int, ...]:
        question = questions.Judge(pages, Options(), where, targets=(refs[0].source,))
        return judging.judge(question, reader, iter, unexpected).kept

    assert held("date>2021-12-03 repair.mojibake>2 -signals.han_ratio:*", refs) == (4,)
    assert held('"no such words here" OR body:渡輪', refs) == ()
    assert read == []
    # Pieces only say what may be: the pages that have them all are read, and turn out not to hold it.
    assert held("台灣", refs[:2]) == ()
    assert read == [1]


def test_values_come_from_the_index(processes: Processes, catalogue: Catalogue, refs: list[Item]) -> None:
    own = processes.client(is_glancing=True)
    collection = PageCollection(TitleClient(own, catalogue), catalogue, [refs[0].source])
    assert list(collection.values(refs[:2], "title", Options())) == ["Title 0", "Title 1"]
    assert not own.is_running


def test_a_field_is_found_in_any_block_and_in_none() -> None:
    pages: list[dict[str, FieldValue]] = [{"title": str(number)} for number in range(sidecar.ROWS + 2)]
    pages[7] |= {"site": ("a", "\ud800")}
    packed = {(name, number): cells for name, number, cells in sidecar.packed(iter(pages))}
    assert set(packed) == {("title", 0), ("title", 1), ("site", 0)}
    found = sidecar.Columns(lambda name, number: packed.get((name, number)))
    assert [found.value(at, "title") for at in (0, sidecar.ROWS - 1, sidecar.ROWS + 1)] == ["0", "4095", "4097"]
    assert [found.value(at, "site") for at in (6, 7, 8, sidecar.ROWS)] == [None, ("a", "\ud800"), None, None]
    assert found.value(0, "lang") is None
