"""Rules of paying: pure functions over amounts, dates and codes."""
