"""Sofra: the table at which a regional dialogue platform meets."""

__version__ = "0.1.0"
