from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "madoguchi.kernel.files"
    label = "files"

    def ready(self) -> None:
        from madoguchi.kernel.files import checks  # noqa: F401 - registers itself
