"""What crosses every folder and leans on none: questions and their answers, and what is wrong with a page.

Values only: nothing here reads, decodes, parses, draws or starts a process.
"""
