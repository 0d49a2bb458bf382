"""The features of a text: character n-grams, and words in Latin letters, hashed into buckets."""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import pairwise

BITS = 19
SHORTEST, LONGEST = 1, 4

# English needs its words, alone and in pairs: four letters say less there than four kana.
_WORD = re.compile(r"[a-z][a-z'-]*|[0-9]+")


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
    """Give each feature of a normalized text as (bucket, start, end)."""
    yield from _of_characters(plain)
    yield from _of_words(plain)


def _of_characters(plain: str) -> Iterator[tuple[int, int, int]]:
    """Give the character n-grams; the ends of the text are marked."""
    marked = f"^{plain}$"
    encoded = [char.encode() for char in marked]
    for length in range(SHORTEST, LONGEST + 1):
        for start in range(len(marked) - length + 1):
            gram = b"".join(encoded[start : start + length])
            yield _bucket(gram), max(0, start - 1), min(len(plain), start + length - 1)


def _of_words(plain: str) -> Iterator[tuple[int, int, int]]:
    words = list(_WORD.finditer(plain))
    for word in words:
        yield _bucket(f"w:{word[0]}".encode()), word.start(), word.end()
    for first, second in pairwise(words):
        pair = f"w:{first[0]} {second[0]}"
        yield _bucket(pair.encode()), first.start(), second.end()


def _bucket(gram: bytes) -> int:
    return zlib.crc32(gram) & ((1 << BITS) - 1)
