"""HTML and XHTML files."""

from tui.sources._magic import is_html
from tui.sources._whole import one_page

SOURCE = one_page("html", 20, is_html, "text/html")
