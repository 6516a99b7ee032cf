"""What repair does with line ends and marks, and where it says that a change stands."""

import pytest
from called import call

from tui.commands import repair
from tui.core.model import Edit, Options, Rows
from tui.text.mending.mend import Mending

GLOSSED = "本報訊:總統(tǒng)府發(fā)言人說,經(jīng)濟數據已公布。\n第二行,總統(tǒng)府發(fā)言人。\n"


@pytest.mark.parametrize(
    ("payload", "repaired"),
    [
        (b"a\r\nb\rc\n", b"a\r\nb\rc\n"),
        (b"a\r\nb", b"a\r\nb"),
        (b"\xef\xbb\xbfa\r\n", b"\xef\xbb\xbfa\r\n"),
        ("a\r\nb\n".encode("utf-16"), b"a\nb\n"),
        (b"", b""),
    ],
)
def test_line_ends_stay_as_they_are_but_in_utf_16(payload: bytes, repaired: bytes) -> None:
    assert repair.repaired_text(payload, Options(), "f")[0] == repaired


def test_changes_are_told_with_line_and_column_from_1() -> None:
    told = list(repair.repaired_text(GLOSSED.encode(), Options(), "f")[2])[1:]
    assert [line.partition(" ")[0] for line in told] == ["f:1:6:", "f:1:8:", "f:1:13:", "f:2:6:", "f:2:8:"]
    assert told[0] == "f:1:6: pinyin_gloss (certain): ‘統(tǒng)’ -> ‘統’"


@pytest.mark.parametrize(
    ("size", "shown"), [(59, "‘" + "x" * 59 + "’"), (60, "‘" + "x" * 60 + "’"), (61, "‘" + "x" * 59 + "…’")]
)
def test_of_a_change_60_characters_are_told(size: int, shown: str) -> None:
    mended = Mending("y", Rows(Edit, [Edit(0, 1, "x" * size, "y", "entities")]), (), ())
    assert list(repair.explanations(mended, "f")) == [f"f:1:1: entities (certain): {shown} -> ‘y’"]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("9" * 18, ""),
        ("9" * 19, "is not an ordinal or a range"),
        ("0-" + "9" * 18, ""),
        ("0-" + "9" * 19, "is not an ordinal or a range"),
        ("3-3", ""),
        ("3-2", "is not an ordinal or a range"),
        ("3-", "is not an ordinal or a range"),
    ],
)
def test_an_ordinal_has_18_digits_and_a_range_does_not_go_back(at: str, said: str) -> None:
    answer = call("repair", "--at", at, stdin=b"rain\n")
    assert answer.status == (2 if said else 0)
    assert said in "".join(answer.lines)
