from django.apps import AppConfig


class CitydataConfig(AppConfig):
    name = "madoguchi.kernel.citydata"
    label = "citydata"
