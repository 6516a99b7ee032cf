"""What paths and addresses are, without anything being opened."""

import os
import stat
from pathlib import Path

import pytest

from tui.core.files import is_address, is_deleted, is_remote, special_kind


def test_a_folder_is_deleted_if_it_has_no_name_any_more_and_not_if_it_never_was(tmp_path: Path) -> None:
    assert not is_deleted(str(tmp_path))
    assert not is_deleted(str(tmp_path / "missing"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (stat.S_IFREG, ""),
        (stat.S_IFDIR, "folder"),
        (stat.S_IFIFO, "fifo"),
        (stat.S_IFSOCK, "socket"),
        (stat.S_IFCHR, "device"),
        (stat.S_IFLNK, "special_file"),
    ],
)
def test_what_is_no_regular_file_has_a_name(kind: int, expected: str) -> None:
    assert special_kind(kind | 0o644) == expected
    assert special_kind(os.stat(__file__).st_mode) == ""  # noqa: PTH116 - as the module itself asks


@pytest.mark.parametrize(
    ("source", "address", "remote"),
    [
        ("http://example.org/", True, False),
        ("HTTPS://example.org/", True, False),
        ("https:/example.org", False, False),
        ("ftp://example.org/a", False, True),
        ("s3://bucket/a.warc", False, True),
        ("http/a.html", False, False),
        ("-", False, False),
    ],
)
def test_addresses_and_files_on_other_hosts_are_told_apart(source: str, address: bool, remote: bool) -> None:
    assert (is_address(source), is_remote(source)) == (address, remote)
