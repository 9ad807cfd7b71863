"""Pages of the lexicon. What is entered for a delegation is asked for one floor up, in the room of parties."""
