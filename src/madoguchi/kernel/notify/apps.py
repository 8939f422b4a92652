from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "madoguchi.kernel.notify"
    label = "notify"
