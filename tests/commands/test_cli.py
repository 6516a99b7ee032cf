"""The commands, run as a user runs them: arguments in; output, one-line errors and exit status out."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from pty_screen import PtyScreen
from waiting import PATIENCE_S, wait_until

from tui.cli import COMMAND_NAMES
from tui.commands.table import COMMANDS

CLEAN = "海州港新码头启用。\n统计显示效率提高。\n"


def run(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> tuple[int, bytes, list[str]]:
    """Exit status, output, lines of errors."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
    )
    return done.returncode, done.stdout, done.stderr.decode().splitlines()


def pages(out: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.decode().splitlines()]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    raw = "<meta charset=gb2312><title>港口新闻标题 - 海州网</title><p>正文，第一段。</p>".encode("gb18030")
    return written(tmp_path / "page.html", raw)


def test_show_json_gives_one_valid_object_for_every_page_even_an_unreadable_one(page: Path, tmp_path: Path) -> None:
    code, out, errors = run("show", "--json", page, tmp_path / "missing.html")
    found = pages(out)
    schema = json.loads(run("show", "--schema")[1])
    for item in found:
        jsonschema.Draft202012Validator(schema).validate(item)
    assert [item["source"] for item in found] == [str(page), str(tmp_path / "missing.html")]
    assert (code, len(errors)) == (1, 1)
    assert "no such file" in errors[0]


def test_nothing_readable_is_exit_3_with_one_line(tmp_path: Path) -> None:
    code, out, errors = run("show", tmp_path / "missing.html")
    assert (code, out, len(errors)) == (3, b"", 1)


def test_an_empty_page_is_no_loss_but_says_so(tmp_path: Path) -> None:
    code, out, errors = run("show", written(tmp_path / "empty.html", ""))
    assert (code, out.strip(), len(errors)) == (0, b"", 1)
    assert "empty" in errors[0]


def test_raw_source_and_record_are_the_bytes_the_decoded_text_and_what_lies_there(page: Path, tmp_path: Path) -> None:
    raw = page.read_bytes()
    assert run("show", "--raw", page)[1] == raw
    assert run("show", "--source", page)[1].decode() == raw.decode("gb18030")
    records = written(tmp_path / "r.jsonl", '{"text": "one"}\n{"text": "two"}\n')
    assert run("show", "--record", "--at", "1", records)[1] == b'{"text": "two"}'
    assert run("show", "--raw", "--at", "1", records)[1] == b"two"


def test_text_shows_controls_as_stand_ins_and_never_as_themselves() -> None:
    code, out, _ = run("show", "--text", "-", stdin="<h1>A\x1b]0;PWNED\x07</h1><p>text \x9b31m\u202e".encode())
    assert code == 0
    assert not set(out.decode()) & set("\x1b\x07\x9b\u202e")
    assert "PWNED" in out.decode()


def test_markdown_escapes_what_would_be_markdown() -> None:
    out = run(
        "show",
        "--markdown",
        "-",
        stdin=b"<title>A *b* [c](d)</title><p>" + b"1. x <i>y</i> &lt;script&gt; word. " * 9,
    )[1].decode()
    assert "# A \\*b\\* \\[c\\](d)" in out
    assert "\\<script>" in out
    assert "\n1\\. x y" in out


def test_several_pages_are_told_apart_and_a_single_one_stands_alone(page: Path) -> None:
    assert run("show", page)[1].decode() == "正文，第一段。\n"
    assert run("show", page, page)[1].decode().count("==> ") == 2


def test_charset_overrides_what_the_page_says(page: Path) -> None:
    assert "正文" not in run("show", "--charset", "big5", "--without", "cjk_mojibake", page)[1].decode()
    assert pages(run("show", "--json", "--charset", "GBK", page)[1])[0]["charset"]["name"] == "gb18030"  # type: ignore[index]


