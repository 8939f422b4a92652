from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "madoguchi.kernel.events"
    label = "events"
