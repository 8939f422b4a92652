"""What stops a backup or a restore, for the person at the keyboard."""


class BackupStopped(Exception):
    """Nothing half-done is left behind; the message says what happened and what to do next."""
