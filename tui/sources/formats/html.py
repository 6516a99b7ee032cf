"""HTML and XHTML files."""

from tui.sources.parsing.magic import is_html
from tui.sources.parsing.whole import one_page

SOURCE = one_page("html", 20, is_html, "text/html")
