"""Cooperation."""
