"""Reading how descriptions speak of AI."""

import functools

from aiguide.core.ai_words import AiWords, ai_words
from aiguide.store import compiled, resources
from aiguide.store.policy_file import compile_file

NAME = "ai-words"


@functools.cache
def load() -> AiWords:
    """Load the policy. Raises: UnreadableError."""
    data = compiled.load(NAME, resources.DATA / f"{NAME}.yaml", compile_file)
    return ai_words(data["names"], data["denied"], data["unless"])
