"""Forms of the gallery: one for each kind of field, with plain choices. Nothing is sent anywhere."""

from django import forms

from madoguchi.ui.forms import FaceForm
from madoguchi.ui.words import LocalText


class Phone(FaceForm):
    """One box."""

    phone = forms.CharField(
        label=LocalText(ja="電話番号", easy="電話番号(でんわばんごう)", en="Phone number"),
        widget=forms.TextInput(attrs={"class": "in--12", "type": "tel", "autocomplete": "tel"}),
    )
