"""Compressed files: what is in them, what is left of damaged ones, and going back and forth in them."""

import bz2
import gzip
import io
import json
import lzma
import random
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pytest
import xz
import zstandard
from troubles import readable, trouble

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Ref
from tui.sources import Tally
from tui.sources.streams import checkpoints, growing, inflated, opening, spool
from tui.sources.streams.inflated import POINT_BYTES, Inflated
from tui.sources.streams.members import Blocks, BrokenMemberError, DamagedMemberError, open_member
from tui.sources.streams.opening import read_span
from tui.sources.streams.route import Window, read_fully

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": lambda content: zstandard.ZstdCompressor(write_checksum=True).compress(content),
    ".bz2": bz2.compress,
    ".xz": lambda content: lzma.compress(content, preset=0),
}
KINDS = {".gz": "gzip", ".zst": "Zstandard", ".bz2": "bzip2", ".xz": "xz"}
ROWS = [{"text": f"Row {number}: " + "雨が降る。" * 20, "n": number} for number in range(300)]
LINES = [json.dumps(row).encode() + b"\n" for row in ROWS]


def scan(path: Path) -> list[Item]:
    return list(sources.scan([str(path)], Tally()))


def texts(refs: list[Item]) -> list[str]:
    return [sources.read(ref, Limits()).payload.decode() for ref in refs if not trouble(ref)]


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_compressed_lines_are_pages_in_any_order(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESSORS[suffix](b"".join(LINES)))
    refs = scan(path)
    assert [ref.ordinal for ref in refs] == list(range(300))
    random.Random(1).shuffle(refs)
    assert texts(refs) == [ROWS[ref.ordinal]["text"] for ref in refs]
    assert sources.stored(refs[0], Limits()) == LINES[refs[0].ordinal].rstrip()


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_members_follow_each_other(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.json{suffix}"  # the lines tell what it is, not the name
    path.write_bytes(b"".join(COMPRESSORS[suffix](line) for line in LINES))
    refs = scan(path)
    assert texts(refs[::-1]) == [row["text"] for row in ROWS[::-1]]


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_a_file_that_ends_early_shows_what_is_there(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    noise = random.Random(2)
    lines = [json.dumps({"text": noise.randbytes(600).hex()}).encode() + b"\n" for _ in range(2400)]
    whole = COMPRESSORS[suffix](b"".join(lines))
    path.write_bytes(whole[: len(whole) // 2])
    refs = scan(path)
    assert 500 < len(refs) < 1300
    assert str(trouble(refs[-1])).startswith(f"{path}: byte 0: the compressed data can't be decoded: it is truncated")
    pages = [sources.read(ref, Limits()) for ref in refs[:-1]]
    assert [page.payload for page in pages[:-1]] == [
        json.loads(line)["text"].encode() for line in lines[: len(pages) - 1]
    ]
    assert [problem.code for problem in pages[-1].problems] in ([], ["broken_record"])


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_a_damaged_member_costs_itself_and_is_a_row(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    members = [COMPRESSORS[suffix](line) for line in LINES[:4]]
    start = len(members[0])
    members[1] = members[1][:30] + bytes(byte ^ 0x55 for byte in members[1][30:50]) + members[1][50:]
    path.write_bytes(b"".join(members))
    *pages, damage = scan(path)
    found = texts(pages)
    assert found[0] == ROWS[0]["text"]
    assert found[-2:] == [ROWS[2]["text"], ROWS[3]["text"]]
    assert f": byte {start}: the compressed data can't be decoded: it is broken" in str(trouble(damage))
    assert f"up to byte {start + len(members[1])} are lost" in str(trouble(damage))
    assert damage.offset == start


def test_what_stands_between_members_is_a_row_and_padding_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    first, second = gzip.compress(LINES[0]), gzip.compress(LINES[1])
    path.write_bytes(first + bytes(512) + second + bytes(1000))
    assert [trouble(ref) for ref in scan(path)] == [None, None]
    path.write_bytes(first + b"what is this" + second)
    assert [bool(trouble(ref)) for ref in scan(path)] == [False, False, True]


def test_a_record_is_read_without_counting_the_lines_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(LINES))
    refs = scan(tmp_path / "a.jsonl")
    monkeypatch.setattr(
        "tui.sources.formats.jsonl.count_lines", None
    )  # for messages only: it reads all that stands before
    assert texts(refs[-1:]) == [ROWS[-1]["text"]]


def test_a_compressed_page_is_what_it_is_without(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><title>Rain</title><p>" + random.Random(5).randbytes(50_000).hex().encode()
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page)[:-200])
    (ref,) = readable(scan(tmp_path / "a.html.gz"))
    found = sources.read(ref, Limits())
    assert (ref.format, found.media) == ("html", "text/html")
    assert page.startswith(found.payload)
    assert [problem.code for problem in found.problems] == ["damaged_file"]


def test_a_bomb_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"bomb " * 20_000_000))
    (ref,) = scan(path)
    page = sources.read(ref, Limits(page_bytes=1000))
    assert (len(page.payload), page.clipped) == (1000, 1)
    assert [problem.code for problem in page.problems] == ["clipped"]


def test_a_file_that_only_starts_like_a_compressed_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8b\x08\x00" + bytes(20))
    (ref,) = scan(tmp_path / "a.gz")
    assert "a.gz: byte 0: the compressed data can't be decoded" in str(trouble(ref))


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_seeking_gives_the_same_bytes_as_reading_through(suffix: str) -> None:
    noise = random.Random(3)
    content = noise.randbytes(5 * POINT_BYTES)
    step = POINT_BYTES // 2
    members = [COMPRESSORS[suffix](content[at : at + step]) for at in range(0, len(content), step)]
    stream = Inflated(io.BytesIO(b"".join(members)), KINDS[suffix])
    assert stream.read() == content
    for _ in range(20):
        at = noise.randrange(len(content) - 100)
        stream.seek(at)
        piece = b""
        while len(piece) < 100:
            piece += stream.read(100 - len(piece))
        assert piece == content[at : at + 100]
        assert stream.tell() == at + 100


@pytest.mark.parametrize("checksum", [False, True])
@pytest.mark.parametrize("size", [0, 1, 255, 256, 70_000, 400_000])
def test_the_end_of_a_frame_is_found_in_its_headers(size: int, checksum: bool) -> None:
    for content in (bytes(size), random.Random(4).randbytes(size)):
        for sized in (False, True):
            coder = zstandard.ZstdCompressor(write_checksum=checksum, write_content_size=sized)
            frame = coder.compress(content)
            blocks = Blocks(io.BytesIO(b"__" + frame + b"more"), 2)
            assert (blocks.find_end(), blocks.is_whole) == (2 + len(frame), True)
            blocks = Blocks(io.BytesIO(b"__" + frame + b"more"), 2)
            assert b"".join(iter(blocks.read, b"")) == frame
            blocks = Blocks(io.BytesIO(frame[:-1]), 0)
            assert (blocks.find_end() <= len(frame) - 1, blocks.is_whole) == (True, False)


@pytest.mark.parametrize("checksum", [0, 4])
@pytest.mark.parametrize(
    "flags", [size << 6 | single << 5 | name for size in range(4) for single in (0, 1) for name in range(4)]
)
def test_the_blocks_of_a_frame_begin_where_its_header_ends(flags: int, checksum: int) -> None:
    head = zstandard.MAGIC_NUMBER.to_bytes(4, "little") + bytes([flags | checksum])
    head += b"\1" * (zstandard.frame_header_size(head + bytes(18)) - 5)
    raw, runs = (300 << 3).to_bytes(3, "little") + b"x" * 300, (300 << 3 | 2 | 1).to_bytes(3, "little") + b"x"
    frame = head + raw + runs + b"sums"[:checksum]
    blocks = Blocks(io.BytesIO(frame + b"more"), 0)
    assert (blocks.find_end(), blocks.is_whole) == (len(frame), True)
    blocks = Blocks(io.BytesIO(frame[:-1]), 0)
    assert (blocks.find_end() < len(frame), blocks.is_whole) == (True, False)


@pytest.mark.parametrize("step", [2_000_000, 700_000, 150_000])
def test_jumps_in_a_gzip_file_go_through_remembered_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(checkpoints, "SPACING_BYTES", 50_000)
    monkeypatch.setattr(checkpoints, "MOST_PLACES", 16)
    monkeypatch.setattr(checkpoints, "INPUT_BYTES", 16_000)
    monkeypatch.setattr(inflated, "JUMP_BYTES", 30_000)
    noise = random.Random(6)
    content = b"".join(noise.choice([b"rain", b"wind", noise.randbytes(9)]) for _ in range(400_000))
    members = (gzip.compress(content[at : at + step]) for at in range(0, len(content), step))
    path = tmp_path / "a.gz"
    path.write_bytes(b"".join(members))
    with Inflated(path.open("rb", buffering=0), "gzip") as stream:
        stream.prepare_for_jumps()
        stream.seek(len(content) - 5)
        assert stream.read(9) == content[-5:]
        places = stream._checkpoints
        assert isinstance(places, checkpoints.Checkpoints)
        places.join()
        assert 5 <= len(places._outs) <= 16
        for _ in range(60):
            at = noise.randrange(len(content) - 300_000)
            stream.seek(at)
            found = read_fully(cast(BinaryIO, stream), 200_000)
            assert found == content[at : at + 200_000]
            place = places.before(at)
            assert place is None or (place[0] <= at and place[2].read(50) == content[place[0] : place[0] + 50])


@pytest.mark.parametrize("is_known", [True, False])
def test_a_damaged_gzip_file_is_counted_from_its_start_whatever_was_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    if not is_known:  # the thread has come to the damage only after somebody jumped
        monkeypatch.setattr(
            checkpoints.Checkpoints, "is_damaged", property(lambda _: False, lambda _, __: None), raising=False
        )
    monkeypatch.setattr(checkpoints, "SPACING_BYTES", 50_000)
    monkeypatch.setattr(inflated, "JUMP_BYTES", 30_000)
    lines = [json.dumps({"text": random.Random(n).randbytes(200).hex()}).encode() + b"\n" for n in range(2000)]
    first, second = gzip.compress(b"".join(lines[:1500])), gzip.compress(b"".join(lines[1500:]))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(first[:200_000] + bytes(500) + first[200_500:] + second)
    refs = [ref for ref in scan(path) if not trouble(ref)]
    last = json.loads(lines[-1])["text"].encode()
    for _ in range(2):
        assert sources.read(refs[-1], Limits()).payload == last
        assert sources.read(refs[3], Limits()).payload == json.loads(lines[3])["text"].encode()


@pytest.mark.parametrize("is_cut", [False, True])
def test_a_far_page_of_an_xz_file_of_many_blocks_is_reached_by_its_index(tmp_path: Path, is_cut: bool) -> None:
    path = tmp_path / "a.jsonl.xz"
    noise = random.Random(7)
    content = b"".join(b'{"text": "%s"}\n' % noise.randbytes(40_000).hex().encode() for _ in range(200))
    with xz.open(path, "wb", preset=0) as file:
        for start in range(0, len(content), 2 * 1024 * 1024):
            file.change_block()
            file.write(content[start : start + 2 * 1024 * 1024])
    if is_cut:
        path.write_bytes(path.read_bytes()[:-100_000])
    stream = inflated.Inflated(cast(BinaryIO, path.open("rb", buffering=0)), "xz")
    told = list[int]()
    stream.prepare_for_jumps(lambda reached, _target: told.append(reached))
    for at in (14_000_000, 9_500_000, 15_000_000):
        stream.seek(at)
        assert read_fully(cast(BinaryIO, stream), 1000) == content[at : at + 1000]
    # From the start of a block; without an index, from that of the file.
    assert (min(told) < 1024 * 1024) == is_cut
    stream.seek(len(content) - 1000 if not is_cut else 15_100_000)
    assert content.endswith(stream.read()) or is_cut
    stream.close()


MIB = 1024 * 1024


@pytest.mark.parametrize(("given", "is_rescued"), [(64 * MIB, True), (64 * MIB + 1, False)])
def test_what_stands_right_before_an_error_is_kept_in_the_first_64_mib(given: int, is_rescued: bool) -> None:
    coder = zlib.compressobj(1, wbits=31)
    parts = [
        part
        for content in (bytes(given), b"rain")
        for part in (coder.compress(content), coder.flush(zlib.Z_FULL_FLUSH))
    ]
    member = open_member("gzip", io.BytesIO(b"".join(parts) + b"\x07 is no block"), 0)
    left = given
    while left:
        left -= len(member.read(left))
    if is_rescued:
        assert member.read(9) == b"rain"
    with pytest.raises(BrokenMemberError):
        member.read(9)


@pytest.mark.parametrize(
    ("suffix", "is_kept_open", "kept"),
    [(".gz", False, MIB), (".gz", True, MIB), (".zst", False, MIB), (".zst", True, 8 * MIB), (".xz", True, 8 * MIB)],
)
@pytest.mark.parametrize("beyond", [0, 1])
def test_going_back_within_what_is_kept_decodes_nothing_again(
    suffix: str, is_kept_open: bool, kept: int, beyond: int
) -> None:
    raw = io.BytesIO(COMPRESSORS[suffix](bytes(12 * MIB)))
    stream = Inflated(raw, KINDS[suffix])
    if is_kept_open:
        stream.prepare_for_jumps()
    assert len(stream.read()) == 12 * MIB
    raw.seek(1)
    stream.seek(12 * MIB - kept - beyond)
    assert (stream.read(1), raw.tell() == 1) == (b"\0", not beyond)


@pytest.mark.parametrize(("beyond", "has_jumped"), [(0, False), (1, True)])
def test_more_than_8_mib_are_jumped_over(tmp_path: Path, beyond: int, has_jumped: bool) -> None:
    path = tmp_path / "a.xz"
    with xz.open(path, "wb", preset=0) as file:
        for _ in range(12):
            file.change_block()
            file.write(bytes(MIB))
    told = list[int]()
    with inflated.Inflated(cast(BinaryIO, path.open("rb", buffering=0)), "xz") as stream:
        stream.prepare_for_jumps(lambda reached, _target: told.append(reached))
        assert stream.seek(8 * MIB + beyond) == 8 * MIB + beyond
    assert (min(told) > MIB) is has_jumped


@pytest.mark.parametrize(("size", "is_refused"), [(2 * MIB, False), (2 * MIB + 1, True)])
def test_a_copy_that_gets_too_large_says_how_large_it_may_be(
    size: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "SPOOL_BYTES", 2 * MIB)
    stream = cast(BinaryIO, Inflated(io.BytesIO(gzip.compress(bytes(size))), "gzip"))
    if is_refused:
        with pytest.raises(SourceError, match=r"a\.db: it unpacks to more than 2 MB, "):
            spool.spooled(stream, "a.db")
    else:
        assert spool.spooled(stream, "a.db").seek(0, io.SEEK_END) == size


@pytest.mark.parametrize(("size", "needs_file"), [(8 * MIB, False), (8 * MIB + 1, True)])
def test_a_copy_of_more_than_8_mib_is_a_file(
    size: int, needs_file: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    stream = cast(BinaryIO, Inflated(io.BytesIO(gzip.compress(bytes(size))), "gzip"))
    if needs_file:
        with pytest.raises(SourceError, match=r"it can't be unpacked in .*gone: "):
            spool.spooled(stream, "a.db")
    else:
        assert spool.spooled(stream, "a.db").seek(0, io.SEEK_END) == size


@pytest.mark.parametrize(
    ("window", "memory_mb", "needs_mb"),
    [
        (17 << 3, 64, None),
        ((17 << 3) + 1, 64, 400),
        (18 << 3, 511, 512),
        (18 << 3, 512, None),
        (21 << 3, 2304, None),
        (21 << 3, 2303, 2304),
    ],
)
def test_a_zstandard_frame_looks_back_as_far_as_there_is_memory(
    monkeypatch: pytest.MonkeyPatch, window: int, memory_mb: int, needs_mb: int | None
) -> None:
    """The window is 2**(10 + upper bits), and as many eighths more as the lower ones say; up to 128 MiB there is room for it."""
    monkeypatch.setattr("resource.getrlimit", lambda _what: (memory_mb << 20, -1))
    frame = b"\x28\xb5\x2f\xfd" + bytes([0, window]) + (1 | 4 << 3).to_bytes(3, "little") + b"rain"
    member = open_member("Zstandard", io.BytesIO(frame), 0)
    if needs_mb is None:
        assert (member.read(9), member.read(9), member.end) == (b"rain", b"", len(frame))
    else:
        with pytest.raises(DamagedMemberError, match=f"set memory_mb = {needs_mb}"):
            member.read(9)


@pytest.mark.parametrize("size", [4, 128 << 20, (128 << 20) + 1, 256 << 20, 1 << 30])
def test_a_frame_needs_no_more_than_its_content(size: int) -> None:
    """What `zstd --long=31` writes of a shorter file has no window of its own; one of 256 MiB may hold less as well."""
    whole, part = bytes([0xA0]) + size.to_bytes(4, "little"), bytes([0x80, 18 << 3]) + size.to_bytes(4, "little")
    windows = [Blocks(io.BytesIO(b"\x28\xb5\x2f\xfd" + head + bytes(9)), 0).window_bytes for head in (whole, part)]
    assert windows == [size, min(size, 256 << 20)]


def test_a_frame_gives_up_its_window_for_others_and_goes_on_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _what: (512 << 20, -1))
    long = zstandard.ZstdCompressionParameters.from_level(1, window_log=28)
    content = b"".join(b"%d rain " % number for number in range(90_000))
    writer = zstandard.ZstdCompressor(compression_params=long).compressobj()
    packed = writer.compress(content) + writer.flush()
    members = [open_member("Zstandard", io.BytesIO(packed), 0) for _ in range(3)]
    came = [b"", b"", b""]
    for _ in range(10):
        for number, member in enumerate(members):
            came[number] += member.read(99_999)
            assert [each._reader is not None for each in members] == [each is member for each in members]  # type: ignore[attr-defined]
    assert came == [content] * 3


def test_a_frame_that_needs_a_dictionary_says_so() -> None:
    dictionary = zstandard.train_dictionary(1024, [b"rain %d and wind %d " % (n, n * 7) * 9 for n in range(500)])
    packed = zstandard.ZstdCompressor(dict_data=dictionary).compress(b"rain")
    with pytest.raises(DamagedMemberError, match="needs a dictionary"):
        open_member("Zstandard", io.BytesIO(packed), 0).read(9)


@pytest.mark.parametrize(("dictionary", "is_read"), [(31, True), (32, False)])
def test_an_xz_decoder_may_take_256_mib(dictionary: int, is_read: bool) -> None:
    """31 and 32 stand for dictionaries of 192 and of 256 MiB, to which the decoder itself comes."""
    packed = bytearray(lzma.compress(b"rain", preset=0))
    head = slice(12, 12 + (packed[12] + 1) * 4 - 4)
    at = packed.index(b"\x21\x01", 12) + 2
    packed[at] = dictionary
    packed[head.stop : head.stop + 4] = struct.pack("<I", zlib.crc32(packed[head]))
    member = open_member("xz", io.BytesIO(packed), 0)
    if is_read:
        assert member.read(9) == b"rain"
    else:
        with pytest.raises(BrokenMemberError, match="broken"):
            member.read(9)


@pytest.mark.parametrize(("files", "is_first_closed"), [(8, False), (9, True)])
def test_eight_files_stay_open(tmp_path: Path, files: int, is_first_closed: bool) -> None:
    refs = [Ref(str(tmp_path / f"{number}.jsonl.gz"), 0, "jsonl") for number in range(files)]
    for ref in refs:
        Path(ref.source).write_bytes(COMPRESSORS[".gz"](LINES[0]))
    assert opening.kept_stored(refs[0]) is opening.kept_stored(refs[0])
    for keep in (opening.kept_stored, lambda ref: cast(Window, growing.growing(ref)).below):
        first, *_ = [keep(ref) for ref in refs]
        assert first.closed is is_first_closed


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_damage_lies_where_it_says_in_the_file_and_in_the_content(suffix: str) -> None:
    first, second, third = (COMPRESSORS[suffix](line) for line in LINES[:3])
    raw = first + b"rubbish" + second[:-1] + b"\xff\xff" + third + bytes(20) + first + b"more"
    stream = Inflated(io.BytesIO(raw), KINDS[suffix])
    content = stream.read()
    found = [(each.start, each.end, content[: each.at]) for each in stream.damage]
    at = len(first) + 7
    behind = at + len(second) + 1
    lost = found[1][2].removeprefix(LINES[0])  # decoders differ in what they give out of a member that is damaged
    assert LINES[1].startswith(lost)
    assert found == [
        (len(first), at, LINES[0]),
        (at, behind, LINES[0] + lost),
        (len(raw) - 4, len(raw), content),
    ]
    assert content.removeprefix(LINES[0] + lost) in (LINES[2] + LINES[0], b"\n" + LINES[2] + LINES[0])


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_what_only_begins_like_a_member_is_passed_over(suffix: str) -> None:
    first, second = (COMPRESSORS[suffix](line) for line in LINES[:2])
    rubbish = b"rubbish" + first[:4] + b"rubbish" * 9
    stream = Inflated(io.BytesIO(first + rubbish + second), KINDS[suffix])
    assert stream.read() == LINES[0] + LINES[1]
    assert [(each.start, each.end) for each in stream.damage] == [(len(first), len(first) + len(rubbish))]


@pytest.mark.parametrize(("kind", "back_bytes"), [("gzip", 1), ("Zstandard", 8)])
@pytest.mark.parametrize("beyond", [0, 1])
def test_a_stream_that_stays_open_goes_back_one_megabyte_or_eight_without_decoding_anew(
    kind: str, back_bytes: int, beyond: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []
    monkeypatch.setattr(inflated, "count_read", decoded.append)
    pieces = back_bytes * 4  # of 256 kB
    content = bytes(20 * 1024 * 1024)
    packed = gzip.compress(content) if kind == "gzip" else zstandard.ZstdCompressor().compress(content)
    with Inflated(io.BytesIO(packed), kind) as stream:
        stream.prepare_for_jumps()
        stream.seek(10 * 1024 * 1024)
        before = sum(decoded)
        stream.seek(before - (pieces + beyond) * 256 * 1024)
        assert (sum(decoded) > before) is bool(beyond)


def test_a_page_of_which_nothing_can_be_decoded_says_so_and_is_not_empty(tmp_path: Path) -> None:
    packed = gzip.compress(random.Random(3).randbytes(90_000))
    (tmp_path / "a.gz").write_bytes(packed[:40_000])
    with pytest.raises(SourceError, match=r"truncated"):
        read_span(Ref(str(tmp_path / "a.gz"), 0, offset=60_000, length=9), 99)
