from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "madoguchi.kernel.desk"
    label = "desk"
