from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "madoguchi.kernel.language"
    label = "language"
