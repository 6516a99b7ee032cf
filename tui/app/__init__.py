"""Sets the browser up: who asks, what the screen is given to work with, and what comes after it.

What is drawn is in `view`; what reads pages is behind `processes`.
"""
