"""Pages in one file after the other: whole, or not there."""

import csv
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from screen_fake import page as made
from screen_fake import plain

from tui.core.model import Ref
from tui.core.values import replace
from tui.export import parquet, tables
from tui.export.decisions import as_meant
from tui.export.tables import COLUMNS, pages_file

PAGES = [
    replace(made(Ref("a.html", 0)), url="https://example.org/"),
    replace(plain(Ref("b.html", 1), '=1+1, "quoted"\nsecond line, lone \ud800'), title="=SUM(A1)"),
]


def written(path: Path, form: tables.TableForm) -> Path:
    with pages_file(str(path), form) as put:
        for page in PAGES:
            put(page)
    return path


def test_lines_of_json_hold_all_that_is_known(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in written(tmp_path / "a.jsonl", "jsonl").read_text("utf-8").splitlines()]
    assert [(row["ordinal"], row["url"]) for row in rows] == [(0, "https://example.org/"), (1, None)]
    assert rows[0]["headlines"][0]["list"] == "related"
    assert rows[1]["text"].endswith("lone \N{REPLACEMENT CHARACTER}")


def test_a_csv_has_a_row_for_each_page_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    content = written(tmp_path / "a.csv", "csv").read_text("utf-8")
    head, *rows = csv.reader(io.StringIO(content))
    assert tuple(head) == COLUMNS
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert (first["title"], first["date"], first["ordinal"]) == (PAGES[0].title, "2021-12-07", "0")
    assert second["title"] == "'=SUM(A1)"
    assert as_meant(second["text"]) == '=1+1, "quoted"\nsecond line, lone ?'


@pytest.mark.parametrize(("rows", "chars", "groups"), [(1, 10**9, 2), (2, 10**9, 1), (9, 1, 2), (9, 10**9, 1)])
def test_parquet_holds_the_same_table_in_groups_that_are_written_as_they_are_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, chars: int, groups: int
) -> None:
    pyarrow_parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet, "GROUP_ROWS", rows)
    monkeypatch.setattr(parquet, "GROUP_SIZE", chars)
    file = pyarrow_parquet.ParquetFile(written(tmp_path / "a.parquet", "parquet"))
    assert file.num_row_groups == groups
    assert tuple(file.schema_arrow.names) == COLUMNS
    table = file.read().to_pylist()
    assert [(row["ordinal"], row["title"]) for row in table] == [(0, PAGES[0].title), (1, "=SUM(A1)")]
    assert table[1]["text"].endswith("lone ?")


@pytest.mark.parametrize("form", get_args(tables.TableForm))
def test_a_file_that_is_given_up_is_not_there(tmp_path: Path, form: tables.TableForm) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    with pytest.raises(KeyboardInterrupt), pages_file(str(tmp_path / "a"), form) as put:  # noqa: PT012
        put(PAGES[0])
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", get_args(tables.TableForm))
def test_a_compressed_name_gets_what_it_says(tmp_path: Path, form: tables.TableForm) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    import gzip

    assert len(gzip.decompress(written(tmp_path / "a.gz", form).read_bytes())) > 100
