"""Collected files: named by their digest, so that a browser keeps them for good, and compressed beside themselves."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = (  # what every page needs, in this order
    "vendor/tokens/tokens.css",
    *(f"ui/css/{name}.css" for name in ("roles", "base", "frame", "forms", "content", "plan")),
)
FACE = "ui/face.css"  # all of them in one file: on a slow line each answer costs half a second


def _content(storage: Storage, name: str) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


class FaceStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """What `collectstatic` fills and `{% static %}` asks."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            sheets = b"\n".join(_content(*paths[name]) for name in SHEETS)
            self.delete(FACE)
            self.save(FACE, ContentFile(sheets))
            paths[FACE] = (self, FACE)
        yield from super().post_process(paths, dry_run, **options)

    def stored_name(self, name: str) -> str:
        """A file that nobody collected keeps its name: a page without its style is better than none."""
        return str(self.hashed_files.get(self.hash_key(name), name))

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the styles every page needs: one where files were collected."""
        return (FACE,) if self.hash_key(FACE) in self.hashed_files else SHEETS
