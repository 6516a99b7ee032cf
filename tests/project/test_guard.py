"""The guards themselves: neither a test nor what it starts reaches beyond this machine, or reads what its user set."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tui.config import Config, load

BEYOND = ("192.0.2.1", 9)  # reserved for documentation: nobody is there even if the guard fails


def test_a_test_cannot_connect_beyond_this_machine() -> None:
    with socket.socket() as connection, pytest.raises(PermissionError, match="tests stay on this machine"):
        connection.connect(BEYOND)


def test_nor_can_a_process_that_a_test_starts() -> None:
    code = f"import socket; socket.create_connection({BEYOND!r}, 1)"
    told = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert "tests stay on this machine" in told.stderr


def test_there_is_no_configuration() -> None:
    assert load(None) == Config()


def test_the_users_configuration_breaks_no_test(tmp_path: Path) -> None:
    (tmp_path / "copydesk").mkdir()
    (tmp_path / "copydesk" / "config.toml").write_text("nonsense = 1\n", encoding="utf-8")
    alone = f"{__file__}::{test_there_is_no_configuration.__name__}"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", alone]
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path)}
    told = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert told.returncode == 0, told.stdout
