"""What a batch wrote, opened again: pages are what their rows say, and nothing is found out anew."""

import json
from pathlib import Path

import made_corpus
import pytest
from called import call

from tui import loader
from tui.choosing.recipe import COLUMNS
from tui.core.model import Document, Limits, Options, Ref
from tui.core.questions import Effects, Source, Trace
from tui.export.documents import page
from tui.text.mending.edits import undo

SAME = ("title", "type", "language", "body", "url", "fetched", "signals")
WHOLE = (*SAME, "text", "edits", "problems", "scripts")
HTML = (
    "<title>SchÃ¶n</title><ul><li><a href=/>GrÃ¼ÃŸe</a></ul><article><h1>SchÃ¶n</h1><p>"
    + made_corpus.MISREAD * 4
    + "</p>"
    "<p>" + made_corpus.GLOSSED * 2 + "</p></article><footer>Ã¼ber uns</footer>"
)


def documents(place: Path, options: Options | None = None) -> list[Document]:
    found = loader.scan([str(place)], loader.Tally())
    return [loader.load(ref, options or Options(), Limits()) for ref in found]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made_corpus.make(tmp_path_factory.mktemp("corpus") / "in")
    (folder / "d.html").write_text(HTML, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(corpus: Path) -> dict[str, Path]:
    """Batches of the same pages: as it is by default, with all columns, and in the other format."""
    every = ("--columns", ",".join(COLUMNS))
    calls = {"usual": (), "text": every, "parquet": (*every, "--format", "parquet")}
    for name, options in calls.items():
        assert call("batch", corpus, "-o", corpus.parent / name, "--shard-mb", "0.01", *options).status == 1
    return {name: corpus.parent / name for name in calls}


@pytest.mark.parametrize("kind", ["usual", "text", "parquet"])
def test_a_row_is_the_page_as_it_was_read(corpus: Path, opened: dict[str, Path], kind: str) -> None:
    read, kept = documents(corpus), documents(opened[kind])
    assert len(kept) == len(read) == 54
    for before, after in zip(map(page, read), map(page, kept), strict=True):
        names = SAME if kind == "usual" else WHOLE
        assert [after[name] for name in names] == [before[name] for name in names]
        assert after["charset"]["name"] == before["charset"]["name"]
        assert [(each["name"], each["count"]) for each in after["repairs"]] == [
            (each["name"], each["count"]) for each in before["repairs"]
        ]
        assert [each["message"] for each in after["problems"]] == [each["message"] for each in before["problems"]]


def test_without_text_the_edits_stand_in_the_body(corpus: Path, opened: dict[str, Path]) -> None:
    read, kept = documents(corpus)[-1], documents(opened["usual"])[-1]
    assert kept.text == read.body
    assert "GrÃ¼ÃŸe" in undo(kept.text, kept.edits)
    assert 0 < len(kept.edits) < len(read.edits)  # the menu and the foot have some, too
    assert sum(each.count for each in kept.repairs) == sum(each.count for each in read.repairs)


def test_what_a_call_leaves_out_is_undone_and_what_it_asks_for_is_made(opened: dict[str, Path]) -> None:
    kept = documents(opened["text"])[-1]
    bare = documents(opened["text"], Options(without=frozenset({"mojibake"})))[-1]
    assert "SchÃ¶ne GrÃ¼ÃŸe" in bare.text
    assert "總統府" in bare.text
    assert [each.name for each in bare.repairs] == ["pinyin_gloss"]
    assert bare.body == undo(kept.body, ()).replace("Schöne Grüße aus München", "SchÃ¶ne GrÃ¼ÃŸe aus MÃ¼nchen").replace(
        "Fährfrau", "FÃ¤hrfrau"
    ).replace("Schön\n", "SchÃ¶n\n")
    simplified = documents(opened["text"], Options(script="hans"))[-1]
    assert "总统府昨天发布了" in simplified.text
    assert undo(simplified.text, simplified.edits) == undo(kept.text, kept.edits)
    assert {step.repair for edit in simplified.edits for step in edit.steps} == {"pinyin_gloss", "script"}


def row_of(opened: dict[str, Path], kind: str) -> Ref:
    *_, last = loader.scan([str(opened[kind])], loader.Tally())
    assert isinstance(last, Ref)
    return last


def test_a_character_is_traced_to_the_bytes_of_its_row(opened: dict[str, Path]) -> None:
    ref, kept = row_of(opened, "text"), documents(opened["text"])[-1]
    place = kept.text.index("ö")
    traced = loader.trace(Trace(ref, Options(), place), Limits())
    assert traced.edit is not None
    assert (traced.edit.before, traced.edit.repair, traced.charset.by) == ("Ã¶", "mojibake", "json")
    assert traced.origin is not None
    assert traced.origin.raw == "ö".encode()
    plain = loader.trace(Trace(ref, Options(), kept.text.index("ferry") if "ferry" in kept.text else 0), Limits())
    assert (plain.edit, plain.origin is not None) == (None, True)


def test_its_source_is_the_text_before_repair(opened: dict[str, Path]) -> None:
    ref, kept = row_of(opened, "text"), documents(opened["text"])[-1]
    source = loader.source(Source(ref, Options(), kept.text.index("ö")), Limits())
    assert source.text == undo(kept.text, kept.edits)
    assert source.text[source.place :].startswith("Ã¶")
    effects = {each.name: each.count for each in loader.effects(Effects(ref, Options()), Limits()).effects}
    assert effects["mojibake"] == next(each.count for each in kept.repairs if each.name == "mojibake")


def test_a_list_calls_it_what_it_is_called(opened: dict[str, Path]) -> None:
    for kept in documents(opened["usual"]):
        assert loader.peek(kept.ref, Options()).title == " ".join(kept.title.split())


def test_the_folder_has_each_page_once_and_can_be_charted(corpus: Path, opened: dict[str, Path]) -> None:
    for out in opened.values():
        assert len(call("list", out).out.splitlines()) == 54
        chosen = [call("list", "--json", "--where", "repair:mojibake lang:de", place).out for place in (corpus, out)]
        titles = [[json.loads(line)["title"] for line in lines.splitlines()] for lines in chosen]
        assert titles[0] == titles[1]


def test_a_page_that_was_given_up_says_so_and_its_record_opens(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    made_corpus.poison(source, {1: made_corpus.SLOW}, 3)
    call("batch", source, "-o", out)
    lost = documents(out)[1]
    assert [problem.code for problem in lost.problems] == ["worker_failed"]
    assert "worker" in call("list", out).out.decode().splitlines()[1]
    kept = out / ".batch" / "quarantine"
    assert len(call("list", kept).out.splitlines()) == 2
    assert call("show", "--record", kept / "00000" / "000001.record").out == source.read_bytes().splitlines()[1]
