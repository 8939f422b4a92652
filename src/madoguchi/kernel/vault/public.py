"""Doors of the vault: sealing of personal data."""

from madoguchi.kernel.vault.crypto import blind_index, name_in, seal, unseal
from madoguchi.kernel.vault.datakeys import names as data_key_names
from madoguchi.kernel.vault.errors import CannotUnseal
from madoguchi.kernel.vault.fields import EncryptedJSONField, EncryptedTextField, RowKeyField
from madoguchi.kernel.vault.keyfile import ensure_key_file
from madoguchi.kernel.vault.resealing import Batch, Part

__all__ = [
    "Batch",
    "CannotUnseal",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Part",
    "RowKeyField",
    "blind_index",
    "data_key_names",
    "ensure_key_file",
    "name_in",
    "seal",
    "unseal",
]
