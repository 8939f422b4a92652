"""Errors that tell a person what happened and what to do next."""


class CitizenError(Exception):
    """A refusal in words for the person on the other side. Subclasses set `code`, shown small for staff."""

    code = "error"

    def __init__(self, *, what: str, next_step: str) -> None:
        between = "" if str(what).endswith("。") else " "
        super().__init__(f"{what}{between}{next_step}")
        self.what = what
        self.next_step = next_step
