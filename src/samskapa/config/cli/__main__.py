import sys

from samskapa.config.cli import main

sys.exit(main())
