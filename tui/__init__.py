"""copydesk: a terminal browser for scraped pages."""

__version__ = "0.1.0"
