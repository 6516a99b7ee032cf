"""From what the user names to the files in it, counted, followed as they grow, and known again.

How one file is parted into pages is its format's business.
"""
