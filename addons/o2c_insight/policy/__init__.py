"""Rules of the key figures: pure Python, decimals in, decimals out."""
