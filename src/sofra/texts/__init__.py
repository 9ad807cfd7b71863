"""Negotiated texts."""
