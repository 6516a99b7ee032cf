"""Values and rules that every other folder is written in: questions and their answers, and what can be wrong with a page.

Nothing here reads, fetches, decodes or draws. What only one folder needs stays there; what makes words for a screen or
a pipe stays at that edge.
"""
