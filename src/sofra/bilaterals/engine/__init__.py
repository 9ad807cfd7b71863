"""The bilaterals' thinking: no database, no Django, and OR-tools only where `solve` and `explain` are called."""
