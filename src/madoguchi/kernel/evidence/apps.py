from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "madoguchi.kernel.evidence"
    label = "evidence"
