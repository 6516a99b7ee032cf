"""Plain text: everything that is text and no other format. An empty file is."""

from tui.sources._magic import binary_kind
from tui.sources._whole import one_page

SOURCE = one_page("plain", 90, lambda head: not binary_kind(head.start), "text/plain")
