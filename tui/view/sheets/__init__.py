"""What lies over the panes until it is closed: lists, charts, the diff, the help.

What stays on the screen belongs in `panes`.
"""
