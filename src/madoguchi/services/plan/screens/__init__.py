"""What the pages show, as plain values: one module a circle of readers, gathered here."""

from madoguchi.services.plan.screens.public import costs, measure_screen, overview, previous, survey_screen, systems

__all__ = ["costs", "measure_screen", "overview", "previous", "survey_screen", "systems"]
