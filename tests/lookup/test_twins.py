"""Of pages that are nearly the same, the first is kept and the others are its copies."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from random import Random

import made_warcs
import pytest
from called import Answer, call
from troubles import unexpected

from tui.app.services import PageCollection, TitleClient, TwinClient
from tui.choosing.choices import Fetching
from tui.core.errors import StoreError
from tui.core.model import Limits, Options, Ref, Twin, Twins
from tui.core.questions import Copies, Open, Peek, as_columns
from tui.lookup import twins
from tui.lookup.catalogue import Catalogue
from tui.lookup.twins import Copy, TwinSearch, columns
from tui.processes.pages import Processes
from tui.sources import Tally, scan
from tui.text.quality.likeness import likeness, signature

WORDS = [f"word{number}" for number in range(2000)]


def story(seed: int, size: int = 300) -> list[str]:
    return Random(seed).choices(WORDS, k=size)


def changed(words: list[str], start: int, stop: int) -> list[str]:
    """With other words in one place."""
    return [*words[:start], *story(start + 99, stop - start), *words[stop:]]


def copies(folder: Path, texts: Iterable[list[str]]) -> dict[int, int]:
    with TwinSearch(folder) as search:
        for text in texts:
            search.add(signature(" ".join(text)))
        return {ordinal: copy.kept for ordinal, copy in search.copies().items()}


def test_the_first_of_several_is_kept(tmp_path: Path) -> None:
    one, other = story(1), story(2)
    assert copies(tmp_path, [one, other, changed(one, 0, 20), story(3), one, other]) == {2: 0, 4: 0, 5: 1}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("texts", [[], [[]], [[], [], ["two", "words"], ["two", "words"]]])
def test_pages_with_hardly_a_word_are_nobodys_twins(tmp_path: Path, texts: list[list[str]]) -> None:
    assert copies(tmp_path, texts) == {}


def test_a_chain_of_changes_makes_no_twins_of_its_ends(tmp_path: Path) -> None:
    """Each page is like the one before it; only those like the kept page itself are its copies."""
    chain = [story(1)]
    for step in range(6):
        chain.append(changed(chain[-1], 50 * step, 50 * step + 50))
    assert copies(tmp_path, chain) == {1: 0, 3: 2, 5: 4}


@pytest.mark.parametrize(("stop", "kept"), [(120, {1: 0, 2: 0}), (240, {1: 0})])
def test_what_turns_out_a_copy_later_keeps_nothing(tmp_path: Path, stop: int, kept: dict[int, int]) -> None:
    """In the first band page 2 meets page 1 alone, which a later band finds to be a copy of page 0."""
    one = story(1, 600)
    second = changed(one, 0, 90)
    rows = [signature(" ".join(text))[6:] for text in (one, second, changed(second, 90, stop))]
    with TwinSearch(tmp_path) as search:
        for row, band in zip(rows, (b"first!", b"other!", b"other!"), strict=True):
            search.add(band + row)
        assert {ordinal: copy.kept for ordinal, copy in search.copies().items()} == kept


def test_pages_that_share_a_phrase_are_compared_with_the_first_ones_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0

    def counted(one: bytes, other: bytes) -> float:
        nonlocal compared
        compared += 1
        return likeness(one, other)

    monkeypatch.setattr(twins, "likeness", counted)
    rows = [b"phrase" + signature(" ".join(story(seed, 50)))[6:] for seed in range(60)]
    with TwinSearch(tmp_path) as search:
        for row in rows:
            search.add(row)
        assert search.copies() == {}
    assert compared == sum(min(number, twins.MOST_HEADS) for number in range(60))


def test_an_index_keeps_how_many_which_one_and_what_is_next() -> None:
    kept = list(columns(6, {2: Copy(0, 0.91234), 4: Copy(0, 1.0), 5: Copy(3, 0.8)}))
    assert kept == [
        {"twins": 2, twins.NEXT: 2},
        {"twins": 0},
        {"twins": 2, "twin": 0, "likeness": 0.912, twins.NEXT: 4},
        {"twins": 1, twins.NEXT: 5},
        {"twins": 2, "twin": 0, "likeness": 1.0},
        {"twins": 1, "twin": 3, "likeness": 0.8},
    ]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Page 2 is a copy of page 0 with an eighth of its words changed; page 3 and 4 have no body."""
    one = story(1)
    bodies = [one, story(2), changed(one, 100, 140), [], []]
    records = ({"title": f"Page {at}", "text": " ".join(words).capitalize()} for at, words in enumerate(bodies))
    path = tmp_path / "crawl.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def run(crawl: Path, *arguments: str) -> Answer:
    """With an index in the folder of the crawl; of several processes in the same way."""
    kept = str(crawl.parent / "cache")
    environment = {"XDG_CACHE_HOME": kept, "XDG_STATE_HOME": kept, "HOME": kept}
    return call(*arguments, str(crawl), env=environment)


