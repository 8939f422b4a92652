from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "madoguchi.kernel.vault"
    label = "vault"
