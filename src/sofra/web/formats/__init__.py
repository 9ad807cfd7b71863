"""Date and number formats per language, where Django's differ from the house's or are missing."""
