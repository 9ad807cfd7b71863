"""The thinking of the room of texts: brackets, collation, redlines, Word, Akoma Ntoso, packages, languages. No Django."""
