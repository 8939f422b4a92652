from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "madoguchi.kernel.numbers"
    label = "numbers"
