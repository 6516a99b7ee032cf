"""What copydesk keeps for itself is open to its owner alone, whatever the umask, and whatever it was before."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.files import close_to_others, private_file, private_folder


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("umask")
def test_folders_and_files_are_made_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "missing" / "copydesk"
    private_folder(folder)
    with private_file(folder / "file", "xb") as file:
        file.write(b"x")
    assert [rights(path) for path in (folder.parent, folder, folder / "file")] == [0o700, 0o700, 0o600]


def test_what_is_there_already_is_closed_to_others_and_all_else_is_let_alone(tmp_path: Path) -> None:
    folder, file = tmp_path / "copydesk", tmp_path / "copydesk" / "file"
    folder.mkdir()
    file.write_bytes(b"x")
    tmp_path.chmod(0o755)
    folder.chmod(0o2775)
    file.chmod(0o444)
    private_folder(folder)
    close_to_others(file)
    assert [rights(path) for path in (tmp_path, folder, file)] == [0o755, 0o700, 0o400]
    file.chmod(0o666)
    with private_file(file, "ab") as stream:
        stream.write(b"y")
    assert (rights(file), file.read_bytes()) == (0o600, b"xy")


def test_the_folder_for_all_that_is_cached_is_closed_with_one_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.core.files.cache_folder", lambda: tmp_path / "copydesk")
    (tmp_path / "copydesk" / "index").mkdir(parents=True)
    (tmp_path / "copydesk").chmod(0o755)
    private_folder(tmp_path / "copydesk" / "index")
    assert [rights(tmp_path / name) for name in ("copydesk", "copydesk/index")] == [0o700, 0o700]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_is_another_users_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o666)
    os.chown(file, 12345, -1)
    before = rights(file)
    close_to_others(file)
    assert rights(file) == before


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "copydesk").touch()
    with pytest.raises(OSError, match="copydesk"):
        private_folder(tmp_path / "copydesk")
