"""Run the command line with `python -m translate`."""

import sys

from translate.cli import main

if __name__ == "__main__":
    sys.exit(main())
