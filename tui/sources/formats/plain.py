"""Plain text: everything that is text and no other format. An empty file is."""

from tui.core.model import Limits, Ref
from tui.core.page import RawPage
from tui.core.values import replace
from tui.sources.parsing.magic import MARKDOWN_NAMES, binary_kind
from tui.sources.parsing.pages import one_page, read_file
from tui.sources.streams.members import bare_name

_WRITTEN_NAMES = (*MARKDOWN_NAMES, ".rst")


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read a text; what is named as Markdown or reStructuredText is a document. Raises SourceError if it can't be read."""
    page = read_file(ref, limits, "text/plain")
    is_written = bare_name(ref.member or ref.source).lower().endswith(_WRITTEN_NAMES)
    return replace(page, form="document") if is_written else page


FORMAT = replace(one_page("plain", 90, lambda head: not binary_kind(head.start), "text/plain"), read=read)
