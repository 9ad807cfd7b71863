"""Thinking without Django: what state a commitment is in, and how a sheet is read."""
