"""The guard itself: neither a test nor what it starts reaches beyond this machine."""

import socket
import subprocess
import sys

import pytest

BEYOND = ("192.0.2.1", 9)  # reserved for documentation: nobody is there even if the guard fails


def test_a_test_cannot_connect_beyond_this_machine() -> None:
    with socket.socket() as connection, pytest.raises(PermissionError, match="tests stay on this machine"):
        connection.connect(BEYOND)


def test_nor_can_a_process_that_a_test_starts() -> None:
    code = f"import socket; socket.create_connection({BEYOND!r}, 1)"
    told = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert "tests stay on this machine" in told.stderr
