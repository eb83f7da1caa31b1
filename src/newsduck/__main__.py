"""`python -m newsduck` is `newsduck`."""

import sys

from newsduck.cli import main

sys.exit(main())
