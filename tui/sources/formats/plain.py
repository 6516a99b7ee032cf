"""Plain text: everything that is text and no other format. An empty file is."""

from tui.sources.parsing.magic import binary_kind
from tui.sources.parsing.pages import one_page

FORMAT = one_page("plain", 90, lambda head: not binary_kind(head.start), "text/plain")
