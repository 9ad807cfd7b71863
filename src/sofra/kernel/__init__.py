"""The ground every room stands on: identity, audience and walls, the audit chain, changes, occupancy, files."""
