"""The lexicon in the formats of others: its own JSON, whole; TBX for terminology tools; a style for the linter Vale."""
