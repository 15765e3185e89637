"""How to start: `python run.py --help`. What it does stands in experiments/cli/main.py."""

import sys

from experiments.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
