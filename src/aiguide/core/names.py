"""Names of people and offices, as they compare."""

import unicodedata


def name_key(name: str) -> str:
    """Give what is the same of a name however wide, spaced or capital it is written."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
