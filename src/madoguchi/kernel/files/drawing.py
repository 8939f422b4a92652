"""A picture drawn anew, in a process of its own with little memory and time: `python -I drawing.py LIMITS < old > new`.

Knows no Django, no settings and no secrets. On standard output: the length of the picture in four bytes, the picture,
and after it a small one for lists. Whatever a decoder does with a hostile picture, it does here.
"""

import io
import json
import resource
import struct
import sys
from typing import Any

TOO_MANY_PIXELS = 3
SMALL = (240, 240)
QUALITY, SMALL_QUALITY = 90, 70


def main() -> int:
    limits = json.loads(sys.argv[1])
    for name in ("AS", "CPU", "NOFILE", "FSIZE", "CORE"):
        most = limits[name]
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    content = sys.stdin.buffer.read()

    from PIL import Image, ImageOps  # what looks into the content comes after the limits

    Image.MAX_IMAGE_PIXELS = limits["pixels"]
    if limits["format"] == "HEIF":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    with Image.open(io.BytesIO(content), formats=[limits["format"]]) as picture:
        if picture.width * picture.height > limits["pixels"]:
            return TOO_MANY_PIXELS
        upright = ImageOps.exif_transpose(picture)
    if upright.mode == "P":  # a palette carries no pixels of its own
        upright = upright.convert("RGBA")
    fresh = Image.new(upright.mode, upright.size)
    fresh.paste(upright)
    kind = "PNG" if limits["format"] == "PNG" else "JPEG"
    if kind == "JPEG" and fresh.mode not in {"L", "RGB", "CMYK"}:
        fresh = _on_white(fresh)
    whole = io.BytesIO()
    fresh.save(whole, kind, quality=QUALITY, compress_level=4)
    small = _on_white(fresh)
    small.thumbnail(SMALL)
    little = io.BytesIO()
    small.save(little, "JPEG", quality=SMALL_QUALITY)
    sys.stdout.buffer.write(struct.pack("!I", whole.tell()) + whole.getvalue() + little.getvalue())
    return 0


def _on_white(picture: Any) -> Any:
    """Without what shines through."""
    from PIL import Image

    if "A" not in picture.mode:
        return picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
    return white


if __name__ == "__main__":
    sys.exit(main())
