"""Whatever the screen says has been translated, and English is what a stranger's locale gets."""

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from where import ROOT

from tui.core.errors import UsageError
from tui.core.i18n import Language, of_locale, tr, tr_name, tr_problem, use
from tui.core.i18n.chinese import load, traditional
from tui.core.problems import Problem, Reason, Values
from tui.text.words.cells import width
from tui.view.pagetext import facts
from tui.view.panes.metadata import LABEL_CELLS
from tui.view.sheets import why

CHINESE: tuple[Language, ...] = ("zh-Hans", "zh-Hant")
BARE = {"desk.py", "keys.py"}
"""Modules of the screen that raise what goes to standard error."""
HOW = 'write it as tr("…") with `from tui.core.i18n import tr`, run scripts/catalogues.py, and fill in the empty msgstr'


def scripts(name: str) -> ModuleType:
    """A module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = scripts("catalogues")


@pytest.fixture(params=CHINESE)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each of the languages in turn, spoken while a test runs."""
    use(request.param)
    yield request.param
    use("en")


def test_everything_that_the_screen_says_is_translated_and_nothing_else() -> None:
    troubles = catalogues.troubles()
    assert not troubles, "\n".join(troubles)


def test_a_word_that_opencc_would_convert_otherwise_is_asked_for() -> None:
    assert not catalogues.doubts(list(load().values()))
    doubted = [line for line in catalogues.doubts([*load().values(), "内存里的鼠标"]) if "OpenCC" in line]
    assert len(doubted) == 1
    assert "滑鼠" in doubted[0]


def test_words_of_taiwan_are_not_taken_apart() -> None:
    texts = "文件夹里的文件名", "第 {row:,} 行", "按行读取", "正则表达式", "西里尔字母", "只保留选中的进程"
    wanted = "資料夾裡的檔名", "第 {row:,} 列", "按行讀取", "正規表示式", "西里爾字母", "只保留選中的程序"
    assert tuple(map(traditional, texts)) == wanted


def test_the_screen_says_nothing_past_the_catalogues() -> None:
    past = []
    for file in sorted((ROOT / "tui" / "view").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        passed = set(catalogues.passed_over(tree, raises=file.name in BARE))
        for node in catalogues.literals(tree):
            text = catalogues.template(node)
            if id(node) not in passed and text and catalogues.is_prose(text):
                past.append(f"{file.relative_to(ROOT)}:{node.lineno}: {text!r} is English for everybody; {HOW}")
    assert not past, "\n".join(past)


def test_what_is_translated_is_written_out_where_it_is_said() -> None:
    past = []
    for file in sorted((ROOT / "tui").rglob("*.py")):
        for call in catalogues.calls(ast.parse(file.read_text(encoding="utf-8")), "tr"):
            if not catalogues.spoken(call):
                past.append(f"{file.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}: no literal; {HOW}")
    assert not past, "\n".join(past)


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_SG"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_MO.UTF-8@radical"}, "zh-Hant"),
        ({"LANG": "zh_Hant_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_Hans_HK.UTF-8"}, "zh-Hans"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_TW.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-Hans"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "TERM": "linux"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_chooses_the_language(locale: dict[str, str], wanted: Language) -> None:
    assert of_locale(locale) == wanted


def test_fields_are_filled_in_and_unknown_texts_stay(language: Language) -> None:
    assert re.search(r"1,200 [页頁]", tr("{count:,} pages", count=1200))
    assert tr("{name} is new here", name="x") == "x is new here"
    assert tr_name("no such name") == "no such name"


def test_a_problem_is_told_with_the_reasons_in_it(language: Language) -> None:
    reason = Reason("took_longer", {"seconds": 5.0})
    words = tr_problem(Problem("parser_gave_up", "/pages/a b.html", {"reason": reason}))
    assert words.startswith("/pages/a b.html: ")
    assert " 5 秒" in words
    assert not re.search(r"[a-z]{3,}", words.removeprefix("/pages/a b.html: "))


def test_names_in_problems_are_not_taken_for_words_of_ours(language: Language) -> None:
    values: Values = {"place": Reason("row_at", {"byte": 7}), "names": "title"}
    assert " title " in tr_problem(Problem("no_text_field", "a.csv", values))


def test_an_error_is_told_as_its_reason_is(language: Language) -> None:
    assert tr_problem(UsageError(Reason("no_value", {"field": "lang", "operator": ":"}), "&")).startswith("&: lang: ")
    assert tr_problem(UsageError("--at x: no ordinal")) == "--at x: no ordinal"


def test_labels_fit_into_their_column(language: Language) -> None:
    """A label that is cut says nothing; those of `why` stand in 14 cells, too."""
    labels = [*_labels(facts.__file__, "Entry"), *catalogues._tables()["tui/page.schema.json"]]
    labels += catalogues._tables()["tui/text/quality/signals.py"]
    too_wide = [tr_name(text) for text in labels if width(tr_name(text)) > LABEL_CELLS - 2]
    assert not too_wide
    assert why.LABEL_CELLS >= LABEL_CELLS - 2


def _labels(file: str, function: str) -> list[str]:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    firsts = [call.args[0] for call in catalogues.calls(tree, function)]
    spoken = [first for first in firsts if isinstance(first, ast.Call) and len(first.args) == 1 and not first.keywords]
    return [text for call in spoken if getattr(call.func, "id", "") == "tr" for text in catalogues.spoken(call)]


def test_english_loads_no_catalogue() -> None:
    code = "import sys; from tui.core.i18n import tr, use; use('en'); tr('x'); print('tui.core.i18n.chinese' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout == "False\n"


def test_json_and_errors_on_standard_error_stay_english(tmp_path: Path) -> None:
    page = tmp_path / "cut.html"
    page.write_bytes("<title>一页</title><p>正文。".encode() + b"\xe4\xb8")
    command = [sys.executable, "-m", "tui", "show", "--json", str(page), str(tmp_path / "missing")]

    def output(locale: str) -> tuple[bytes, bytes]:
        env = {"LC_ALL": locale, "PATH": "", "HOME": str(tmp_path)}
        done = subprocess.run(command, capture_output=True, env=env, cwd=ROOT)
        return done.stdout, done.stderr

    assert output("zh_TW.UTF-8") == output("C.UTF-8")
    assert b"no such file; check the name" in output("zh_CN.UTF-8")[1]
