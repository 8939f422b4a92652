from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "madoguchi.kernel.jobs"
    label = "jobs"
