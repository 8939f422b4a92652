from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    name = "madoguchi.kernel.emergencies"
    label = "emergencies"
