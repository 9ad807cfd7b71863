"""`python -m sofra` is the same as `sofra`."""

from sofra.cli import main

main()
