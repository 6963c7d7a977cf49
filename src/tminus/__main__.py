"""`python -m tminus` is the `tminus` command."""

from tminus.entry.cli import main

main()
