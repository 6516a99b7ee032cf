"""What the screen is given: its pages, the collection behind them, and ways out of it."""
