"""Routes of the reading aloud."""

from django.urls import path, register_converter

from madoguchi.kernel.speech import views


class Digest:
    """SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Digest, "digest")
app_name = "speech"
urlpatterns = [
    path("", views.listen, name="listen"),
    path("<digest:digest>.mp3", views.sound, name="sound"),
]
