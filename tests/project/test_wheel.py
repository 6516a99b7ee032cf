"""The wheel, installed away from the checkout, has all that it needs: word list, schema, style sheet, sample pages."""

import os
import subprocess
import sys
from pathlib import Path

import pyte
import pytest
from ptyprocess import PtyProcess
from where import ROOT

CHECKOUT = ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel was installed into; the dependencies are the ones the tests run with."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = folder.glob("copydesk-*.whl")
    target = folder / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run([*pip, "--disable-pip-version-check"], check=True, capture_output=True)
    return target


def environment(installed: Path) -> dict[str, str]:
    # The size is that of the terminal, not what the runner of the tests says.
    theirs = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    return theirs | {"PYTHONPATH": str(installed), "TERM": "xterm-256color"}


def test_the_installed_command_repairs_what_needs_the_word_list(installed: Path, tmp_path: Path) -> None:
    page = installed / "tui" / "sample_pages" / "glossed-readings-and-punctuation.txt"
    code = "import tui; print(tui.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(installed), capture_output=True, text=True
    )
    assert where.stdout.startswith(str(installed))
    command = [sys.executable, "-m", "tui", "show", str(page)]
    shown = subprocess.run(command, cwd=tmp_path, env=environment(installed), capture_output=True, text=True)
    assert "重新正常化。" in shown.stdout
    code = "import copydesk; print(copydesk.__file__, copydesk.repair('schÃ¶n').text)"
    imported = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=tmp_path,
        env=environment(installed),
        capture_output=True,
        encoding="utf-8",
    )
    assert imported.stdout == f"{installed / 'copydesk.py'} schön\n"
    schema = subprocess.run(
        [*command[:4], "--schema"], cwd=tmp_path, env=environment(installed), capture_output=True, text=True
    )
    assert schema.stdout == (CHECKOUT / "tui" / "page.schema.json").read_text(encoding="utf-8")


def test_type_checkers_and_readers_of_chinese_find_their_files(installed: Path) -> None:
    for name in ("py.typed", "core/i18n/zh-Hans.po", "core/i18n/zh-Hant.txt"):
        assert (installed / "tui" / name).is_file()
    code = "from tui.core.i18n import tr_name, use; use('zh-Hant'); print(tr_name('charset'))"
    command = [sys.executable, "-c", code]
    env = environment(installed) | {"PYTHONIOENCODING": "utf-8"}
    spoken = subprocess.run(command, cwd=installed, env=env, capture_output=True, check=True)
    assert spoken.stdout.decode() == "編碼\n"


def test_the_man_page_is_where_man_looks_for_it(installed: Path) -> None:
    manual = installed / "share" / "man" / "man1" / "copydesk.1"
    assert manual.read_text(encoding="utf-8") == (CHECKOUT / "docs" / "copydesk.1").read_text(encoding="utf-8")


def test_demo_opens_the_sample_pages_that_the_wheel_carries(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "--demo"]
    process = PtyProcess.spawn(command, cwd=str(tmp_path), env=environment(installed), dimensions=(40, 150))
    screen = pyte.Screen(150, 40)
    stream = pyte.ByteStream(screen)
    count = len([path for path in (CHECKOUT / "sample_pages").iterdir() if path.suffix != ".jsonl"])
    try:
        while not any("pages" in line and str(count + 3) in line for line in screen.display):
            stream.feed(process.read(65536))
        process.write(b"Q")
        while True:
            process.read(65536)
    except EOFError:
        pass
    finally:
        process.close(force=True)
    assert process.exitstatus == 0
