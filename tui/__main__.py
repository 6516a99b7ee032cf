"""`python -m tui` is `copydesk`."""

from tui.commands.cli import main

main()
