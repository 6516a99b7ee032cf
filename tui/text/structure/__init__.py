"""What the lines of a page are: title, body, posts, lists of headlines, metadata, and the type of the page.

Lines come from `markup`; nothing here changes the text.
"""
