"""Text, pure: from bytes to characters, lines, repairs and structure. Nothing here opens anything.

words < markup < charset < repairs < mending < quality < structure; `document` puts them together.
"""
