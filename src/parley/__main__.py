"""``python -m parley`` is the command line."""

from parley.cli import main

main(prog_name="parley")
