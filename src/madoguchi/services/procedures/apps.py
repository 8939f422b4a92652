from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "madoguchi.services.procedures"
    label = "procedures"