def listed(crawl: Path, where: str) -> list[int]:
    answer = run(crawl, "list", "--where", where)
    assert answer.lines == []
    return [int(line.split(b"\t")[0]) for line in answer.out.splitlines()]


def test_expressions_ask_for_twins(crawl: Path) -> None:
    answer = run(crawl, "index", "--twins")
    assert answer.line.endswith("; 1 of 5 pages are copies of another")
    assert listed(crawl, "twins>0") == [0, 2]
    assert listed(crawl, "twin:*") == listed(crawl, "twin=0 likeness<0.95") == [2]
    assert listed(crawl, "-twin:*") == [0, 1, 3, 4]


def test_a_page_that_is_read_for_something_else_still_has_its_twins(crawl: Path) -> None:
    run(crawl, "index", "--twins")
    assert listed(crawl, "twin:* -body:nowhere") == listed(crawl, "-record.x:* twin:* -title:nothing") == [2]


def test_a_list_as_json_says_which_page_is_kept(crawl: Path) -> None:
    run(crawl, "index", "--twins")
    entries = [json.loads(line) for line in run(crawl, "list", "--json").out.splitlines()]
    assert entries[2].pop("likeness") == pytest.approx(0.87, abs=0.05)
    known = [{name: entry[name] for name in ("twins", "twin") if name in entry} for entry in entries]
    assert known == [{"twins": 1}, {}, {"twins": 1, "twin": 0}, {}, {}]


@pytest.mark.parametrize(
    "calls", [[], [["index"]], [["index", "--twins"], ["index"]], [["index", "--twins", "--certain"]]]
)
def test_nobody_is_told_that_there_are_no_twins_who_never_looked_for_them(crawl: Path, calls: list[list[str]]) -> None:
    for arguments in calls:
        run(crawl, *arguments)
    for arguments in (["--where", "twins=0"], ["--where", "title:page -twin:*"], ["--sample", "2", "--by", "likeness"]):
        answer = run(crawl, "list", *arguments)
        assert answer.status == 2
        assert "run `copydesk index --twins`" in answer.line
    assert [len(json.loads(line)) for line in run(crawl, "list", "--json").out.splitlines()] == [6] * 5


def test_a_damaged_index_is_not_taken_for_one_without_twins_and_told_once(crawl: Path) -> None:
    run(crawl, "index", "--twins")
    damage(crawl)
    answer = run(crawl, "list", "--where", "twins>0")
    assert (answer.status, answer.out) == (1, b"")
    assert answer.line.startswith(f"{crawl}: its index is damaged")
    assert answer.line.endswith("`copydesk index --twins` rebuilds it (its bytes were altered)")
    answer = run(crawl, "list", "--where", "twins>0")
    assert (answer.status, answer.out) == (2, b"")
    assert answer.line.startswith(f"{crawl}: only an index knows twins")


def damage(crawl: Path) -> None:
    """Have what the index of a crawl says of twins be something else than was written."""
    (place,) = crawl.parent.rglob("*.sqlite")
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE cells SET packed = x'00' WHERE field = 'twins'")


