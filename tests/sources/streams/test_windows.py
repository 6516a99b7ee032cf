"""Long windows of Zstandard that are taken in turns: how much memory there has to be, and what is said where there isn't."""

import io
from pathlib import Path

import pytest

from tui.sources.streams import windows
from tui.sources.streams.members import DamagedMemberError, open_member
from tui.sources.streams.windows import Turns

FRAME = b"\x28\xb5\x2f\xfd" + bytes([0, 18 << 3]) + (1 | 4 << 3).to_bytes(3, "little") + b"rain"
"""It looks back 256 MB, and says `rain`."""
MB = 1 << 20


@pytest.mark.parametrize(
    ("soft_mb", "hard_mb", "free_mb", "message"),
    [
        (64, None, 512, None),
        (64, None, None, None),
        (64, None, 511, "it needs 512 MB to look back 256 MB, and 511 MB are free; set memory_mb = 512"),
        (512, None, 100, None),
        (64, 512, 9_999, None),
        (
            64,
            511,
            9_999,
            "it needs 512 MB to look back 256 MB, and the system allows a process 511 MB; raise its limit",
        ),
    ],
)
def test_a_window_is_taken_where_the_system_has_room_or_the_user_says_so(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    soft_mb: int,
    hard_mb: int | None,
    free_mb: int | None,
    message: str | None,
) -> None:
    bounds = list[int]()
    monkeypatch.setattr("resource.getrlimit", lambda _what: (soft_mb * MB, hard_mb * MB if hard_mb else -1))
    monkeypatch.setattr(windows, "free_bytes", lambda: free_mb and free_mb * MB)
    monkeypatch.setattr(windows, "turns", [Turns(str(tmp_path / "turns"), soft_mb * MB, bounds.append)])
    member = open_member("Zstandard", io.BytesIO(FRAME), 0)
    if message is None:
        assert member.read(9) == b"rain"
        del member
        assert bounds == [(soft_mb + 256) * MB, soft_mb * MB]
    else:
        with pytest.raises(DamagedMemberError, match=message.replace("(", r"\(")):
            member.read(9)
        assert bounds == []
