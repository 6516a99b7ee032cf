"""What programs do with texts: each change told, and taken back."""

import doctest
import subprocess
import sys

import pytest
from where import ROOT

import copydesk

GLOSSED = "嵐溪市總統(tǒng)府昨天發(fā)布了首份聲音地圖,統(tǒng)計完成后發(fā)布。"
MENDED = "嵐溪市總統府昨天發布了首份聲音地圖,統計完成后發布。"


@pytest.mark.parametrize(
    ("text", "repaired"), [(GLOSSED, MENDED), ("schÃ¶n", "schön"), ("schön 總統", "schön 總統"), ("", "")]
)
def test_a_text_is_repaired_and_every_change_can_be_taken_back(text: str, repaired: str) -> None:
    found = copydesk.repair(text)
    assert found.text == repaired
    assert found.undo() == text
    assert bool(found.edits) == (text != repaired)
    for edit in found.edits:
        assert found.text[edit.start : edit.end] == edit.after


def test_each_character_says_why_it_is_there() -> None:
    found = copydesk.repair(GLOSSED)
    for offset, char in enumerate(found.text):
        why = found.explain(offset)
        assert GLOSSED[why.start : why.end] == (why.edit.before if why.edit else char)
    assert "readings were inserted" in found.explain(MENDED.index("統")).note
    with pytest.raises(IndexError):
        found.explain(len(found.text))


def test_a_recipe_says_which_repairs_run() -> None:
    assert copydesk.repair(GLOSSED, copydesk.Recipe(without=("pinyin_gloss",))).text == GLOSSED
    assert copydesk.repair("發布", copydesk.Recipe(script="hans")).text == "发布"


@pytest.mark.parametrize(
    ("payload", "claims", "charset", "text", "by"),
    [
        ("沪深股市今天".encode("gb18030"), {"http": "iso-8859-1"}, None, "沪深股市今天", "guess"),
        ("Привет, мир".encode("koi8-r"), {}, "koi8-r", "Привет, мир", "override"),
        ("grün".encode(), {"http": "no-such"}, None, "grün", "utf-8"),
    ],
)
def test_bytes_are_decoded_by_what_they_are(
    payload: bytes, claims: dict[str, str], charset: str | None, text: str, by: str
) -> None:
    found = copydesk.decode(payload, claims, charset=charset)
    assert (found.text, found.charset.by, found.problems) == (text, by, ())


def test_bytes_that_are_lost_are_told() -> None:
    found = copydesk.decode(b"abc \xff\xfe def", charset="utf-8")
    assert "\ufffd" in found.text
    assert [problem.code for problem in found.problems] == ["bytes_lost"]
    with pytest.raises(copydesk.UsageError, match="no-such"):
        copydesk.decode(b"", charset="no-such")


def test_damage_is_the_same_for_the_same_seed_and_repaired() -> None:
    text = "總統府昨天發布了首份聲音地圖,統計完成后發布,系統會記錄每一條街的聲音。"
    damaged = copydesk.damage(text, "pinyin_gloss", seed=3)
    assert damaged == copydesk.damage(text, "pinyin_gloss", seed=3) != text
    with pytest.raises(copydesk.UsageError, match="unknown class"):
        copydesk.damage(text, "none-such")


def test_importing_takes_neither_the_screen_nor_what_reads_pages() -> None:
    names = "textual rich httpx click turbohtml ftfy opencc tui.text.mending.mend tui.processes.client tui.config"
    lines = f"import copydesk, sys; print([name for name in {names.split()} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_what_is_public_is_named_and_explained() -> None:
    for name in copydesk.__all__:
        value = getattr(copydesk, name)
        assert value.__doc__, name
        for attribute, member in vars(value).items() if isinstance(value, type) else ():
            if not attribute.startswith("_") and (callable(member) or isinstance(member, property)):
                assert member.__doc__, f"{name}.{attribute}"


def test_the_page_about_the_library_is_true_and_names_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False)
    assert (found.failed, found.attempted > 5) == (0, True)
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    assert [name for name in copydesk.__all__ if f"`{name}" not in page] == []


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (copydesk.Recipe(without=("nope",)), "recipe: without nope: no such repair"),
        (copydesk.Recipe(charset="nope"), "recipe: charset 'nope': unknown"),
        (copydesk.Recipe(columns=("nope",)), "recipe: columns: 'nope' is no column"),
        (copydesk.Recipe(fails=(("nope", 1),)), "recipe: fails: no rule 'nope'"),
        (copydesk.Recipe(where="nope>1"), "recipe: where: nope>1: at character 1: unknown field"),
    ],
)
def test_a_recipe_that_means_nothing_is_refused_by_all_that_take_one(recipe: copydesk.Recipe, words: str) -> None:
    for call in (
        lambda: copydesk.repair("rain", recipe),
        lambda: copydesk.restore(b"rain", recipe=recipe, isolated=False),
        lambda: copydesk.open("sample_pages", recipe=recipe),
    ):
        with pytest.raises(copydesk.UsageError, match=words):
            call()


def test_bytes_are_no_text_and_a_text_is_no_bytes() -> None:
    with pytest.raises(TypeError, match="decode bytes first"):
        copydesk.repair(b"rain")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="encode a str"):
        copydesk.restore("rain", isolated=False)  # type: ignore[arg-type]
