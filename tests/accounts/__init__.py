"""Accounts, sign-in, seats, sessions."""
