"""What an index knows is told without reading a page."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tui.browsing.collection import PageCollection
from tui.browsing.titles import TitleClient
from tui.choices import Choice, chosen
from tui.choosing.fields import Value
from tui.lookup import columns, sidecar
from tui.lookup.catalogue import Catalogue
from tui.lookup.hits import Digest
from tui.model import Options, Ref
from tui.sources import Tally
from tui.workers.clients import Network


@pytest.fixture
def refs(tmp_path: Path) -> list[Ref]:
    """Pages that are there in an index only: reading one would fail."""
    (tmp_path / "x.jsonl").write_bytes(b"no page")
    source = str(tmp_path / "x.jsonl")
    return [Ref(source, ordinal, "jsonl", ordinal, 1) for ordinal in range(6)]


@pytest.fixture
def catalogue(tmp_path: Path, refs: list[Ref]) -> Catalogue:
    found = Catalogue(_indexed(tmp_path, refs), Options())
    assert list(found.scan([refs[0].source], Tally())) == refs
    return found


def _indexed(tmp_path: Path, refs: list[Ref]) -> Path:
    def digest(ref: Ref) -> Digest:
        values: dict[str, Value] = {"title": f"Title {ref.ordinal}", "date": f"2021-12-0{ref.ordinal + 1}"}
        if ref.ordinal == 2:
            values = {"problem": ("unreadable",), "problems": 1.0}
        if ref.ordinal == 4:
            values["repair.mojibake"] = 3.0
        return Digest(values, "台湾 port" if ref.ordinal % 2 else "港口", ())

    folder = tmp_path / "index"
    sidecar.build(folder, refs[0].source, Options(), ((ref, digest(ref)) for ref in refs))
    return folder


@pytest.fixture
def choice() -> Choice:
    return chosen({})


def test_titles_come_from_the_index_and_start_no_worker(choice: Choice, catalogue: Catalogue, refs: list[Ref]) -> None:
    client = TitleClient(choice, Network(choice), catalogue)
    peeks = client.peek([refs[3], refs[0]], choice.options)
    assert [(peek.title, peek.date) for peek in peeks] == [("Title 3", "2021-12-04"), ("Title 0", "2021-12-01")]
    assert client._child is None
    client.close()


@pytest.mark.parametrize("changed", [{"script": "hans"}, {"certain": True}])
def test_titles_of_other_options_are_read(
    choice: Choice, catalogue: Catalogue, refs: list[Ref], changed: dict[str, str]
) -> None:
    client = TitleClient(choice, Network(choice), catalogue)
    (peek,) = client.peek([refs[0]], replace(choice.options, **changed))  # type: ignore[arg-type]
    assert peek.title != "Title 0"
    client.close()


def test_a_page_that_could_not_be_read_is_looked_at_again_among_others(
    choice: Choice, catalogue: Catalogue, refs: list[Ref]
) -> None:
    client = TitleClient(choice, Network(choice), catalogue)
    peeks = client.peek(refs[1:4], choice.options)
    assert [peek.ref.ordinal for peek in peeks] == [1, 2, 3]
    assert [peek.title for peek in peeks][::2] == ["Title 1", "Title 3"]
    client.close()


def test_expressions_fields_and_words_read_only_what_the_index_can_not_tell(
    choice: Choice, catalogue: Catalogue, refs: list[Ref]
) -> None:
    with closing(PageCollection(choice, Network(choice), catalogue)) as collection:
        held = collection.judge(refs, "date>2021-12-03 repair.mojibake>2 -signals.han_ratio:*", choice.options)
        assert list(held) == [False, False, False, False, True, False]
        assert list(collection.values(refs[:2], "title", choice.options)) == ["Title 0", "Title 1"]
        assert list(collection.judge(refs, '"no such words here" OR body:渡輪', choice.options)) == [False] * 6
        assert collection._made is not None
        assert collection._made._child is None
        # Pieces only say what may be: the pages that have them all are read, and turn out not to hold it.
        assert list(collection.judge(refs[:2], "台灣", choice.options)) == [False, False]
        assert collection._made._child is not None


def test_a_field_is_found_in_any_block_and_in_none() -> None:
    pages: list[dict[str, Value]] = [{"title": str(number)} for number in range(columns.ROWS + 2)]
    pages[7] |= {"site": ("a", "\ud800")}
    packed = {(name, number): cells for name, number, cells in columns.packed(iter(pages))}
    assert set(packed) == {("title", 0), ("title", 1), ("site", 0)}
    found = columns.Columns(lambda name, number: packed.get((name, number)))
    assert [found.value(at, "title") for at in (0, columns.ROWS - 1, columns.ROWS + 1)] == ["0", "4095", "4097"]
    assert [found.value(at, "site") for at in (6, 7, 8, columns.ROWS)] == [None, ("a", "\ud800"), None, None]
    assert found.value(0, "lang") is None
