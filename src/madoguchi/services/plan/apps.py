from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "madoguchi.services.plan"
    label = "plan"