def test_without_and_certain_leave_repairs_out() -> None:
    damaged = "Caf\u00c3\u00a9 &#20013;&#22269;\n".encode()
    assert run("repair", stdin=damaged)[1].decode() == "Café 中国\n"
    assert run("repair", "--without", "mojibake", stdin=damaged)[1].decode() == "CafÃ© 中国\n"
    assert run("repair", "--without", "mojibake", "--without", "entities", stdin=damaged)[1] == damaged
    assert run("repair", "--certain", stdin="京&#22269;家".encode())[1].decode() == "京&#22269;家"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "--no-such-option"], "--no-such-option"),
        (["show"], "no SOURCE"),
        (["show", "--charset", "unicode_escape", "x"], "unicode_escape"),
        (["show", "--without", "mojibak", "x"], "mojibake"),
        (["show", "--at", "3-x", "x"], "3-x"),
        (["show", "--config", "/nonexistent.toml", "x"], "/nonexistent.toml"),
        (["repair", "--jsonl", "t", "--charset", "gbk"], "UTF-8"),
        (["sample"], "not a terminal"),
    ],
)
def test_a_wrong_call_is_exit_2_with_one_line_that_names_it(arguments: Sequence[str], said: str) -> None:
    code, out, errors = run(*arguments)
    assert (code, out, len(errors)) == (2, b"", 1)
    assert said in errors[0]


