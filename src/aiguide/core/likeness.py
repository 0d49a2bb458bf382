"""How much alike two texts are, by the runs of characters that they share."""

from collections.abc import Mapping

from aiguide.core.ngrams import normalized

# Two Japanese characters say about as much as three English ones.
_LONG = {"ja": 2, "en": 3}

Grams = Mapping[str, frozenset[str]]


def grams(text: Mapping[str, str]) -> Grams:
    """Give the character n-grams of a text in each language; its ends are marked."""
    found = {}
    for lang, length in _LONG.items():
        plain = f"^{normalized(text[lang])[0]}$"
        found[lang] = frozenset(plain[i : i + length] for i in range(len(plain) - length + 1))
    return found


def likeness(one: Grams, other: Grams) -> float:
    """Give the share of n-grams that two texts have in common, both languages weighing the same."""
    shares = [
        2 * len(one[lang] & other[lang]) / (len(one[lang]) + len(other[lang])) for lang in _LONG
    ]
    return sum(shares) / len(shares)