def test_the_screen_is_told_once_that_an_index_is_damaged_and_then_that_there_is_none(
    crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(crawl, "index", "--twins")
    (folder,) = {path.parent for path in crawl.parent.rglob("*.sqlite")}
    catalogue = Catalogue(folder, Options(), unexpected)
    assert catalogue.adopt(str(crawl))
    damage(crawl)
    monkeypatch.setenv("XDG_CACHE_HOME", str(crawl.parent / "cache"))
    with Processes(Limits(), Fetching()) as processes:
        collection = PageCollection(processes.client(), catalogue, [str(crawl)])
        refs = list(scan([str(crawl)], Tally()))
        for words in ("its index is damaged", "only an index knows twins"):
            with pytest.raises(StoreError, match=words):
                list(collection.judge(refs, "twins>0", Options()))


def test_records_that_are_no_pages_have_other_numbers_than_an_index_knows(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    records = [made_warcs.warcinfo()]
    for name in ("One", "Two"):
        page = f"<title>{name}</title><p>{' '.join(story(1))}".encode()
        records.append(made_warcs.response(f"https://a.example/{name}", page))
    made_warcs.write(path, records)
    assert run(path, "index", "--twins").line.endswith("; 1 of 2 pages are copies of another")
    entries = [json.loads(line) for line in run(path, "list", "--all-records", "--json").out.splitlines()]
    assert ["twins" in entry for entry in entries] == [False] * 3
    answer = run(path, "list", "--all-records", "--where", "title:Two", "--json")
    assert [json.loads(line)["ordinal"] for line in answer.out.splitlines()] == [2]
    answer = run(path, "list", "--all-records", "--where", "twins>0")
    assert (answer.status, answer.out) == (2, b"")
    assert answer.line.startswith("--all-records: an index knows twins of pages alone")


def test_a_batch_does_not_hang_on_an_index(crawl: Path) -> None:
    answer = run(crawl, "batch", "--where", "-twin:*", "-o", str(crawl.parent / "out"))
    assert answer.status == 2
    assert "twin is known to an index alone" in answer.line


def test_of_many_copies_a_page_that_is_opened_knows_one_and_the_others_are_asked_for(tmp_path: Path) -> None:
    path, text = tmp_path / "crawl.jsonl", " ".join(story(1)).capitalize()
    path.write_text("".join(json.dumps({"title": f"Page {at}", "text": text}) + "\n" for at in range(5)), "utf-8")
    run(path, "index", "--twins")
    (folder,) = {path.parent for path in tmp_path.rglob("*.sqlite")}
    catalogue = Catalogue(folder, Options(), unexpected)
    assert catalogue.adopt(str(path))
    refs = list(scan([str(path)], Tally()))
    with Processes(Limits(), Fetching()) as processes:
        client = TwinClient(processes.client(), catalogue)
        opened = client.ask(Open(refs[0], Options())).twins
        assert opened == Twins(4, copies=(Twin(refs[1], 1.0, "Page 1"),))
        assert [copy.ref for copy in client.ask(Copies(refs[0]))] == refs[1:]


def test_the_screen_is_told_of_twins_with_titles_and_pages(crawl: Path) -> None:
    run(crawl, "index", "--twins")
    (folder,) = {path.parent for path in crawl.parent.rglob("*.sqlite")}
    catalogue = Catalogue(folder, Options(), unexpected)
    assert catalogue.adopt(str(crawl))
    refs = [ref for ref in scan([str(crawl)], Tally()) if isinstance(ref, Ref)]
    with Processes(Limits(), Fetching()) as processes:
        client = processes.client()
        peeks = TitleClient(client, catalogue).ask(Peek(as_columns(refs), Options()))
        assert [peek.twins for peek in peeks] == [1, 0, 1, 0, 0]
        opened = [TwinClient(client, catalogue).ask(Open(ref, Options())).twins for ref in refs[:3]]
        copies = [TwinClient(client, catalogue).ask(Copies(ref)) for ref in refs]
    assert opened[2] is not None
    assert opened[:2] == [Twins(1, copies=(Twin(refs[2], opened[2].likeness, "Page 2"),)), None]
    assert opened[2].kept == refs[0]
    assert [[copy.ref for copy in its] for its in copies] == [[refs[2]], [], [], [], []]
    assert catalogue.twins(refs[0]) == Twins(1)
    assert catalogue.twins(Ref("other", 0), 9) is None
