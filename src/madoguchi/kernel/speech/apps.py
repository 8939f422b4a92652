from django.apps import AppConfig


class SpeechConfig(AppConfig):
    name = "madoguchi.kernel.speech"
    label = "speech"
