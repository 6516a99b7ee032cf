"""Values and rules that every other folder is written in, such as what can be wrong with a page.

Nothing here reads, fetches or draws, and nothing here imports another folder but `tui.values`.
What only one folder needs stays there; what makes words for a screen or a pipe stays at that edge.
"""