def test_at_and_limit_choose_pages_by_ordinal(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", "".join(f'{{"text": "page {i}"}}\n' for i in range(10)))
    assert [p["ordinal"] for p in pages(run("list", "--json", "--at", "2-4,8", records)[1])] == [2, 3, 4, 8]
    assert [p["ordinal"] for p in pages(run("list", "--json", "--limit", "2", records)[1])] == [0, 1]
    assert run("repair", "--jsonl", "text", "--at", "9", records)[1] == b'{"text": "page 9", "_repairs": []}\n'


def test_ordinals_that_no_page_has_are_told(page: Path) -> None:
    code, out, errors = run("list", "--at", "7", page)
    assert (code, out, len(errors)) == (0, b"", 1)
    assert "ordinals" in errors[0]


def test_list_prints_ordinal_date_headline_and_source(page: Path) -> None:
    code, out, _ = run("list", page)
    assert (code, out.decode()) == (0, f"0\t-\t港口新闻标题\t{page}\n")
    (found,) = pages(run("list", "--json", "--full", page)[1])
    assert (found["title"], found["charset"], found["repairs"]) == ("港口新闻标题", "gb18030", [])


def test_a_folder_counts_through_and_says_what_it_passed_over(page: Path, tmp_path: Path) -> None:
    written(tmp_path / "page10.txt", CLEAN)
    written(tmp_path / "page2.txt", CLEAN)
    written(tmp_path / "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
    code, out, errors = run("list", "--json", tmp_path)
    assert [(p["ordinal"], Path(str(p["source"])).name) for p in pages(out)] == [
        (0, "page2.txt"),
        (1, "page10.txt"),
        (2, "page.html"),
    ]
    assert (code, len(errors)) == (0, 1)
    assert "1 unrecognised file" in errors[0]


@pytest.mark.parametrize("text", [CLEAN, CLEAN.replace("\n", "\r\n"), "a\rb\r\nc\n\n", "\ufeff" + CLEAN, "", "no end"])
def test_clean_text_comes_back_byte_for_byte(text: str) -> None:
    assert run("repair", "-", stdin=text.encode()) == (0, text.encode(), [])


def test_repair_decodes_any_charset_and_writes_utf_8(tmp_path: Path) -> None:
    page = written(tmp_path / "big5.txt", "霧港渡輪換上電動馬達,船長說終於聽得見海浪。".encode("big5"))
    assert run("repair", page)[1].decode() == "霧港渡輪換上電動馬達,船長說終於聽得見海浪。"


def test_explain_names_place_repair_certainty_before_and_after() -> None:
    code, out, errors = run("repair", "--explain", stdin="ok\nCaf\u00c3\u00a9\n".encode())
    assert (code, out.decode()) == (0, "ok\nCafé\n")
    assert errors[0].startswith("-: mojibake: UTF-8 bytes were read as")
    assert errors[1] == "-:2:4: mojibake (certain): ‘Ã©’ -> ‘é’"


def test_json_lines_keep_every_other_byte() -> None:
    lines = (
        b'{"n": 1.50, "t": "caf\\u00c3\\u00a9", "z": [1 ,2]}\n'
        b"not json\n"
        b'{"n": 2}\n'
        b"\n"
        b'  {"t":"clean","_repairs":["other"] }\r\n'
        b'{"t": 5}\n'
        b'{"a": {"t": "x"}, "t": "\xc3\x83\xc2\xa9t\xc3\x83\xc2\xa9", "bad": "\xff"}'
    )
    code, out, errors = run("repair", "--jsonl", "t", "-", stdin=lines)
    assert out.split(b"\n") == [
        b'{"n": 1.50, "t": "caf\\u00e9", "z": [1 ,2], "_repairs": ["mojibake"]}',
        b"not json",
        b'{"n": 2}',
        b"",
        b'  {"t":"clean","_repairs":["other"] }\r',
        b'{"t": 5}',
        '{"a": {"t": "x"}, "t": "été", "bad": "'.encode() + b'\xff", "_repairs": ["mojibake"]}',
    ]
    assert (code, len(errors)) == (1, 3)
    assert [line.split(":")[1] for line in errors] == ["2", "3", "6"]


def test_lost_bytes_are_exit_1_and_name_the_file_and_the_byte(tmp_path: Path) -> None:
    page = written(tmp_path / "cut.txt", CLEAN.encode() * 20 + b"\xe6\xb5")
    code, out, errors = run("show", page)
    assert out.decode().endswith("\ufffd\n")
    assert (code, len(errors)) == (1, 1)
    assert errors[0].startswith(f"{page}: byte ")


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path) -> None:
    records = written(tmp_path / "big.jsonl", "".join(f'{{"text": "page {i}"}}\n' for i in range(5000)))
    script = f"{sys.executable} -m tui list {records} | head -1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("0\t")
    assert done.stderr == ""


def test_pages_stream_and_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    records = written(tmp_path / "big.jsonl", "".join(f'{{"text": "page {i}"}}\n' for i in range(200_000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "list", records], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"0\t")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (130, b"")


def test_pages_of_several_records_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", '{"text": "one"}\n{"text": "two"}\n')
    assert run("show", "--record", records)[1] == b'{"text": "one"}\n{"text": "two"}'
    assert run("show", "--source", records)[1] == b"one\ntwo"
    assert run("show", "--raw", records)[1] == b"onetwo"


def test_markdown_of_a_page_without_an_article_is_its_text() -> None:
    assert run("show", "--markdown", "-", stdin=b"Home | About")[1].decode().strip().endswith("Home | About")


def test_json_escapes_what_turns_the_direction_of_writing() -> None:
    out = run("show", "--json", "-", stdin="a\u202eb".encode())[1]
    assert b"\\u202e" in out
    assert "\u202e" not in out.decode()


def test_what_a_gloss_has_swallowed_is_a_loss_that_is_told() -> None:
    page = "該網(wǎng)絡(luò)已經(jīng)發(fā)展,統(tǒng)計局公布。當?shù)?日開會".encode()
    code, out, errors = run("show", "-", stdin=page)
    assert out.decode().endswith("當地?日開會\n")
    assert (code, len(errors)) == (1, 1)
    assert errors[0].startswith("-: ‘統計局公布。當地?日開會’: a sign was swallowed")


def test_what_repair_can_t_mend_is_named_with_its_line_and_column() -> None:
    text = "一\n二:該網(wǎng)絡(luò)已經(jīng)發(fā)展,統(tǒng)計局公布。當?shù)?日開會\n"
    code, _, errors = run("repair", stdin=text.encode())
    assert (code, len(errors)) == (1, 1)
    assert errors[0].startswith("-:2:19: ‘統計局公布。當地?日開會’: ")
    field = json.dumps({"t": text}, ensure_ascii=False).encode() + b"\n"
    code, _, errors = run("repair", "--jsonl", "t", stdin=b'{"t": "x"}\n' + field)
    assert (code, [line[:10] for line in errors]) == (1, ["-:2:2:19: "])


def test_explain_names_naive_conversions_which_are_not_mended_by_default() -> None:
    code, out, errors = run("repair", "--explain", stdin="兩國\n的關系很好\n".encode())
    assert (code, out.decode(), errors) == (
        0,
        "兩國\n的關系很好\n",
        ["-:2:2: 關系: a naive conversion of 關係; --also naive_conversion mends it"],
    )


def test_damage_takes_utf_8_and_says_where_text_is_none() -> None:
    code, out, errors = run("damage", "pinyin_gloss", stdin="統計數據".encode("big5"))
    assert (code, out) == (3, b"")
    assert errors == ["-: byte 0: not UTF-8; make it so first, as `copydesk repair` does"]


def test_damage_is_the_way_back_from_repair() -> None:
    code, out, _ = run("damage", "gbk>cp1252", stdin=CLEAN.encode())
    assert (code, out.decode()) == (0, CLEAN.encode("gbk").decode("cp1252"))
    assert run("repair", stdin=out)[1].decode() == CLEAN
    assert (
        run("damage", "pinyin_gloss", "--seed", "3", stdin="統計數據".encode())[1]
        == run("damage", "pinyin_gloss", "--seed", "3", stdin="統計數據".encode())[1]
    )
    assert b"gbk>cp1252\t" in run("damage", "list")[1]
    assert run("damage", "no such class")[0] == 2


class TestTerminal:
    """What the commands do when they write to, or read from, a terminal."""

    def shown(self, *arguments: str | Path, columns: int = 80) -> PtyScreen:
        return PtyScreen([sys.executable, "-m", "tui", *map(str, arguments)], columns=columns, lines=10)

    def test_repaired_text_never_acts_on_it(self, tmp_path: Path) -> None:
        page = written(tmp_path / "hostile.txt", "x \x1b[2J\x1b]0;owned\x07 y\n")
        with self.shown("repair", page) as screen:
            screen.wait_for(" y")
            assert screen.end() == 0
        assert not re.search(rb"\x1b|\x07", screen.sent)

    def test_a_list_takes_one_row_a_page(self, tmp_path: Path) -> None:
        (tmp_path / ("a long name of a folder " * 3)).mkdir()
        page = written(tmp_path / ("a long name of a folder " * 3) / "page.txt", "標題很長" * 30 + "\n")
        with self.shown("list", page, page) as screen:
            screen.wait_for("標題")
            assert screen.end() == 0
        assert len([row for row in screen.screen.display if row.strip()]) == 2

    def test_a_page_is_not_read_from_it(self) -> None:
        with self.shown("-") as screen:
            screen.wait_for("pipe a page into it")

    def test_no_screen_is_opened_for_nothing(self) -> None:
        with self.shown("/nonexistent/page.html") as screen:
            screen.wait_for("no such file")
            assert screen.end() == 3


def test_standard_input_is_a_source_like_any_other() -> None:
    (found,) = pages(run("show", "--json", "-", stdin=CLEAN.encode())[1])
    assert (found["source"], found["text"]) == ("-", CLEAN)


def test_the_entry_point_knows_the_names_of_all_commands() -> None:
    assert set(COMMANDS) == COMMAND_NAMES


@pytest.mark.parametrize("arguments", [["show", "--text"], ["list"], ["repair"]])
def test_no_command_loads_textual_and_clean_text_loads_no_ftfy(arguments: list[str], tmp_path: Path) -> None:
    page = written(tmp_path / "page.txt", CLEAN)
    code = (
        "import sys\nfrom tui.cli import main\n"
        f"sys.argv = ['copydesk', *{arguments!r}, {str(page)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(str([name for name in ('textual', 'ftfy', 'httpx', 'wcwidth') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]"


def test_the_worker_ends_with_its_command(page: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "tui", "show", page], stdout=subprocess.PIPE)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    seen: set[str] = set()
    while process.poll() is None:
        try:
            seen.update(children.read_text().split())
        except OSError:
            break
        time.sleep(0.005)
    process.communicate()
    wait_until(lambda: not [pid for pid in seen if Path(f"/proc/{pid}").exists()])


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    lines = [
        f'{{"text": "{"總統在臺灣說話" if i % 2 else "no such thing"} {i}.", "url": "https://s{i % 3}.example/{i}"}}\n'
        for i in range(12)
    ]
    return written(tmp_path / "mixed.jsonl", "".join(lines))


def chosen(*arguments: str | Path) -> list[object]:
    code, out, errors = run("list", "--json", *arguments)
    assert (code, errors) == (0, [])
    return [page["ordinal"] for page in pages(out)]


def test_where_chooses_pages_by_what_they_are(mixed: Path) -> None:
    assert chosen("--where", "台湾 site:s0.example", mixed) == [3, 9]
    assert chosen("--where", "site:s0.example,s1.example ordinal<5 -台湾", mixed) == [0, 4]
    assert pages(run("show", "--json", "--where", "台湾", "--limit", "1", mixed)[1])[0]["ordinal"] == 1
    assert run("show", "--raw", "--where", "ordinal:4", mixed)[1] == b"no such thing 4."


def test_at_comes_first_then_where_then_the_sample_then_the_limit(mixed: Path) -> None:
    assert chosen("--at", "0-5", "--where", "台湾", mixed) == [1, 3, 5]
    drawn = chosen("--at", "0-9", "--where", "台湾", "--sample", "3", "--seed", "5", mixed)
    assert len(drawn) == 3
    assert set(drawn) < {1, 3, 5, 7, 9}
    assert drawn == chosen("--at", "0-9", "--where", "台湾", "--sample", "3", "--seed", "5", mixed)
    assert chosen("--at", "0-9", "--where", "台湾", "--sample", "3", "--seed", "5", "--limit", "2", mixed) == drawn[:2]
    assert len(chosen("--sample", "6", "--by", "site", mixed)) == 6
    assert {int(str(ordinal)) % 3 for ordinal in chosen("--sample", "3", "--by", "site", mixed)} == {0, 1, 2}


def test_a_page_that_can_not_be_read_is_told_even_if_it_was_not_asked_for(mixed: Path, tmp_path: Path) -> None:
    code, out, errors = run("list", "--where", "台湾", tmp_path / "gone.html", mixed)
    assert (code, len(out.splitlines()), len(errors)) == (1, 6, 1)
    assert "no such file" in errors[0]


def test_pages_are_counted_by_a_field_as_they_are_chosen(mixed: Path) -> None:
    code, out, errors = run("list", "--by", "site", "--count", "--at", "0-8", mixed)
    heads, *rows = [line.split("\t") for line in out.decode().splitlines()]
    assert (code, errors, heads) == (0, [], ["pages", "share", "site"])
    assert {tuple(row[:2]) for row in rows} == {("3", "33.3%")}
    code, out, _ = run("list", "--by", "site", "--count", "--where", "台湾", "--json", mixed)
    groups = [json.loads(line) for line in out.splitlines()]
    assert (code, sum(group["pages"] for group in groups)) == (0, len(chosen("--where", "台湾", mixed)))


def test_bounds_of_rules_come_from_the_recipe_with_all_else_it_says(mixed: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text('where = "ordinal<6"\n[fails]\ngopher_few_words = 0\n', encoding="utf-8")
    for more, pages in (
        ((), {"gopher_few_words": "6", "c4_sentences": "6"}),
        (("--recipe", recipe), {"c4_sentences": "3"}),
    ):
        code, out, _ = run("list", "--by", "fails", "--count", "--where", "ordinal<12", *more, mixed)
        rows = {line.split("\t")[-1]: line.split("\t")[0] for line in out.decode().splitlines()}
        assert (code, {rule: rows[rule] for rule in ("gopher_few_words", "c4_sentences") if rule in rows}) == (0, pages)
    assert chosen("--recipe", recipe, "--where", "ordinal>3", mixed) == [4, 5]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--count", "x"], "--count: counts all pages by a field; add --by FIELD"),
        (
            ["list", "--count", "--by", "site", "--sample", "3", "x"],
            "--count: counts all pages by a field; drop --sample",
        ),
        (["list", "--where", "repiars>0", "x"], "at character 1: unknown field 'repiars'; did you mean repairs?"),
        (["list", "--seed", "3", "x"], "--sample"),
        (["list", "--by", "site", "x"], "--sample"),
        (["list", "--sample", "3", "--by", "sight", "x"], "did you mean site?"),
        (["labels", "export", "--where", "a"], "name a SOURCE"),
    ],
)
def test_a_wrong_wish_is_exit_2_with_one_line(arguments: Sequence[str], said: str) -> None:
    code, out, errors = run(*arguments)
    assert (code, out, len(errors)) == (2, b"", 1)
    assert said in errors[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("shwo", "shwo: no such file or command; did you mean `copydesk show`?"),
        ("Lst", "Lst: no such file or command; did you mean `copydesk list`?"),
    ],
)
def test_a_mistyped_command_is_told_with_the_nearest_one(tmp_path: Path, typed: str, said: str) -> None:
    for arguments in ([typed], [typed, "--json", "x.html"]):
        assert run(*arguments, cwd=tmp_path) == (2, b"", [said])


