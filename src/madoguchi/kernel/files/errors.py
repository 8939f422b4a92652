"""Refusals of the files, in words for the person who sent one."""

from madoguchi.lib.errors import CitizenError


class FileRefused(CitizenError):
    """The upload cannot be taken; the message says why and what to send instead."""

    code = "files.refused"
