"""HTML and XHTML files."""

from tui.sources.parsing.magic import is_html
from tui.sources.parsing.pages import one_page

FORMAT = one_page("html", 20, is_html, "text/html")
