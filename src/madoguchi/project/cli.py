"""The `madoguchi` command: Django's commands and our own, words joined by hyphens."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
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
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads them all
    except ImproperlyConfigured as error:
        sys.exit(f"madoguchi does not start: {error}")
    execute_from_command_line(["madoguchi", *arguments])
