"""converts Chinese to the script asked for, as edits like any other; nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Options, Script
from tui.text.mending.edits import undo
from tui.text.mending.mend import mend

HANS = "头发发展很快,皇后在里面写下了关系。"
HANT = "頭髮發展很快,皇后在裏面寫下了關係。"


def turned(text: str, script: Script) -> str:
    return mend(text, Options(script=script)).text


@pytest.mark.parametrize(
    ("text", "script", "wanted"),
    [
        (HANS, "hant", HANT),
        (HANS, "tw", "頭髮發展很快,皇后在裡面寫下了關係。"),
        (HANS, "hans", HANS),
        (HANT, "hans", HANS),
        (HANT, "hant", HANT),
        ("潮濕灶台", "hans", "潮湿灶台"),
        ("步步高陞", "hans", "步步高升"),
        ("乾闥婆", "hans", "乾闼婆"),
        ("星露谷物语", "hant", "星露谷物語"),
        ("星露谷物語很好玩", "hant", "星露谷物語很好玩"),
        ("谷物丰收，五谷杂粮", "hant", "穀物豐收，五穀雜糧"),
        ("這些谷物豐收", "hant", "這些穀物豐收"),
        ("余先生不干", "hant", "余先生不干"),
        ("头发\n步步高陞", "hans", "头发\n步步高陞"),
        ("關系很好,皇後與頭發", "hant", "關係很好,皇后與頭髮"),
    ],
)
def test_chinese_is_turned_and_naive_conversions_are_mended_on_the_way(text: str, script: Script, wanted: str) -> None:
    assert turned(text, script) == wanted


def test_nothing_is_turned_unless_asked() -> None:
    assert turned(HANS + HANT, "keep") == HANS + HANT


@pytest.mark.parametrize("script", ["hans", "hant", "tw", "hk"])
@pytest.mark.parametrize("text", ["国会の発展、会議は来週", "변화 漢字", "Ordinary text, naïve", "Я и 123", ""])
def test_other_languages_stay(text: str, script: Script) -> None:
    assert turned(text, script) == text


def test_each_edit_is_a_run_of_characters_that_changed() -> None:
    edits = mend("这里的发展", Options(script="tw")).edits
    assert [(edit.before, edit.after, edit.repair) for edit in edits] == [
        ("这里", "這裡", "script"),
        ("发", "發", "script"),
    ]


def test_it_follows_other_repairs_as_a_further_step() -> None:
    (edit,) = mend("&#21457;", Options(script="hant")).edits
    assert (edit.before, edit.after) == ("&#21457;", "發")
    assert [step.repair for step in edit.steps] == ["entities", "script"]


@given(
    st.lists(st.sampled_from([*HANS, *HANT, "\n", "\0", "a", "の", "\U00020000", "打印机", "博客"]), max_size=40).map(
        "".join
    )
)
def test_undoing_gives_back_the_text(text: str) -> None:
    scripts: tuple[Script, ...] = ("hans", "hant", "tw", "hk")
    for script in scripts:
        mended = mend(text, Options(script=script))
        assert undo(mended.text, mended.edits) == text
