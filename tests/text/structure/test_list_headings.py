"""What stands over a list says what it is called, if it says which kind of list it is."""

import pytest

from tui.text.document import _ABOVE, _heading

LONG = "Related " + "x" * 32


@pytest.mark.parametrize(
    ("above", "kind", "heading"),
    [
        ("Ferry stops.\nRelated news\n", "related", "Related news"),
        ("Ferry stops.\nRelated news\n", "hot", None),
        ("相關推薦 -\n", "related", "相關推薦"),
        (" 評論 79最新聞 Hot\n-\n", "hot", "最新聞 Hot"),
        (" 評論 79\n", "hot", None),
        (LONG + "\n", "related", LONG),
        (LONG + "x\n", "related", None),
        ("Most read\n-\n-\n-\n", "hot", "Most read"),
        ("Most read\n-\n-\n-\n-\n", "hot", None),
    ],
)
def test_a_short_line_just_above_that_is_of_its_kind_is_its_heading(above: str, kind: str, heading: str | None) -> None:
    assert len(above) <= _ABOVE
    assert _heading(above, kind) == heading
