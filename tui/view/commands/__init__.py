"""What keys do, in groups.

What a command shows is a pane or a sheet.
"""
