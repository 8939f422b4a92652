"""What is written in the plan, one function a verb."""

from madoguchi.services.plan.actions.systems import revise_systems

__all__ = ["revise_systems"]
