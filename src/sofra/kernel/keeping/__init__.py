"""Keeping the record: verification of the audit chains, backup and restore, the daily export of heads."""
