class NotOver(Exception):
    """The period is still running, so its figures still move."""


class AlreadyFrozen(Exception):
    """The figure was fixed with another value; a correction needs a reason."""
