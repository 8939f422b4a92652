from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "madoguchi.kernel.mandates"
    label = "mandates"
