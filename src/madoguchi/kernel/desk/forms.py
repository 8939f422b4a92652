"""The name of a saved view."""

from django import forms

from madoguchi.ui.forms import FaceForm


class SaveViewForm(FaceForm):
    name = forms.CharField(
        label="表示の名前",
        max_length=30,
        error_messages={"required": "表示の名前を入力してください", "max_length": "表示の名前は30字までにしてください"},
    )
    is_default = forms.BooleanField(label="いつもこの表示で開く", required=False)
    page = forms.SlugField(max_length=40)
    query = forms.CharField(max_length=1000, required=False)
