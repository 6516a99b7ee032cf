"""Documents as JSON, text and Markdown, and stored records byte for byte: what leaves the program.

What the screen draws does not belong here.
"""
