"""How well the lexicon finds what is named in text it was not written from: annotated sets, and what recall and precision
the matcher reaches on them."""
