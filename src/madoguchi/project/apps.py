from django.apps import AppConfig
from django.conf import settings


class ProjectConfig(AppConfig):
    name = "madoguchi.project"
    label = "project"

    def ready(self) -> None:
        if settings.OTLP_ENDPOINT:
            from madoguchi.project import tracing

            tracing.switch_on(settings.OTLP_ENDPOINT)
