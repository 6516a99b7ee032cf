"""Documents as JSON, text and Markdown, stored records byte for byte, and how files are written: what leaves the program.

What the screen draws does not belong here.
"""
