"""What the walls cost: ratios and counts, measured in one run on a throw-away house. `make bench` runs them all."""
