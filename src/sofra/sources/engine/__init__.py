"""The record as a file: reading, checking and completing it. No database, no Django."""
