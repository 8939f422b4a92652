from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "madoguchi.kernel.backup"
    label = "backup"
