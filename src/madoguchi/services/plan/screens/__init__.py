"""What the pages show, as plain values: one module a circle of readers, gathered here."""

from madoguchi.services.plan.screens.around import around
from madoguchi.services.plan.screens.costs import costs_screen
from madoguchi.services.plan.screens.public import measure_screen, overview, previous, survey_screen, systems

__all__ = ["around", "costs_screen", "measure_screen", "overview", "previous", "survey_screen", "systems"]
