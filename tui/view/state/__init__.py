"""What is open, looked for and typed, and the work that goes on beside the screen.

Nothing here draws.
"""
