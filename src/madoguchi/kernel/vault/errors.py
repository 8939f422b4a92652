"""What can go wrong with keys and sealed values; words for the operator, never with a value in them."""


class CannotUnseal(Exception):
    """The value was not sealed here, in this place, with a key that is still on the ring."""


class CannotUnwrap(Exception):
    """A data key does not open: key file or key store are not the ones that belong to this database."""


class KeeperAway(Exception):
    """The key store cannot be used now. Processes that already hold the keys go on working."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The key store (KMS_URL) cannot be used: {reason}. Ask again once it is back.")
