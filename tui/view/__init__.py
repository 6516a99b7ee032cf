"""The screen: everything that knows Textual. It draws what `state` knows, and asks children for the rest.

Nothing here opens a file or looks at bytes of a page.
"""
