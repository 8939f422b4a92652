"""The `madoguchi` command: Django's commands and our own, words joined by hyphens."""

import os
import sys

from django.core.management import execute_from_command_line

# what a command may presume before the settings are read
PRESUMED = {
    "up": {"DEMONSTRATION": "1"},
    "keys": {"SECRET_KEY": "not-needed-to-write-keys"},
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madoguchi.project.settings")
    arguments = sys.argv[1:]
    if arguments:
        arguments[0] = arguments[0].replace("-", "_")
        for name, value in PRESUMED.get(arguments[0], {}).items():
            os.environ.setdefault(name, value)
    execute_from_command_line(["madoguchi", *arguments])
