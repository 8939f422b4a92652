"""A process starts light: libraries that weigh megabytes come with the first page that needs them."""

import subprocess
import sys

HEAVY = {"cel", "icalendar", "numpy", "openpyxl", "opentelemetry", "pyreadstat", "pypdf", "scipy"}
LOADED = """
import sys
import madoguchi.project.wsgi
from django.urls import get_resolver
[entry.url_patterns for entry in get_resolver().url_patterns if hasattr(entry, "url_patterns")]
print(*sys.modules)
"""


def test_nothing_heavy_is_imported_at_start():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=120, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
