"""The catalogue of sentences."""

from aiguide.core.text import Lang
from aiguide.core.words import Words
from aiguide.store import words


def load_words(lang: Lang) -> Words:
    """Load the catalogue of sentences."""
    return words.load(lang)
