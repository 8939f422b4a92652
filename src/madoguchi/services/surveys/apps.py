from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "madoguchi.services.surveys"
    label = "surveys"
