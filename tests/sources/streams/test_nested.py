"""Every format inside of archives, archives in archives, and archives of which a part is missing."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_archives import EVERY, PAGE, ROWS, WANTED, as_tar, as_zip, scan, tarred, zipped
from troubles import trouble

from tui import sources
from tui.core.model import Item, Limits
from tui.sources.streams import spool


def payloads(refs: list[Item]) -> list[bytes]:
    """In an order that makes going back necessary, and then as they lie there."""
    mixed = list(enumerate(refs))
    random.Random(1).shuffle(mixed)
    found = {number: sources.read(ref, Limits()).payload for number, ref in mixed}
    return [found[number] for number in range(len(refs))]


ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": as_zip,
    "stored.zip": lambda members: as_zip(members, zipfile.ZIP_STORED),
    "lzma.zip": lambda members: as_zip(members, zipfile.ZIP_LZMA),
    "a.tar": as_tar,
    "a.tar.gz": lambda members: as_tar(members, "w:gz"),
    "a.tar.xz": lambda members: as_tar(members, "w:xz"),
    "zip in a tar.gz.tar.gz": lambda members: as_tar({"in/a.zip": as_zip(members)}, "w:gz"),
    "tar.gz in a zip.zip": lambda members: as_zip({"a.tar.gz": as_tar(members, "w:gz")}),
    "zip in a zip in a zip.zip": lambda members: as_zip({"a.zip": as_zip({"b.zip": as_zip(members)})}),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_format_in_an_archive_is_what_it_would_be_as_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ARCHIVES[name](EVERY))
    refs, _ = scan(tmp_path / name)
    assert [trouble(ref) for ref in refs] == [None] * len(WANTED)
    assert [ref.ordinal for ref in refs] == list(range(len(WANTED)))
    assert payloads(refs) == WANTED


def test_a_member_is_named_with_the_archives_on_its_way(tmp_path: Path) -> None:
    refs, _ = scan(zipped(tmp_path / "a.zip", {"b/c.tar.gz": as_tar({"d.html": PAGE}, "w:gz")}))
    assert [ref.member for ref in refs] == ["b/c.tar.gz!/d.html"]


def test_archives_are_looked_into_three_deep(tmp_path: Path) -> None:
    content = as_zip({"page.html": PAGE})
    for _ in range(4):
        content = as_zip({"in.zip": content, "here.txt": b"here"})
    (tmp_path / "a.zip").write_bytes(content)
    refs, _ = scan(tmp_path / "a.zip")
    troubles = [str(trouble(ref)) for ref in refs if trouble(ref)]
    way = "!/".join(["in.zip"] * 4)
    assert troubles == [f"{tmp_path}/a.zip: {way}: nested more than 3 archives deep; unpack it yourself"]
    assert [sources.read(ref, Limits()).payload for ref in refs if not trouble(ref)] == [b"here"] * 4


def test_two_members_of_one_name_are_two_pages(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", b"first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", b"second")
    assert payloads(scan(tmp_path / "a.zip")[0]) == [b"first", b"second"]


def test_what_has_to_be_unpacked_is_unpacked_under_a_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", {"rows.parquet": EVERY["rows.parquet"], "note.txt": b"a note"})
    monkeypatch.setattr(spool, "MEMORY_BYTES", 10)  # a file without a name is used
    assert payloads(scan(path)[0]) == [*ROWS, b"a note"]
    monkeypatch.setattr(spool, "SPOOL_BYTES", 100)
    refs, _ = scan(path)
    assert "rows.parquet: it unpacks to more than " in str(trouble(refs[0]))
    assert payloads(refs[1:]) == [b"a note"]


def test_members_that_overlap_are_not_unpacked(tmp_path: Path) -> None:
    content = bytearray(as_zip({"a.zip": as_zip({"c.txt": b"rain"}), "b.txt": b"wind"}, zipfile.ZIP_STORED))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = content.find(b"PK\x03\x04", 1).to_bytes(4, "little")  # within the first
    (tmp_path / "a.zip").write_bytes(content)
    refs, _ = scan(tmp_path / "a.zip")
    assert "it overlaps another member at byte 35, like a zip bomb" in next(
        str(trouble(ref)) for ref in refs if trouble(ref)
    )


def test_a_member_that_is_named_twice_is_shown_once(tmp_path: Path) -> None:
    content = bytearray(as_zip({"a.txt": b"rain " * 100, "b.txt": b"wind " * 100}))
    first, second = content.find(b"PK\x01\x02"), content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = content[first + 42 : first + 46]  # both begin where the first does
    (tmp_path / "a.zip").write_bytes(content)
    refs, _ = scan(tmp_path / "a.zip")
    assert [ref.member for ref in refs[:1]] == ["a.txt"]
    assert str(trouble(refs[1])).endswith("that name a member again are left out: 1")


@pytest.mark.parametrize("is_streamed", [False, True])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_archive_that_is_cut_is_read_by_the_headers_of_its_members(
    tmp_path: Path, method: int, is_streamed: bool
) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not is_streamed

        def tell(self) -> int:
            if is_streamed:
                raise OSError
            return super().tell()

    out = Pipe()
    noise = random.Random(3)
    with zipfile.ZipFile(out, "w", method) as archive:
        for number in range(6):
            archive.writestr(f"{number}.txt", noise.randbytes(3000).hex())
    whole = out.getvalue()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) * 7 // 10])
    refs, _ = scan(tmp_path / "a.zip")
    pages = [ref for ref in refs if not trouble(ref)]
    assert [ref.member for ref in pages] == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"]
    found = [sources.read(ref, Limits()) for ref in pages]
    assert [len(page.payload) for page in found[:4]] == [6000] * 4
    assert 0 < len(found[4].payload) < 6000
    troubles = [str(trouble(ref)) for ref in refs if trouble(ref)]
    assert "the zip directory can't be read" in troubles[0]
    assert is_streamed or "the archive ends within 4.txt: " in troubles[-1]


def test_two_archives_in_one_file_are_both_read(tmp_path: Path) -> None:
    for make in (as_zip, as_tar):
        (tmp_path / "a").write_bytes(make({"a.txt": b"first"}) + make({"b.txt": b"second"}))
        pages = [ref for ref in scan(tmp_path / "a")[0] if not trouble(ref)]
        assert sorted(payloads(pages)) == [b"first", b"second"]


def test_a_tar_archive_goes_on_behind_damage_and_says_where_it_is(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {f"{number}.txt": b"rain %d" % number for number in range(5)})
    content = bytearray(path.read_bytes())
    content[1024:1100] = b"x" * 76  # the header of the second
    path.write_bytes(content)
    refs, _ = scan(path)
    assert [ref.member for ref in refs if not trouble(ref)] == ["0.txt", "2.txt", "3.txt", "4.txt"]
    assert [str(trouble(ref)) for ref in refs if trouble(ref)] == [
        f"{path}: bytes 1,024 to 2,048 belong to no member; 1,024 bytes skipped"
    ]


def test_a_tar_archive_that_is_cut_says_what_is_missing(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"a.txt": b"rain", "b.txt": b"wind " * 500})
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    *_, last = scan(path)[0]
    assert str(trouble(last)) == f"{path}: byte 1,024: the archive ends within b.txt: 2,036 bytes of it are missing"
    path.write_bytes(whole[:1024])
    *_, last = scan(path)[0]
    assert str(trouble(last)) == f"{path}: byte 1,024: the archive has no end mark and may be truncated"
    assert (last.offset, last.length) == (1024, 0)


def test_a_page_with_a_wrong_bit_is_shown_and_says_so(tmp_path: Path) -> None:
    text = random.Random(4).randbytes(2000).hex().encode()
    packed = bytearray(gzip.compress(text))
    packed[-6] ^= 1
    (tmp_path / "a.txt.gz").write_bytes(packed)
    (ref,) = scan(tmp_path / "a.txt.gz")[0]
    page = sources.read(ref, Limits())
    assert page.payload == text + b"\n" or page.payload == text
    assert [problem.code for problem in page.problems] == ["damaged_file"]
    member = bytearray(as_zip({"a.txt": text}))
    at = member.find(b"PK\x01\x02") + 16
    member[at] ^= 1  # the checksum
    (tmp_path / "a.zip").write_bytes(member)
    page = sources.read(scan(tmp_path / "a.zip")[0][0], Limits())
    assert page.payload == text
    assert ["wrong length or checksum" in problem.message for problem in page.problems] == [True]
