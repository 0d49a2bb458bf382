"""Run aiguide as `python -m aiguide`."""

import sys

from aiguide.cli.main import main

sys.exit(main())
