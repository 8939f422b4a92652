"""The form in which a table comes back from a spreadsheet."""

from django import forms

from madoguchi.ui.forms import FaceForm

MOST_BYTES = 1024 * 1024


def table_field(label: str) -> forms.FileField:
    """The file of a `SheetForm`, in its own words."""
    return forms.FileField(
        label=label,
        help_text="この画面から書き出したCSVを直したもの。まず違いを見せます。すぐには取り込みません。",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class SheetForm(FaceForm):
    """A form whose field `table` is a file of one table; it gives the bytes."""

    def clean_table(self) -> bytes:
        upload = self.cleaned_data["table"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("ファイルが大きすぎます（上限は1メガバイトです）。表だけのCSVを選んでください")
        return bytes(upload.read())
