"""What characters and words are: the character model, word lists, scripts, dates, widths on a terminal.

What a page does with them (repairs, structure) does not belong here.
"""
