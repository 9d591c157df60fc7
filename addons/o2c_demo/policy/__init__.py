"""What the demo decides, in plain Python: who buys what, and who pays when."""
