"""What is asked before an emergency, and after it."""

from typing import Any

from django import forms

from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.emergencies.queries import roles
from madoguchi.ui.forms import Described, FaceForm

SHORTEST_REASON = 10  # characters: "緊急" alone tells a reviewer nothing


class TakeForm(FaceForm):
    """Which records, and why now."""

    section_key = forms.ChoiceField(label="どの課の記録を見ますか")
    role_key = forms.ChoiceField(label="何を見ますか", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        help_text="だれの何のために、なぜいま必要か。氏名ではなく受付番号などで書いてください。",
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(section.key, str(section.name.ja)) for section in records("section")]
        self.fields["section_key"].choices = [("", "選んでください"), *sections]  # type: ignore[attr-defined]
        self.fields["role_key"].choices = [  # type: ignore[attr-defined]
            (key, Described(role.name.ja, f"{role.emergency_minutes}分")) for key, role in roles().items()
        ]


class ReviewForm(FaceForm):
    """What the review found."""

    was_due = forms.TypedChoiceField(
        label="確かめた結果",
        choices=[("yes", "緊急の必要があり、見たものもその範囲だった"), ("no", "必要がなかったか、見すぎている")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label="確かめたこと",
        help_text="だれに何を聞き、何と照らしたか。適切でなかったときは、その後の手当ても。",
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
    )
