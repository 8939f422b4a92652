from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "madoguchi.kernel.registry"
    label = "registry"
