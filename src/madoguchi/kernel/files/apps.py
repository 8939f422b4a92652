from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "madoguchi.kernel.files"
    label = "files"
