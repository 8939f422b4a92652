"""For tests: views somebody saved, acts somebody can take back."""

from madoguchi.kernel.desk.actions import save_view
from madoguchi.kernel.desk.models import Undo
from madoguchi.kernel.desk.recurring import forget
from madoguchi.kernel.desk.undoing import offer_undo, take_back

__all__ = ["Undo", "forget", "offer_undo", "save_view", "take_back"]
