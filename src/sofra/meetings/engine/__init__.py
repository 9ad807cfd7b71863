"""How meetings decide, as pure functions: no Django, no clock of their own."""
