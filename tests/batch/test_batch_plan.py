"""Plans: the same whoever makes them, whole or not at all, and only for what they were made for."""

import json
from pathlib import Path

import pytest

from tui.batch import plan
from tui.batch.plan import Order
from tui.choosing.recipe import Recipe
from tui.core.errors import CopydeskError, UsageError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable

ORDER = Order(("in",), Recipe(columns=("title",)), "jsonl", 0.001)
LOST = unreadable(Reason("scan_lost", {"reason": Reason("took_more_cpu", {"seconds": 5.0})}), "in/b.zip")


@pytest.fixture
def found(tmp_path: Path) -> list[Item]:
    page = tmp_path / "page.html"
    page.write_text("x" * 700)
    records = [Ref("in/a.jsonl", n, "jsonl", 100 * n, 90 + n) for n in range(30)]
    members = [Ref("in/z.zip", n, "html", member=f"{n}.html", route="zip:1") for n in range(3)]
    return [
        *records,
        Trouble("in/b.zip", 30, LOST, 5, 6, "m"),
        Ref(str(page), 31, "html"),
        *members,
        Ref("s3://a/b", 4),
    ]


def test_what_is_planned_comes_back_cut_at_records(tmp_path: Path, found: list[Item]) -> None:
    made = plan.make(tmp_path / "out", ORDER, found)
    again = plan.read(tmp_path / "out")
    assert again == made
    cut = [list(plan.places(again, number).singly()) for number in range(len(made.shards))]
    assert [item for shard in cut for item in shard] == found
    assert [shard.pages for shard in made.shards] == [len(shard) for shard in cut]
    assert all(shard.size <= 1000 or shard.pages == 1 for shard in made.shards)
    assert made.pages == len(found)
    stamps = [plan.places(again, number).stamps for number in range(len(made.shards))]
    (page,) = [path for shard in stamps for path in shard]
    assert page == str(tmp_path / "page.html")


def test_a_plan_is_the_same_whoever_makes_it(tmp_path: Path, found: list[Item]) -> None:
    first, second = plan.make(tmp_path / "a", ORDER, found), plan.make(tmp_path / "b", ORDER, iter(found))
    assert (first.digest, first.shards) == (second.digest, second.shards)
    assert plan.make(tmp_path / "c", ORDER, found[:-1]).digest != first.digest
    (tmp_path / "page.html").write_text("y" * 701)
    assert plan.make(tmp_path / "d", ORDER, found).digest != first.digest


def test_who_comes_second_takes_the_plan_that_is_there(tmp_path: Path, found: list[Item]) -> None:
    first = plan.make(tmp_path, ORDER, found)
    assert plan.make(tmp_path, ORDER, found) == first
    assert len(list(tmp_path.glob("plan*"))) == 2


def test_a_plan_that_could_not_be_made_leaves_nothing(tmp_path: Path, found: list[Item]) -> None:
    killed = unreadable(Reason("scan_lost", {"reason": Reason("crashed", {"signal": "SIGKILL"})}), "in/b.zip")
    with pytest.raises(plan.ScanKilledError, match="was killed"):
        plan.make(tmp_path / "out", ORDER, plan.sound([*found, Trouble("in/b.zip", 40, killed)]))
    assert list((tmp_path / "out").iterdir()) == []
    assert list(plan.sound(found)) == found


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"sources": 7}', b"\xff"])
def test_a_plan_that_is_damaged_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(UsageError, match="--fresh"):
        plan.read(tmp_path)


def test_a_plan_names_no_file_elsewhere(tmp_path: Path, found: list[Item]) -> None:
    plan.make(tmp_path, ORDER, found)
    path = tmp_path / "plan.json"
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps({**told, "places": "../plan.bin"}))
    with pytest.raises(UsageError):
        plan.read(tmp_path)


@pytest.mark.parametrize("at", [0, 10, -1])
def test_places_that_are_damaged_are_not_read(at: int, tmp_path: Path, found: list[Item]) -> None:
    made = plan.make(tmp_path, ORDER, found)
    path = Path(made.path)
    content = bytearray(path.read_bytes())
    content[at] ^= 0x55
    path.write_bytes(bytes(content))
    with pytest.raises(CopydeskError, match="damaged at byte"):
        list(map(plan.places, [made] * len(made.shards), range(len(made.shards))))
