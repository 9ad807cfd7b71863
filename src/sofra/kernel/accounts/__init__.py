"""Accounts by invitation, sign-in with two factors, seats one acts as, sessions that end."""
