"""Does a PostgreSQL answer at this URL? Exit status 0 when it does."""

import sys

import psycopg

try:
    psycopg.connect(sys.argv[1], connect_timeout=3).close()
except psycopg.Error:
    sys.exit(1)
