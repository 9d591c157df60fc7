"""What a credit report says: files, register answers and the figures behind them."""
