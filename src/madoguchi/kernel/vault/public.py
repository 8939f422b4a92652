"""Doors of the vault: sealing of personal data."""

from madoguchi.kernel.vault.crypto import CannotUnseal, blind_index, seal, unseal
from madoguchi.kernel.vault.fields import EncryptedJSONField, EncryptedTextField
from madoguchi.kernel.vault.keys import ensure_key_file, key_file

__all__ = [
    "CannotUnseal",
    "EncryptedJSONField",
    "EncryptedTextField",
    "blind_index",
    "ensure_key_file",
    "key_file",
    "seal",
    "unseal",
]
