"""The terminal and Textual's insides: cells, styles, and the fewest bytes that change one screen into the next.

All that leans on private names of Textual belongs here.
"""
