"""The face of every page: layouts, components, words. Knows no model."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "madoguchi.ui"
    label = "ui"
