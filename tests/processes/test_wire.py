"""Messages between the screen's process and the worker."""

import io

from tui.core import questions
from tui.core.model import Document, Edit, Options, Ref, Rows, Trouble
from tui.core.problems import Reason, unreadable
from tui.processes import wire


def test_messages_come_back_in_order_and_a_cut_one_is_the_end() -> None:
    requests = [
        questions.Open(
            Ref("\udcff.html", 3, "html"), Options(without=frozenset({"entities"})), plain=Reason("ends_early")
        ),
        questions.Peek(
            Rows(Trouble, [Trouble("a", 0, unreadable(Reason("no_file"), "gone"))]), Options(charset="big5")
        ),
    ]
    sent = b"".join(wire.pack(request) for request in requests)
    stream = io.BytesIO(sent + wire.pack(requests[0])[:-1])
    assert [wire.receive(stream), wire.receive(stream), wire.receive(stream)] == [*requests, None]


def test_edits_cross_as_columns() -> None:
    edits = Rows(Edit, [Edit(n, n + 1, "統(tǒng)", "統", "pinyin_gloss") for n in range(0, 20_000, 2)])
    message = wire.pack(Document.unread(Ref("a", 0)))
    with_edits = wire.pack(edits)
    assert len(with_edits) < len(edits) * 40
    assert wire.unpack(with_edits[wire.HEADER.size :]) == edits
    back = wire.unpack(message[wire.HEADER.size :])
    assert isinstance(back, Document)
    assert back.ref == Ref("a", 0)
