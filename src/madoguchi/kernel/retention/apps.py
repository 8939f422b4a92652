from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "madoguchi.kernel.retention"
    label = "retention"
