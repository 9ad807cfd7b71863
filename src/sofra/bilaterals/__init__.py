"""Bilaterals: every meeting on the sidelines, placed well, explained, and placed anew in seconds."""
