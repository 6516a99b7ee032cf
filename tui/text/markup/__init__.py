"""HTML, feeds, and what stands in a page's head -> visible lines with their place, and statements about the page.

Which of the lines are the article is `structure`'s to say.
"""
