"""The features of a text: its character n-grams, hashed into buckets."""

import unicodedata
import zlib
from collections.abc import Iterator

BITS = 18
SHORTEST, LONGEST = 1, 4


def normalized(text: str) -> tuple[str, list[int]]:
    """Give the text in NFKC and lower case, and for each of its characters the original offset."""
    plain: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        for part in unicodedata.normalize("NFKC", char).lower():
            plain.append(part)
            origin.append(offset)
    return "".join(plain), origin


def buckets(plain: str) -> Iterator[tuple[int, int, int]]:
    """Give each n-gram of a normalized text as (bucket, start, end); the ends are marked."""
    marked = f"^{plain}$"
    encoded = [char.encode() for char in marked]
    mask = (1 << BITS) - 1
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(len(marked) - length + 1):
            gram = b"".join(encoded[start : start + length])
            yield zlib.crc32(gram) & mask, max(0, start - 1), min(len(plain), start + length - 1)
