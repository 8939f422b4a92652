from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "madoguchi.kernel.accounts"
    label = "accounts"
