"""Rows of `list` come from questions about many pages: in order, with what can't be read in its place."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tui import loader, sources
from tui.commands import list as listing
from tui.core.model import Limits, Options
from tui.sources import Tally
from tui.text.mending import mend

GLOSSED = "美國總統(tǒng)拜登發(fā)表講話"


def write(path: Path, titles: list[str], text: str) -> Path:
    path.write_text("".join(json.dumps({"title": title, "text": text}) + "\n" for title in titles))
    return path


@pytest.mark.parametrize(
    ("title", "looks_at"),
    [
        ("Rain in the village, part 7", None),
        ("昨夜大雨，山上的路断了", None),
        ("鏂伴椈", "title"),
        ("Café au lait", "page"),
        (GLOSSED, "page"),
        ("Rain (again)", "page"),
    ],
)
def test_a_title_is_judged_only_if_it_is_suspect_and_by_itself_if_it_has_letters_and_characters_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, looks_at: str | None
) -> None:
    judged: list[str] = []
    real = mend.mend

    def noted(text: str, options: Options) -> mend.Mending:
        judged.append(text)
        return real(text, options)

    monkeypatch.setattr(mend, "mend", noted)
    (ref,) = sources.scan(
        [str(write(tmp_path / "a.jsonl", [title], "It rained all day, and nobody went out."))], Tally()
    )
    loader.peek(ref, Options())
    looked_at = {None: [], "title": [title], "page": ["It rained all day, and nobody went out."]}
    assert judged == looked_at[looks_at]


@pytest.mark.parametrize("title", ["鏄ㄥぉ涓嬩簡涓€鏁村鐨勯洦", GLOSSED, "昨夜大雨"])
def test_a_list_has_the_titles_that_pages_have(tmp_path: Path, title: str) -> None:
    text = "美國總統(tǒng)拜登和俄羅斯總統(tǒng)普京舉行視頻會晤,烏克蘭危機發(fā)酵,經(jīng)濟數據公布。"
    (ref,) = sources.scan([str(write(tmp_path / "a.jsonl", [title], text))], Tally())
    assert loader.peek(ref, Options()).title == loader.load(ref, Options(), Limits()).title


def test_rows_stand_in_order_whatever_is_asked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", [f"Title {number}" for number in range(9)], "x")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 is none")
    write(tmp_path / "c.jsonl", [f"Title {number}" for number in range(9, 20)], "x")
    for most in (1, 3, 256):
        monkeypatch.setattr(listing, "MOST_PEEKS", most)
        done = CliRunner().invoke(listing.list_, ["--json", *map(str, sorted(tmp_path.iterdir()))])
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["title"] for row in rows if row["title"]] == [f"Title {number}" for number in range(20)]
        assert {row["problems"][0]["code"] for row in rows if row["problems"]} == {"unreadable"}
        assert done.exit_code in (0, 1)
