"""The shell every page stands in: base templates, components, styles, navigation."""