@pytest.mark.parametrize("name", ["harbour", "shwo.html", "show"])
def test_what_is_like_no_command_or_is_there_is_opened(tmp_path: Path, name: str) -> None:
    if name == "show":
        name = "shwo"
        written(tmp_path / name, CLEAN)
    assert "not a terminal" in run(name, cwd=tmp_path)[2][0]


@pytest.mark.parametrize(
    ("options", "env", "style"),
    [
        ([], {}, "\x1b[1;31m"),
        (["--no-color"], {}, "\x1b[1m"),
        ([], {"NO_COLOR": "1"}, "\x1b[1m"),
        ([], {"TERM": "dumb"}, ""),
    ],
)
def test_hits_are_coloured_on_a_terminal_that_has_colours(
    tmp_path: Path, options: list[str], env: dict[str, str], style: str
) -> None:
    page = written(tmp_path / "a.html", CLEAN)
    with PtyScreen([sys.executable, "-m", "tui", "find", *options, "码头", str(page)], env=env) as screen:
        screen.wait_for("码头启用")
        assert f"海州港新{style}码头{chr(27) + '[m' if style else ''}启用" in screen.sent.decode()


@pytest.mark.parametrize("command", [["show", "--json"], ["show"], ["list", "--full"]])
def test_what_is_wrong_names_the_page_of_several_in_a_file(tmp_path: Path, command: list[str]) -> None:
    lines = ['{"text": "It rained all day."}', '{"text": ""}', "[1]"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.html").write_text("")
    _, _, errors = run(*command, "a.jsonl", "b.html", cwd=tmp_path)
    assert errors == [
        "a.jsonl #1: the page is empty",
        "a.jsonl: line 3 (byte 44): JSON, but no object; the record is shown as it is",
        "b.html: the page is empty",
    ]
