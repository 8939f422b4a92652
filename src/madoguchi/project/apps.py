from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "madoguchi.project"
    label = "project"
