"""`python -m tui` is `copydesk`."""

from tui.cli import main

main()
