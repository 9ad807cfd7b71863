"""The lexicon's thinking: no database, no Django."""
