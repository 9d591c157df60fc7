"""Formats without judgement."""
