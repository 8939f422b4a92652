"""Text to sound, in a process of its own: `python -I speaking.py < order.json > sound`.

Knows no Django and no settings. In: `paragraphs`, each a list of sentences, and their `pace`. Out: how many
milliseconds it lasts in four bytes, then MP3. The engine's memory is taken for as long as it speaks.
"""

import json
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any

RATE, KBIT = 24_000, 32  # of speech nothing is lost
ENGINE_RATE = 48_000
LOUDNESS = 0.5  # of what the engine gives, whose peaks are nearly twice what fits
BETWEEN_SENTENCES_S, BETWEEN_PARAGRAPHS_S = 0.25, 0.6


def main() -> None:
    import lameenc

    os.nice(10)  # whoever waits for a page goes first
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(ENGINE_RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_bit_rate(KBIT)
    encoder.silence()
    samples, made = 0, bytearray()
    for piece in _pieces(**json.load(sys.stdin)):
        samples += len(piece) // 2
        made += encoder.encode(piece)
    made += encoder.flush()
    sys.stdout.buffer.write(struct.pack("!I", 1000 * samples // ENGINE_RATE) + bytes(made))


def _pieces(paragraphs: list[list[str]], pace: float) -> Iterator[bytes]:
    import pyopenjtalk

    for paragraph in paragraphs:
        for sentence in paragraph:
            if pyopenjtalk.g2p(sentence):  # a sentence of signs has no sound
                wave, _rate = pyopenjtalk.tts(sentence, speed=pace)
                yield _as_int16(wave)
                yield _silence(BETWEEN_SENTENCES_S)
        yield _silence(BETWEEN_PARAGRAPHS_S - BETWEEN_SENTENCES_S)


def _as_int16(wave: Any) -> bytes:
    sound: bytes = (LOUDNESS * wave).clip(-32768, 32767).astype("<i2").tobytes()
    return sound


def _silence(seconds: float) -> bytes:
    return bytes(2 * int(ENGINE_RATE * seconds))


if __name__ == "__main__":
    main()
