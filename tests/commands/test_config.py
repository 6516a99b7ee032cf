"""The configuration is read, never written, and every mistake in it names file and key."""

from pathlib import Path

import pytest

from tui.config import SETTINGS, Config, default_path, load
from tui.core.errors import UsageError


def written(folder: Path, content: str) -> str:
    path = folder / "config.toml"
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_every_setting_is_taken_over(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'charset = "gbk"\nwithout = ["mojibake"]\nalso = ["letter_swap"]\ncertain = true\nscript = "tw"\ntheme = "nord"\nambiguous_wide = true\nmouse = true\nfooter = false\nlean = false\nkeys = { next-page = "Ctrl-N" }\n'
        'page_mb = 2\npage_s = 0.5\nmemory_mb = 300\nlabels = ["x=spam"]\ncache_mb = 9\nlanguage = "zh-Hant"\nwidth = 60\n',
    )
    config = load(path)
    assert config == Config(
        "gbk",
        ("mojibake",),
        ("letter_swap",),
        True,
        "tw",
        "nord",
        True,
        True,
        False,
        False,
        (("next-page", "Ctrl-N"),),
        2,
        0.5,
        300,
        9,
        ("x=spam",),
        "zh-Hant",
        60,
        path,
    )
    assert (config.limits.page_bytes, config.limits.page_s, config.limits.memory_bytes) == (2 << 20, 0.5, 300 << 20)


def test_without_a_file_the_defaults_hold_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(None) == Config()
    assert list(tmp_path.iterdir()) == []


def test_the_file_lies_where_the_platform_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/no/value")
    monkeypatch.setattr("sys.platform", "linux")
    assert str(default_path()) == "/home/ann/.config/copydesk/config.toml"
    monkeypatch.setattr("sys.platform", "darwin")
    assert str(default_path()) == "/home/ann/Library/Application Support/copydesk/config.toml"


def test_the_platforms_own_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    (tmp_path / "copydesk").mkdir()
    written(tmp_path / "copydesk", "certain = true")
    assert load(None).certain


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("certian = true", "unknown key 'certian'; did you mean 'certain'?"),
        ("xyz = 1", "known keys: charset"),
        ("path = 'x'", "unknown key 'path'"),
        ("certain = 1", "certain: 1 is not true or false"),
        ("without = 'mojibake'", "without: 'mojibake' is not a list of strings"),
        ("page_mb = 0", "page_mb: 0 is not a whole number from 1 to 4096"),
        ("page_mb = true", "page_mb: True is not a whole number from 1 to 4096"),
        ("page_s = '5'", "page_s: '5' is not a number from 0.1 to 86400"),
        ("page_mb = 1.0", "page_mb: 1.0 is not a whole number from 1 to 4096"),
        ("page_mb = 4097", "page_mb: 4097 is not a whole number from 1 to 4096"),
        ("page_s = 0", "page_s: 0 is not a number from 0.1 to 86400"),
        ("page_s = -5", "page_s: -5 is not a number from 0.1 to 86400"),
        ("page_s = 86400.1", "page_s: 86400.1 is not a number from 0.1 to 86400"),
        ("page_s = 1e400", "page_s: inf is not a number from 0.1 to 86400"),
        ("page_s = nan", "page_s: nan is not a number from 0.1 to 86400"),
        (f"page_s = 1{'0' * 400}", "0… is not a number from 0.1 to 86400"),
        ("memory_mb = 63", "memory_mb: 63 is not a whole number from 64 to 1048576"),
        ("memory_mb = 1048577", "memory_mb: 1048577 is not a whole number from 64 to 1048576"),
        ("cache_mb = 0", "cache_mb: 0 is not a whole number from 1 to 1048576"),
        (f"page_mb = 1{'0' * 5000}", "invalid TOML: "),
        (f"without = {'[' * 5000}", "invalid TOML: nested too deeply"),
        (f"charset = [{'1, ' * 99}]", "1,… is not a string"),
        ("charset = 5", "charset: 5 is not a string"),
        ("script = 'latin'", "script: 'latin' is not keep, hans, hant, tw or hk"),
        ("certain =", "invalid TOML"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_key(content: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UsageError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content", ["page_mb = 1", "page_mb = 4096", "page_s = 0.1", "page_s = 1", "page_s = 86400", "memory_mb = 64"]
)
def test_the_ends_of_the_ranges_are_in_them(content: str, tmp_path: Path) -> None:
    key, _, value = content.partition(" = ")
    assert getattr(load(written(tmp_path, content)), key) == float(value)


def test_a_named_file_that_is_missing_or_a_folder_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(UsageError, match=str(path)):
            load(str(path))


def test_settings_are_the_documented_ones() -> None:
    assert tuple(Config.__dataclass_fields__)[:-1] == SETTINGS
