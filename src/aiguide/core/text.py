"""A text that exists in every language that aiguide speaks."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Japanese and in English."""

    ja: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Give the words in `lang`."""
        return self.ja if lang == "ja" else self.en

    def both(self) -> tuple[str, str]:
        """Give the words in Japanese and in English."""
        return self.ja, self.en
