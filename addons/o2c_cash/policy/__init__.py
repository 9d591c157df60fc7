"""Whose money came in, and what is it for? Pure rules over lines and open items."""
