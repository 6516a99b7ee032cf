"""Letters that were turned into Chinese characters come back on request, and characters that are meant stay."""

from pathlib import Path

import pytest

from tui.commands.options import chosen
from tui.core.errors import UsageError
from tui.core.model import Options
from tui.text.mending.edits import undo
from tui.text.mending.mend import mend
from tui.text.repairs.letter_swap import LETTERS, swap
from tui.text.words.lexicon import words

ASKED = Options(also=frozenset({"letter_swap"}))
AD = "本店出售 Sony PlayStation 5 和 iPhone 15 Pro,详情见 www.example.com,联系 sales@example.com 或 Hello Kitty 官网。"


def test_letters_come_back_as_probable_edits() -> None:
    mended = mend(swap(AD), ASKED)
    assert mended.text == AD
    assert {edit.certainty for edit in mended.edits} == {"probable"}
    assert undo(mended.text, mended.edits) == swap(AD)


def test_it_acts_only_where_it_was_asked_for() -> None:
    assert mend(swap(AD), Options()).text == swap(AD)
    assert mend(swap(AD), Options(certain=True, also=ASKED.also)).text == swap(AD)


def test_a_page_in_traditional_characters_is_read_too() -> None:
    traditional = {
        ord(simple): chr(code) for code, simple in ((code, chr(s)) for code, s in words().simplified.items())
    }
    turned = "".join(
        chr(code)
        if (code := ord(char.translate(traditional))) and chr(code).encode("gb18030")[1:] == LETTERS[char].encode()
        else char
        for char in swap("PlayStation")
    )
    assert mend(f"他買了{turned}。", ASKED).text == "他買了PlayStation。"


@pytest.mark.parametrize(
    "text",
    [
        "这家厂颁布了新规,厂长补充说,工人要早起,飞虫多的车间要装纱窗,产品要测试。",
        "贰角,叁角,厂牌,产量,飞机,补充,辩论,诉讼,辞别,齿轮,奥运,测试,辫子,贵厂,罢工。",
        "蝉鸣滨海,辞别故里,颁奖时他翱翔在天。",
        "Latin text, 日本語の文章、한국어 문장.",
    ],
)
def test_characters_that_are_meant_stay(text: str) -> None:
    assert mend(text, ASKED).text == text


def test_every_letter_of_both_cases_has_its_own_character_with_a_traditional_form_or_itself() -> None:
    assert len(LETTERS) == 52
    assert swap("".join(LETTERS.values())) == "".join(LETTERS)


def test_the_configuration_and_the_command_line_ask_for_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('also = ["letter_swap"]\n', encoding="utf-8")
    assert chosen({"config_path": str(path)}).options.also == {"letter_swap"}
    assert chosen({"also": ("letter_swap",)}).options.also == {"letter_swap"}


@pytest.mark.parametrize("name", ["no_such", "entities"])
def test_what_is_no_optional_repair_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=f"--also {name}: no such repair; known: letter_swap"):
        chosen({"also": (name,)})
